import RasterLoader
import ZonalStatistics

/// Where settlements are looked for among the built-up cells: the whole that the analysis grid is a part of.
struct BuiltUpLand: Sendable {
  let landCover: LandCoverSource
  let refinement: LandCoverRefinement?
  let cellAreas: CellAreas
}
