import RasterCore
import RasterLoader

/// What the paths of each raster layer of a landscape name, looked up once: whatever comes to lie in a folder later is no
/// part of a run.
struct RasterSelections: Sendable {
  /// What cannot be found is reported by those who want the layer.
  private let selections: [String: Result<TilePaths.Selection, HabitatError>]

  init(of landscape: Landscape) {
    var selections: [String: Result<TilePaths.Selection, HabitatError>] = [:]
    for (layer, raster) in landscape.rasterLayers {
      selections[layer] = Result { () throws(HabitatError) in
        try TilePaths.select(raster.paths, layer: layer)
      }
    }
    self.selections = selections
  }

  /// `nil` of a layer that the landscape lacks.
  ///
  /// - Throws: as `TilePaths.select`.
  func selection(of layer: String) throws(HabitatError) -> TilePaths.Selection? {
    try selections[layer]?.get()
  }

  /// None where they cannot be found.
  func tiles(of layer: String) -> [String] { (try? selection(of: layer))?.tiles ?? [] }
}

extension Landscape {
  /// By their names for messages and options, in the order in which a check tells of them.
  var rasterLayers: [(name: String, raster: RasterLayer)] {
    [("landcover", landCover), ("dem", elevation)]
      .compactMap { name, raster in raster.map { (name, $0) } }
      + refinement.layers.map { ($0.layer.rawValue, $0.raster) }
  }
}
