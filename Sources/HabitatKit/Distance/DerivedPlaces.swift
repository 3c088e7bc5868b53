import RasterCore
import RasterLoader
import ZonalStatistics

/// Where settlements and water are looked for among the cells of the land cover: the whole that the analysis
/// grid is a part of.
struct WholeLand: Sendable {
  /// Of which the land cover is read.
  let stack: LayerStack
  let cellAreas: CellAreas
}

extension Layer {
  /// The patches among which the layer's places are found; `nil` of a layer that no category stands for.
  func patches(on grid: Grid) -> CategoryPatches? {
    switch self {
    case .settlements:
      CategoryPatches(of: .built, smallest: CategoryPatches.smallestSettlement, on: grid)
    case .water: CategoryPatches(of: .water, smallest: 0, on: grid)
    case .landCover, .elevation, .slope, .roads: nil
    }
  }
}
