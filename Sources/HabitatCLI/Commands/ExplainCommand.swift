import Documents
import HabitatKit
import RasterCore

/// `habitat explain`: why a cell scores what it does.
enum ExplainCommand: Command {
  static let description = CommandDescription(
    command: .explain, usage: "--species NAME[,NAME…]|all --at LON,LAT [options]",
    summary: "Explains the score of the cell at a place, layer by layer.",
    examples: [
      "habitat explain --species leopard --at 131.2,43.1",
      "habitat explain --species all --at 131.2,43.1 --landscape primorye-modis-2019 --format json",
    ],
    groups: [
      OptionGroup(
        "The question",
        [
          .species("species whose model answers"),
          .models("models of your own; without --species these answer"),
          .value(
            "--at", "LON,LAT", .place,
            "longitude and latitude in degrees on the parks' datum; without parks on that of the land "
              + "cover", separator: .commas, isRequired: true),
          .tableOrJSON, .quiet("no progress"), .progress,
        ])
    ] + InputOptions.groups,
    notes: [
      "The loss of a layer is -weight · ln(sub-score / 100); the largest one limits the place, "
        + "but for a score that land cover caps: then that does."
    ],
    exitCodes: [
      (0, "explained, also where the cell has no value"), (2, "usage"),
      (3, "an input does not fit, or the place lies outside the land cover"),
      (5, "cannot write, or not enough memory"), (6, "a server gave no answer: try again"),
    ])

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    let format = arguments.value("--format")
    var options = ExplainOptions()
    options.inputs = InputOptions(arguments)
    options.species = arguments.value("--species")
    options.models = arguments.list("--model")
    options.place = arguments.value("--at")
    let progress = ProgressDisplay(arguments)
    let explanation = try progress.during { () throws(HabitatError) in
      try options.explanation { progress.show($0, $1) }
    }
    Terminal.write(
      format == "json" ? explanation.json.text + "\n" : explanation.text(on: Terminal.output))
    return 0
  }
}
