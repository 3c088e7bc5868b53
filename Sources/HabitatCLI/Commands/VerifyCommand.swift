import HabitatKit
import RasterCore

/// `habitat verify`: whether a finished run is still what it was.
enum VerifyCommand: Command {
  static let name = "verify"

  static let help = HelpText(
    usage: "habitat verify DIR [options]",
    summary:
      "Compares the inputs and outputs of a finished run with its record, and names what differs.",
    examples: [
      "habitat verify output",
      "habitat verify output --rerun",
      "habitat verify output --format json",
    ],
    sections: [
      (
        "The verification",
        [
          .flag(
            "--rerun",
            "run again with the recorded parameters, in a temporary folder, and compare every byte"),
          .value("--format", "NAME", "table (for people, the default) or json"),
          .value("--threads", "N", "threads of the repeated run; default all cores"),
          .value("--memory", "MB", "memory of the repeated run; default 512"),
          .flag("--quiet", "no progress"),
          .value("--progress", "STYLE", "auto, json or none; on standard error"),
        ]
      )
    ],
    notes: """
      Inputs are looked for under the paths in which they were named: verify in the folder in which the run was
      started. A changed .aux.xml and a file that is none of the run's are warnings only.
      Exit codes: 0 all is as recorded · 2 usage · 3 there is no record · 4 something differs · 5 cannot
      write, or not enough memory · 130 interrupted; with --rerun also 1 a fault of the program.
      """)

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    try arguments.refuseWords(beyond: 1, command: path)
    guard let folder = arguments.positional.first else {
      throw HabitatError(
        .usage, "bad-option", "no folder is named", at: path, fix: "write habitat verify DIR")
    }
    let format = try arguments.choice("--format", of: ["table", "json"], command: path)
    let progress = try ProgressDisplay(arguments, command: path)
    var options = VerificationOptions(folder: folder)
    options.rerun = arguments.has("--rerun")
    options.threads = try arguments.number("--threads", atLeast: 1, command: path)
    options.memory = try arguments.number("--memory", atLeast: 16, command: path)
    let verification = options
    Interruption.onGivingUp {
      verification.withdraw()
      return true
    }
    let report: VerificationReport
    do throws(HabitatError) {
      report = try verification.verify(
        ScoreRun.Observer(
          progress: { progress.show($0) }, isCancelled: { Interruption.isRequested }))
      progress.finish()
    } catch {
      progress.stop()
      throw error
    }
    Terminal.write(format == "json" ? report.json.text + "\n" : report.text)
    return report.isSame ? 0 : HabitatError.Kind.unmetQuality.exitCode
  }
}
