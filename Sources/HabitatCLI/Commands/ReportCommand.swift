import HabitatKit
import RasterCore

/// `habitat report`: a finished run as a page for people.
enum ReportCommand: Command {
  static let description = CommandDescription(
    command: .report, usage: "DIR [options]",
    summary: "Makes report.html of a finished run: maps, tables and parks in one file.",
    examples: [
      "habitat report output", "habitat report output --language ru", "habitat report output --pdf",
      "habitat report output --title \"Land of the Leopard, 2026\"",
      "habitat report output --check",
    ],
    operands: [.finishedRun],
    groups: [
      OptionGroup(
        "The report",
        [
          .value(
            "--language", "CODE", .choice(RunReport.languages), "the language",
            standard: RunReport.languages[0]),
          .value(
            "--title", "TEXT", .text,
            "what the report is headed; the landscape or the parks by default"),
          .flag("--pdf", "also report.pdf: a georeferenced map page for each species"),
          .flag(
            "--check",
            "write nothing, but compare every number of the report that is there with the run's JSON"
          ), .quiet("neither progress nor warnings"), .progress,
        ])
    ],
    notes: [
      "DIR is the --out folder of habitat score. The report needs no other file and no network; it is "
        + "entered in the run's manifest.json. Without --pdf a report.pdf of an earlier report is removed."
    ],
    exitCodes: [
      (0, "done"), (2, "usage"), (3, "no finished run, or its files were changed"),
      (4, "--check found a difference"), (5, "cannot write"),
      (6, "another run is busy in the folder: try again"),
    ])

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    let folder = arguments.operands[0]
    if arguments.has("--check") {
      let check = try RunReport.check(folder: folder)
      Terminal.write(Terminal.output.folded(check.text))
      return check.differences.isEmpty ? 0 : HabitatError.Kind.unmetQuality.exitCode
    }
    let language = arguments.value("--language")
    let report = try RunReport(
      folder: folder, language: language ?? RunReport.languages[0],
      title: arguments.value("--title"))
    Interruption.onGivingUp { report.withdraw() }
    let progress = ProgressDisplay(arguments)
    var warnings: [HabitatWarning] = []
    // Also of a report whose maps failed.
    defer { if !arguments.has("--quiet") { Terminal.show(warnings) } }
    let files = try progress.during { () throws(HabitatError) in
      try report.write(
        printsMaps: arguments.has("--pdf"), warn: { warnings.append($0) },
        progress: { progress.show($0, $1) })
    }
    for file in files { Terminal.write(file + "\n") }
    return 0
  }
}
