import RasterCore
import RasterLoader
import RunFolder

/// The refinement layers of a run, laid on the grids of the analysis.
struct RefinementOnGrid: Sendable {
  /// On the whole that the analysis grid is a part of.
  let whole: LandCoverRefinement
  /// On the analysis grid.
  let part: LandCoverRefinement
  /// Where the water is given as outlines.
  let outlines: WaterOutlines?

  /// - Parameters:
  ///   - tiles: of the rasters, by layer.
  ///   - grid: the whole.
  ///   - part: the analysis grid.
  /// - Throws: `.input`, slug `no-transform`.
  init(
    _ tiles: [(layer: RefinementLayer, tiles: [RasterTile])], _ outlines: WaterOutlines?,
    on grid: Grid, _ part: Grid
  ) throws(HabitatError) {
    whole = try LandCoverRefinement(tiles, water: outlines?.cells, on: grid)
    self.part = try whole.restricted(to: part)
    self.outlines = outlines
  }

  var files: [InputFile] {
    let rasters = part.parts.flatMap { part in
      part.source.tiles.flatMap(\.files).map { InputFile(layer: part.layer.rawValue, path: $0) }
    }
    return rasters
      + (outlines?.files ?? []).map { InputFile(layer: RefinementLayer.water.rawValue, path: $0) }
  }
}
