import Foundation
import GeoIO
public import RasterCore
import RasterLoader
import Reclassification

/// A question about one place as a user asks it, in the words of the command line.
public struct ExplainOptions: Sendable {
  public var inputs = InputOptions()
  /// Names apart by commas, or `all`; without it the user's own models answer.
  public var species: String?
  /// Files of the user's own models.
  public var models: [String] = []
  /// `LON,LAT` on the parks' datum.
  public var place: String?

  public init() {}

  /// - Parameter progress: the stage and the share done of the whole, 0…1.
  /// - Throws: `.usage`: `bad-option`, `species-missing`, `unknown-species`; `.input`: `place-outside` and
  ///   what opening the inputs throws.
  public func explanation(
    _ progress: @escaping @Sendable (String, Double) -> Void = { _, _ in }
  ) throws(HabitatError) -> CellExplanation {
    progress("opening", 0)
    let place = try point()
    var run = ScoreOptions()
    (run.inputs, run.species, run.models) = (inputs, species, models)
    let request = try run.request()
    NetworkAccess.allow(for: request.landscape.paths)
    let stamps = try InputStamps(of: request.landscape, [])
    var inputs = try PreparedInputs(
      opening: request.landscape, stamps.selections, models: request.models,
      customGrid: request.grid,
      allowGaps: request.allowGaps)
    // Places that are derived take nearly all of the time.
    let derived = inputs.distances.derived.keys.sorted()
    for (number, layer) in derived.enumerated() {
      try inputs.derivePlaces(of: layer, threads: request.threads) {
        progress(layer.key, 0.05 + 0.9 * (Double(number) + $0) / Double(derived.count))
      }
    }
    progress("explaining", 0.95)
    var explainer = try CellExplainer(inputs)
    let explanation = try explainer.explain(at: place)
    progress("explaining", 1)
    return explanation
  }

  private func point() throws(HabitatError) -> Point {
    let numbers = (place ?? "").split(separator: ",").map { Double($0.filter { $0 != " " }) }
    guard numbers.count == 2, let x = numbers[0], let y = numbers[1], x.isFinite, y.isFinite else {
      throw HabitatError(
        .usage, "bad-option", "--at \(place ?? "") is no place", at: "habitat explain",
        fix: "write longitude,latitude in degrees, such as --at 131.2,43.1")
    }
    return Point(x: x, y: y)
  }
}
