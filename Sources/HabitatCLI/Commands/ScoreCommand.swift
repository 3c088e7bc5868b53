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
    ] + InputOptions.groups + [outputs, run, recorded],
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

  private static let recorded = OptionGroup(
    "A recorded run once more",
    [
      .value(
        "--from-manifest", "FILE|DIR", .file(extensions: ["json"]),
        "the inputs and parameters of a finished run, by its manifest.json or its folder; what differs from "
          + "then is reported before the work", isAdvanced: true),
      .value(
        "--inputs-at", "OLD=NEW", .text,
        "where inputs of that run lie now: /old/folder=/new/folder, or .=/new/folder for paths that begin "
          + "in the folder in which it ran", separator: .repeated, isAdvanced: true),
    ])

  /// What may stand beside a recorded run: what changes no result.
  private static let besideRecord = Set(
    (recorded.options + run.options).map(\.name) + ["--out", "--overwrite", "--format"])

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    let format = arguments.value("--format")
    let progress = ProgressDisplay(arguments)
    let isQuiet = arguments.has("--quiet")
    let observer = ScoreRun.Observer(
      progress: { progress.show($0) }, isCancelled: { Interruption.isRequested })
    let run = try ScoreRun(
      try request(arguments, isQuiet: isQuiet), isCancelled: { Interruption.isRequested })
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

  private static func request(
    _ arguments: Arguments, isQuiet: Bool
  ) throws(HabitatError) -> ScoreRequest {
    let options = options(arguments)
    guard let record = arguments.value("--from-manifest") else {
      guard !arguments.has("--inputs-at") else {
        throw HabitatError(
          .usage, "bad-option", "--inputs-at goes with a recorded run", at: "habitat score",
          fix: "add --from-manifest FILE")
      }
      return try options.request()
    }
    if let other = arguments.names.sorted().first(where: { !besideRecord.contains($0) }) {
      throw HabitatError(
        .usage, "bad-option",
        "\(other) stands beside --from-manifest, which has all that decides a result",
        at: "habitat score",
        fix: "leave out \(other), or write the whole run without --from-manifest")
    }
    var moves: [InputMove] = []
    for text in arguments.list("--inputs-at") {
      guard let move = InputMove(text) else {
        throw HabitatError(
          .usage, "bad-option", "\"\(text)\" is not OLD=NEW", at: "--inputs-at \(text)",
          fix: "write for example --inputs-at /old/folder=/new/folder")
      }
      moves.append(move)
    }
    let (request, differences) = try RecordedRun(record, moves: moves).request()
    if !isQuiet { Terminal.show(differences) }
    return try options.places(request)
  }

  private static func options(_ arguments: Arguments) -> ScoreOptions {
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
