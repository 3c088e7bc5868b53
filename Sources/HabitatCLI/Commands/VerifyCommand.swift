import Documents
import HabitatKit
import RasterCore

/// `habitat verify`: whether a finished run is still what it was.
enum VerifyCommand: Command {
  static let description = CommandDescription(
    command: .verify, usage: "DIR [options]",
    summary:
      "Compares the inputs and outputs of a finished run with its record, and names what differs.",
    examples: [
      "habitat verify output",
      "habitat verify output --rerun",
      "habitat verify output --format json",
    ],
    operands: [.finishedRun],
    groups: [
      OptionGroup(
        "The verification",
        [
          .flag(
            "--rerun",
            "run again with the recorded parameters, in a temporary folder, and compare every byte"),
          .tableOrJSON,
        ] + Option.resources + [.quiet("no progress"), .progress])
    ],
    notes: [
      "Inputs are looked for under the paths in which they were named: verify in the folder in which the "
        + "run was started. A changed .aux.xml and a file that is none of the run's are warnings only."
    ],
    exitCodes: [
      (0, "all is as recorded"), (1, "with --rerun: a fault of the program"), (2, "usage"),
      (3, "there is no record"), (4, "something differs"),
      (5, "cannot write, or not enough memory"),
      (6, "another run is busy in the folder, or a server gave no answer: try again"),
      (130, "interrupted"),
    ])

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    let format = arguments.value("--format")
    let progress = ProgressDisplay(arguments)
    var options = VerificationOptions(folder: arguments.operands[0])
    options.rerun = arguments.has("--rerun")
    options.threads = arguments.number("--threads")
    options.memory = arguments.number("--memory")
    let verification = options
    Interruption.onGivingUp {
      verification.withdraw()
      return true
    }
    let report = try progress.during { () throws(HabitatError) in
      try verification.verify(
        ScoreRun.Observer(
          progress: { progress.show($0) }, isCancelled: { Interruption.isRequested }))
    }
    Terminal.write(format == "json" ? report.json.text + "\n" : report.text(on: Terminal.output))
    return report.isSame ? 0 : HabitatError.Kind.unmetQuality.exitCode
  }
}
