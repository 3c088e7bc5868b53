import HabitatKit
import RasterCore

/// `habitat check`: looks at every input, says what fits and what does not.
enum CheckCommand: Command {
  static let name = "check"

  static let help = HelpText(
    usage: "habitat check [options]",
    summary:
      "Looks at every input of a run and says what fits and what does not; nothing is written.",
    examples: [
      "habitat check",
      "habitat check --landcover 'tiles/*.tif'",
      "habitat check --species tiger --landscape primorye-modis-2019",
      "habitat check --landcover lc.tif --legend esa_cci_lc --dem dem/ --parks parks.gpkg "
        + "--format json",
    ],
    sections: [
      (
        "What a run would score",
        [
          .value(
            "--species", "NAME,…|all",
            "species whose model would run: what it lacks is then told as an error or a warning"),
          .list("--model", "FILE", "models of your own; without --species these are looked at"),
        ]
      )
    ] + InputOptions.sections + [
      (
        "The check",
        [
          .value("--format", "NAME", "table (for people, the default) or json"),
          .value("--threads", "N", "threads; default all cores"),
          .value("--memory", "MB", "megabytes that the program may take; default 512"),
          .flag("--quiet", "no progress"),
          .value("--progress", "STYLE", "auto, json or none; on standard error"),
        ]
      )
    ],
    notes: """
      Exit codes: 0 the inputs fit · 2 usage · 3 a run would be refused · 4 there are warnings
      · 5 a run would need more memory than allowed.
      A land cover alone is enough: its codes are listed with their km², and the product it may be is
      proposed. Without --species the page says of every model what it would lack.
      """)

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    try arguments.refuseWords(beyond: 0, command: path)
    let format = try arguments.choice("--format", of: ["table", "json"], command: path)
    let progress = try ProgressDisplay(arguments, command: path)
    var options = CheckOptions()
    options.inputs = InputOptions(arguments)
    options.species = arguments.value("--species")
    options.models = arguments.list("--model")
    options.threads = try arguments.number("--threads", atLeast: 1, command: path)
    options.memory = try arguments.number("--memory", atLeast: 16, command: path)
    // Thirds, for want of a better measure.
    let stages = ["land cover", "elevation", "forecast"]
    let report = try options.check().run { stage, share in
      progress.show(stage, (Double(stages.firstIndex(of: stage) ?? 0) + share) / 3)
    }
    progress.finish()
    Terminal.write(format == "json" ? report.json.text + "\n" : report.text)
    return report.outcome?.exitCode ?? 0
  }
}
