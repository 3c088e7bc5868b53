import Documents
import HabitatKit
import RasterCore

/// `habitat check`: looks at every input, says what fits and what does not.
enum CheckCommand: Command {
  static let description = CommandDescription(
    command: .check, usage: "[options]",
    summary:
      "Looks at every input of a run and says what fits and what does not; nothing is written.",
    examples: [
      "habitat check",
      "habitat check --landcover 'tiles/*.tif'",
      "habitat check --species tiger --landscape primorye-modis-2019",
      "habitat check --landcover lc.tif --legend esa_cci_lc --dem dem/ --parks parks.gpkg "
        + "--format json",
    ],
    groups: [
      OptionGroup(
        "What a run would score",
        [
          .species(
            "species whose model would run; what it lacks is then an error or a warning"),
          .models("models of your own; without --species these are looked at"),
        ])
    ] + InputOptions.groups + [
      OptionGroup(
        "The check", [.tableOrJSON] + Option.resources + [.quiet("no progress"), .progress])
    ],
    notes: [
      "A land cover alone is enough: its codes are listed with their km², and the product it may be is "
        + "proposed. Without --species the page says of every model what it would lack."
    ],
    exitCodes: [
      (0, "the inputs fit"), (2, "usage"), (3, "a run would be refused"), (4, "there are warnings"),
      (5, "a run would need more memory than allowed"),
      (6, "a server gave no answer: try again"),
    ])

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    let format = arguments.value("--format")
    let progress = ProgressDisplay(arguments)
    // Thirds, for want of a better measure.
    let stages = ["land cover", "elevation", "forecast"]
    let report = try progress.during { () throws(HabitatError) in
      try options(arguments).check().run { stage, share in
        progress.show(stage, (Double(stages.firstIndex(of: stage) ?? 0) + share) / 3)
      }
    }
    Terminal.write(format == "json" ? report.json.text + "\n" : report.text(on: Terminal.output))
    return report.outcome?.exitCode ?? 0
  }

  private static func options(_ arguments: Arguments) -> CheckOptions {
    var options = CheckOptions()
    options.inputs = InputOptions(arguments)
    options.species = arguments.value("--species")
    options.models = arguments.list("--model")
    options.threads = arguments.number("--threads")
    options.memory = arguments.number("--memory")
    return options
  }
}
