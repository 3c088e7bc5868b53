import Documents
import HabitatKit
import RasterCore

/// `habitat score`: the main job.
enum ScoreCommand: Command {
  static let description = CommandDescription(
    command: .score, usage: "--species NAME[,NAME…]|all [options]",
    summary: "Scores habitat suitability: a GeoTIFF of four classes and their km² in each park.",
    examples: [
      "habitat score --species leopard",
      "habitat score --species all --landscape primorye-modis-2019 --out modis",
      "habitat score --species tiger --landcover 'tiles/*.tif' --legend esa_worldcover --dem dem/ "
        + "--parks parks.gpkg",
    ],
    groups: [
      OptionGroup(
        "What to score",
        [
          .species("species whose model runs, apart by commas"),
          .models("models of your own; without --species these are what runs"),
        ])
    ] + InputOptions.groups + [outputs, run],
    exitCodes: [
      (0, "done"), (1, "a fault of the program"), (2, "usage, or --out holds other results"),
      (3, "an input is missing, unreadable or contradictory"),
      (4, "with --strict a park is incomplete"), (5, "cannot write, or not enough memory"),
      (6, "another run is busy in the folder, or a server gave no answer: try again"),
      (130, "interrupted"),
    ])

  private static let outputs = OptionGroup(
    "Outputs",
    [
      .value("--out", "DIR", .folder, "the folder of the results", standard: "output"),
      .flag("--overwrite", "replace results of other inputs or parameters in that folder"),
      .value(
        "--layers", "NAME,…", .name(.layers), "the rasters to write", separator: .commas,
        standard: "class"),
      .value(
        "--of", "NAME", .name(.formats),
        "the form of rasters (COG: Cloud Optimized GeoTIFF, to be read over a network)",
        standard: "GTiff", isAdvanced: true),
      .value(
        "--co", "K=V", .text, "a creation option of GDAL's driver of that name",
        separator: .repeated, isAdvanced: true),
      .value(
        "--format", "NAME", .choice(TableFormat.allCases.map(\.rawValue)), "what is printed",
        standard: "table"),
      .flag(
        "--stac",
        "write a STAC 1.1.0 item beside each raster (leopard_class.json); the land cover needs an epoch",
        isAdvanced: true),
      .flag("--timestamps", "record the time of the run in the manifest", isAdvanced: true),
    ])

  private static let run = OptionGroup(
    "The run",
    Option.resources + [
      .flag("--dry-run", "forecast time, memory and disk from a few tiles; nothing is written"),
      .flag("--strict", "exit with 4 where a park is partly without values or outside"),
      .quiet("neither progress nor warnings"), .progress,
    ])

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    let format = arguments.value("--format")
    let progress = ProgressDisplay(arguments)
    let isQuiet = arguments.has("--quiet")
    let observer = ScoreRun.Observer(
      progress: { progress.show($0) }, isCancelled: { Interruption.isRequested })
    let run = try ScoreRun(
      try options(arguments).request(), isCancelled: { Interruption.isRequested })
    if arguments.has("--dry-run") {
      let forecast = try progress.during { () throws(HabitatError) in try run.forecast(observer) }
      if !isQuiet { Terminal.show(run.warnings + forecast.warnings) }
      Terminal.write(
        format == "json" ? forecast.json.text + "\n" : Terminal.output.folded(forecast.text))
      return 0
    }
    Interruption.onGivingUp { run.withdraw() }
    let result = try progress.during { () throws(HabitatError) in try run.run(observer) }
    if !isQuiet { Terminal.show(result.warnings) }
    Terminal.write(
      result.text(
        as: format.flatMap(TableFormat.init(rawValue:)) ?? .table, on: Terminal.output))
    if !isQuiet { Terminal.note("Results are in \(result.output.shown)/") }
    return arguments.has("--strict") && result.isIncomplete
      ? HabitatError.Kind.unmetQuality.exitCode : 0
  }

  private static func options(_ arguments: Arguments) throws(HabitatError) -> ScoreOptions {
    var options = ScoreOptions()
    options.inputs = InputOptions(arguments)
    options.species = arguments.value("--species")
    options.models = arguments.list("--model")
    options.output = arguments.value("--out") ?? options.output
    options.overwrite = arguments.has("--overwrite")
    options.layers = arguments.value("--layers")
    options.format = arguments.value("--of")
    options.creationOptions = arguments.list("--co")
    options.stac = arguments.has("--stac")
    options.timestamps = arguments.has("--timestamps")
    options.threads = arguments.number("--threads")
    options.memory = arguments.number("--memory")
    return options
  }
}
