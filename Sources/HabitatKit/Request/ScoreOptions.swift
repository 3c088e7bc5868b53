import Documents
import Foundation
import GeoIO
import Machine
public import RasterCore
import RasterLoader
import Reclassification

/// A scoring run as a user asks for it, in the words of the command line.
public struct ScoreOptions: Sendable {
  public var inputs = InputOptions()
  /// Names apart by commas, or `all`; without it the user's own models run.
  public var species: String?
  /// Files of the user's own models.
  public var models: [String] = []
  public var output = "output"
  public var overwrite = false
  /// Names apart by commas.
  public var layers: String?
  /// `GTiff` or `COG`.
  public var format: String?
  public var creationOptions: [String] = []
  public var stac = false
  public var timestamps = false
  public var threads: Int?
  public var memory: Int?

  public init() {}

  /// - Throws: `.usage`: `species-missing`, `unknown-species`, `unknown-output-layer`, `bad-option`;
  ///   `.input`: what reading models and the landscape file throws.
  public func request() throws(HabitatError) -> ScoreRequest {
    let own = try Self.models(in: models)
    guard species != nil || !own.isEmpty else {
      throw HabitatError(
        .usage, "species-missing", "no species is named", at: "--species",
        fix: "add --species leopard, or --species all; habitat species lists them")
    }
    // What is wrong with the words of the command is told before what is wrong with files.
    let models = try Self.models(own, chosenBy: species)
    let layers = try layers.map(Self.outputLayers)
    var request = ScoreRequest(landscape: try inputs.makeLandscape(), models: models)
    request.grid = try inputs.makeGrid()
    request.allowGaps = inputs.allowGaps
    request.verifiesSources = inputs.verifiesBlocks
    if let layers { request.layers = layers }
    (request.stac, request.timestamps) = (stac, timestamps)
    request.creationOptions = creationOptions
    request.format = try format.map(OutputFormat.init(named:)) ?? request.format
    try request.format.check(creationOptions)
    return try places(request)
  }

  /// A request with the folder of the results and the resources of these options.
  ///
  /// - Throws: `.usage`, slug `bad-option`.
  public func places(_ request: ScoreRequest) throws(HabitatError) -> ScoreRequest {
    var request = request
    try Self.check(output: output)
    (request.output, request.overwrite) = (output, overwrite)
    request.threads = min(threads ?? Self.allCores, Self.mostThreads)
    request.memory = min(memory ?? request.memory, MemoryLimits.most)
    return request
  }

  static var allCores: Int { ProcessInfo.processInfo.activeProcessorCount }
  /// More than a machine can have: beyond, numbers would only overflow.
  static let mostThreads = 1024

  static func models(in files: [String]) throws(HabitatError) -> [SpeciesModel] {
    var models: [SpeciesModel] = []
    for file in files {
      models.append(try SpeciesModel(json5: Data(try FileSystem.contents(of: file)), file: file))
    }
    return models
  }

  /// The models of a choice; all of the user's own must be among them.
  ///
  /// - Throws: `.usage`, slugs `unknown-species` and `bad-option`.
  static func models(
    _ own: [SpeciesModel], chosenBy choice: String?
  ) throws(HabitatError) -> [SpeciesModel] {
    let chosen = try ModelCatalogue(adding: own).models(chosenBy: choice)
    if let idle = own.first(where: { model in !chosen.contains { $0.file == model.file } }) {
      throw HabitatError(
        .usage, "bad-option", "the model of \(idle.species) is not among the species asked for",
        at: "--model \(idle.file) --species \(choice ?? "")",
        fix: "add \(idle.species) to --species, or leave out --species to run your own models")
    }
    return chosen
  }

  private static func check(output: String) throws(HabitatError) {
    guard !output.isEmpty, !output.hasPrefix("/vsi") else {
      throw HabitatError(
        .usage, "bad-option", "the results need a folder of the file system",
        at: "--out \"\(output)\"", fix: "write --out DIR")
    }
    guard URL(fileURLWithPath: output).standardized.resolvingSymlinksInPath().path != "/" else {
      throw HabitatError(
        .usage, "bad-option", "the results would lie loose in the root of the file system",
        at: "--out \"\(output)\"", fix: "name a folder of their own, such as --out output")
    }
  }

  private static func outputLayers(_ text: String) throws(HabitatError) -> Set<OutputLayer> {
    var layers: Set<OutputLayer> = []
    for name in text.split(separator: ",").map(String.init) {
      guard let layer = OutputLayer(rawValue: name) else {
        let known = OutputLayer.allCases.map(\.rawValue)
        let nearest = name.nearest(in: known).map { "did you mean \($0)? " } ?? ""
        throw HabitatError(
          .usage, "unknown-output-layer", "there is no raster \"\(name)\" to write",
          at: "--layers \(text)", fix: nearest + "known: \(known.joined(separator: ", "))")
      }
      layers.insert(layer)
    }
    return layers
  }
}
