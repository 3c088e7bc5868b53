import RasterCore
import RasterLoader

/// The land cover of a run, laid on the grid of the analysis.
struct LandCoverOnGrid: Sendable {
  /// The land cover's own grid.
  let own: Grid
  /// The analysis grid as it would be without an extent.
  let unrestricted: Grid
  /// The land cover of the whole that the analysis grid is a part of.
  let whole: LandCoverSource
  /// Of the analysis grid.
  let source: LandCoverSource

  /// - Parameter parks: those of the run, for a grid around them.
  /// - Throws: `.input`: `landcover-editions`, `landcover-scattered`, `extent-elsewhere`, `grid-over-one-turn`,
  ///   `grid-beyond-earth`, `no-transform`, and what `customGrid` throws.
  init(
    _ tiles: [RasterTile], _ customGrid: CustomGrid, around parks: ParkBoxes? = nil
  ) throws(HabitatError) {
    try LandCoverEditions(tiles).refuse()
    var whole = try LandCoverSource(tiles)
    own = whole.grid
    unrestricted = try customGrid.unrestricted(of: own)
    let grid = try customGrid.restricted(unrestricted, to: parks)
    if grid.whole != own { whole = try LandCoverSource(tiles, on: grid.whole) }
    source = grid == whole.grid ? whole : try whole.restricted(to: grid)
    self.whole = whole
    if customGrid.isOfLandCover {
      try PreparedInputs.refuseTooManyCells(source)
    } else {
      try PreparedInputs.refuseEmptyGrid(source, own: own)
    }
    try PreparedInputs.refuseSecondTurn(source)
    try PreparedInputs.refuseGridBeyondEarth(source)
  }
}
