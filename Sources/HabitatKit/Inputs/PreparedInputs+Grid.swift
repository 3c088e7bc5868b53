import GroundGeometry
import RasterCore
import RasterLoader

/// Grids of an analysis that would give tables of nothing, or of places counted twice.
extension PreparedInputs {
  /// A grid of the user's on which no tile lies would give tables of nothing.
  static func refuseEmptyGrid(_ source: LandCoverSource, own: Grid) throws(HabitatError) {
    let grid = source.grid
    guard !source.windows.contains(where: { $0.intersection(grid.window) != nil }) else { return }
    throw HabitatError(
      .input, "extent-elsewhere",
      "no land cover lies in the extent \(grid.extentText) (\(grid.crs.name))",
      at: "--extent; landcover: \(source.tiles.map(\.path).listed)",
      fix: "the land cover spans \(own.extentText) (\(own.crs.name)); write west,south,east,north "
        + "in units of the grid's CRS")
  }

  /// A projection has no place on the Earth for all its numbers: beyond its domain PROJ gives one of another
  /// place, or none.
  static func refuseGridBeyondEarth(_ source: LandCoverSource) throws(HabitatError) {
    let grid = source.grid
    guard !grid.crs.isGeographic, try !EarthEdge(grid).meetsEarth else { return }
    throw HabitatError(
      .input, "grid-beyond-earth",
      "the grid lies wholly outside the domain of its projection \(grid.crs.name): nothing of it is "
        + "on the Earth",
      at: "landcover: \(source.tiles.map(\.path).listed); \(grid.extentText)",
      fix: "its coordinates are wrong, or of another CRS: set the grid with gdal_translate "
        + "-a_ullr, or the CRS with --assume-crs landcover=EPSG:…")
  }

  /// Whether a run is not hours of nothing between tiles worlds apart: a large grid is worth it where tiles lie on at
  /// least a sixty-fourth of its cells.
  static func isWorthwhile(cells: Double, tiled: Double) -> Bool {
    cells < CustomGrid.mostCells && (cells < 5e10 || cells <= 64 * tiled)
  }

  /// A grid of the land cover's own that has more cells than anybody scores, for its tiles lie far apart or
  /// are fine.
  static func refuseTooManyCells(_ source: LandCoverSource) throws(HabitatError) {
    let (columns, rows) = (Double(source.grid.columns), Double(source.grid.rows))
    let tiled = source.windows.reduce(0.0) { $0 + Double($1.columns) * Double($1.rows) }
    guard !isWorthwhile(cells: columns * rows, tiled: tiled) else { return }
    let isOneTile = source.tiles.count == 1
    throw HabitatError(
      .input, "landcover-scattered",
      "the grid of the land cover has \(columns.grouped(decimals: 0)) × \(rows.grouped(decimals: 0)) "
        + "cells, too many for a run" + (isOneTile ? "" : ": its tiles lie far apart"),
      at: "landcover: \(source.tiles.map(\.path).listed)",
      fix: "choose a part with --extent, or larger cells with --resolution"
        + (isOneTile ? "" : ", or run the regions one by one"))
  }

  /// A map cut open between its lobes: a park over a cut lies on both sides of it, and nowhere between.
  static func refuseInterruptedMap(_ crs: CoordinateReferenceSystem) throws(HabitatError) {
    let text = crs.wkt.lowercased()
    let isInterrupted = ["interrupted", "healpix", "proj igh", "proj imw_p", "proj isea"]
      .contains(where: text.contains)
    guard isInterrupted else { return }
    throw HabitatError(
      .input, "grid-interrupted",
      "the grid's map \(crs.name) is cut open between lobes, over which parks cannot be measured",
      at: "landcover",
      fix: "choose another grid with --crs, such as EPSG:8857 (Equal Earth) or one of the region")
  }

  /// A grid in degrees that goes round the Earth more than once holds places twice, and so does their area.
  static func refuseSecondTurn(_ source: LandCoverSource) throws(HabitatError) {
    let grid = source.grid
    guard let turn = grid.crs.turn else { return }
    // Geotransforms are rounded, by up to a hundredth of a cell.
    let excess = grid.extent.width - turn
    guard excess > 0.01 * grid.geotransform.columnStepX else { return }
    throw HabitatError(
      .input, "grid-over-one-turn",
      "the grid spans \(grid.extent.width.formatted(decimals: 4)) of \(turn.formatted(decimals: 0)) units of "
        + "longitude: places would be counted twice",
      at: "landcover: \(source.tiles.map(\.path).listed); \(grid.extentText)",
      fix: "cut it to one turn, for example with --extent -180,-90,180,90")
  }
}
