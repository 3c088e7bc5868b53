import RasterCore
import RasterLoader

/// Measures the distances of all layers; owned by one thread.
struct DistanceSamplers: ~Copyable {
  private var samplers: [Layer: Sampler] = [:]

  /// A class, so that a dictionary can hold it: it owns what is not copied.
  private final class Sampler {
    var sampler: DistanceSampler

    init(_ source: DistanceSource) throws(HabitatError) { sampler = try DistanceSampler(source) }
  }

  init(_ sources: [Layer: DistanceSource]) throws(HabitatError) {
    for (layer, source) in sources { samplers[layer] = try Sampler(source) }
  }

  /// Makes room for the cells of `window`.
  func prepare(_ values: inout CellValues, for window: Window) {
    for layer in samplers.keys { values.makeRoom(for: layer, cells: window.cellCount) }
  }

  /// Fills the planes of the layers, which have room for the cells of `window`.
  mutating func sample(_ window: Window, into values: inout CellValues) {
    for (layer, sampler) in samplers {
      sampler.sampler.sample(window, into: &values.planes[layer, default: []])
    }
  }
}
