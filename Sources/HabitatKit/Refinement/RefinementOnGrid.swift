import RasterCore

/// The refinement layers of a run, laid on the grids of the analysis.
struct RefinementOnGrid: Sendable {
  /// On the whole that the analysis grid is a part of.
  let whole: LandCoverRefinement
  /// On the analysis grid.
  let part: LandCoverRefinement

  /// - Throws: `.input`, slug `no-transform`.
  init(_ whole: LandCoverRefinement, on grid: Grid) throws(HabitatError) {
    self.whole = whole
    part = try whole.restricted(to: grid)
  }
}
