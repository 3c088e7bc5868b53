import RasterLoader
import ZonalStatistics

/// Where settlements are looked for among the built-up cells: the whole that the analysis grid is a part of.
struct BuiltUpLand: Sendable {
  /// Of which the land cover is read.
  let stack: LayerStack
  let cellAreas: CellAreas
}
