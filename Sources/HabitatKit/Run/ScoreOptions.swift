import Foundation
import GeoIO
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
  public var creationOptions: [String] = []
  public var timestamps = false
  public var threads: Int?
  public var memory: Int?

  public init() {}

  /// - Throws: `.usage`: `species-missing`, `unknown-species`, `unknown-output-layer`, `bad-option`;
  ///   `.input`: what reading models and the landscape file throws.
  public func request() throws(HabitatError) -> ScoreRequest {
    var own: [SpeciesModel] = []
    for file in models {
      own.append(
        try SpeciesModel(json5: Data(try FileSystem.contents(of: file)), file: file))
    }
    guard species != nil || !own.isEmpty else {
      throw HabitatError(
        .usage, "species-missing", "no species is named", at: "habitat score",
        fix: "add --species leopard, or --species all; habitat species lists them")
    }
    // What is wrong with the words of the command is told before what is wrong with files.
    let models = try ModelCatalogue(adding: own).models(chosenBy: species)
    let layers = try layers.map(Self.outputLayers)
    var request = ScoreRequest(landscape: try inputs.makeLandscape(), models: models)
    request.grid = try inputs.makeGrid()
    request.allowGaps = inputs.allowGaps
    (request.output, request.overwrite) = (output, overwrite)
    if let layers { request.layers = layers }
    (request.creationOptions, request.timestamps) = (creationOptions, timestamps)
    request.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    request.memory = memory ?? request.memory
    return request
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
