import HabitatKit
import RasterCore

/// `habitat score`: the main job.
enum ScoreCommand: Command {
  static let name = "score"

  static let help = HelpText(
    usage: "habitat score --species NAME[,NAME…]|all [options]",
    summary: "Scores habitat suitability: a GeoTIFF of four classes and their km² in each park.",
    examples: [
      "habitat score --species leopard",
      "habitat score --species all --landscape primorye-modis-2019 --out modis",
      "habitat score --species tiger --landcover 'tiles/*.tif' --legend esa_worldcover --dem dem/ "
        + "--parks parks.gpkg",
    ],
    sections: [
      (
        "What to score",
        [
          .value(
            "--species", "NAME,…|all", "species whose model runs; habitat species lists them"),
          .list("--model", "FILE", "models of your own; without --species these are what runs"),
        ]
      )
    ] + InputOptions.sections + [
      (
        "Outputs",
        [
          .value("--out", "DIR", "the folder of the results; default output"),
          .flag("--overwrite", "replace results of other inputs or parameters in that folder"),
          .value(
            "--layers", "NAME,…",
            "the rasters to write: class, score, resistance, limiting; default class"),
          .value(
            "--of", "NAME",
            "GTiff, or COG for Cloud Optimized GeoTIFFs, which are read over a network; default GTiff"
          ),
          .repeated("--co", "K=V", "a creation option of GDAL's driver of that name"),
          .value(
            "--format", "NAME", "what is printed: table, csv, json or markdown; default table"),
          .flag(
            "--stac",
            "write a STAC 1.1.0 item beside each raster (leopard_class.json); the land cover needs an epoch"
          ),
          .flag("--timestamps", "record the time of the run in the manifest"),
        ]
      ),
      (
        "The run",
        [
          .value("--threads", "N", "threads; default all cores; the result does not depend on it"),
          .value("--memory", "MB", "megabytes that the program may take; default 512"),
          .flag(
            "--dry-run", "forecast time, memory and disk from a few tiles; nothing is written"),
          .flag("--strict", "exit with 4 where a park is partly without values or outside"),
          .flag("--quiet", "neither progress nor warnings"),
          .value("--progress", "STYLE", "auto, json or none; on standard error"),
        ]
      ),
    ],
    notes: """
      Exit codes: 0 done · 1 a fault of the program · 2 usage, or --out holds other results · 3 an input
      is missing, unreadable or contradictory · 4 with --strict a park is incomplete · 5 cannot write, or
      not enough memory · 130 interrupted.
      """)

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    try arguments.refuseWords(beyond: 0, command: path)
    let format = try arguments.choice(
      "--format", of: TableFormat.allCases.map(\.rawValue), command: path)
    let progress = try ProgressDisplay(arguments, command: path)
    let isQuiet = arguments.has("--quiet")
    let observer = ScoreRun.Observer(
      progress: { progress.show($0) }, isCancelled: { Interruption.isRequested })
    let run = try ScoreRun(
      try options(arguments).request(), isCancelled: { Interruption.isRequested })
    if arguments.has("--dry-run") {
      let forecast = try run.forecast(observer)
      if !isQuiet { Terminal.show(run.warnings) }
      Terminal.write(format == "json" ? forecast.json.text + "\n" : forecast.text)
      return 0
    }
    Interruption.onGivingUp { run.withdraw() }
    let result: ScoreResult
    do throws(HabitatError) {
      result = try run.run(observer)
      progress.finish()
    } catch {
      progress.stop()
      throw error
    }
    if !isQuiet { Terminal.show(result.warnings) }
    Terminal.write(result.text(as: format.flatMap(TableFormat.init(rawValue:)) ?? .table))
    if !isQuiet { Terminal.message("Results are in \(result.output)/") }
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
    options.threads = try arguments.number("--threads", atLeast: 1, command: path)
    options.memory = try arguments.number("--memory", atLeast: 16, command: path)
    return options
  }
}
