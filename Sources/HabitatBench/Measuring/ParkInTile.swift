import Foundation
import GeoIO
import RasterCore

/// A park of 123 km² in a large tile, scored with the box of the parks and 5 km around it as its extent: in the tile, and in the
/// same cells that were cut out of it beforehand.
struct ParkInTile: Sendable {
  let tile: BenchLandscape
  let cutOut: BenchLandscape

  /// Kilometres of land around the park.
  static let reach = 5.0
  /// Metres; its square is the area of the park.
  private static let side = 11_090.0
  /// Cells of a DEM around the land cover, for kernels and what is lost between two CRSs.
  private static let margin = 64

  init(in tile: BenchLandscape) {
    self.tile = tile
    cutOut = BenchLandscape(folder: tile.folder + "/park", size: tile.size)
  }

  var park: String { tile.folder + "/park.gpkg" }

  /// Makes the outline and the cut-out where they are not there yet.
  ///
  /// - Throws: `.input`, `.cannotWrite`.
  func write() throws(HabitatError) {
    let grid = try tile.grid()
    let half = Self.side / 2
    let middle = grid.middle
    let box = Extent(
      minX: middle.x - half, minY: middle.y - half, maxX: middle.x + half, maxY: middle.y + half)
    try tile.making(park) { path throws(HabitatError) in
      let writer = try VectorWriter(creating: path)
      try writer.addLayer(
        "parks", crs: grid.crs, kind: .polygon, fields: [("park_id", .whole)],
        features: [(.polygon(PolygonShape(rings: [box.corners])), [.whole(1)])])
      try writer.close()
    }
    try cutOut.makeFolder()
    let metres = Self.reach * 1000
    let land = window(of: box.expanded(byX: metres, y: metres), on: grid)
    try cutOut.making(cutOut.landCover) { path throws(HabitatError) in
      try Self.cut(land, of: tile.landCover, on: grid, as: UInt8.self, nodata: 0, to: path)
    }
    try cutOut.making(cutOut.geographicElevation) { path throws(HabitatError) in
      let heights = try tile.geographicGrid(around: grid)
      var corners = grid.part(land).extent.corners
      let transform = try CoordinateTransform(from: grid.crs, to: heights.crs)
      transform.transform(&corners)
      guard let around = Extent(around: corners) else { preconditionFailure("four corners") }
      let under = Self.cells(under: around, on: heights, margin: Self.margin)
      try Self.cut(
        under, of: tile.geographicElevation, on: heights, as: Int16.self,
        nodata: BenchLandscape.noHeight, to: path)
    }
  }

  /// Both runs count the same km².
  ///
  /// - Throws: `.fault`, slug `bench-failed`, where they do not.
  func compareTables() throws(HabitatError) {
    func table(_ landscape: BenchLandscape) throws(HabitatError) -> [UInt8] {
      let file = Case.standard.output(in: landscape) + "/leopard_areas.csv"
      return [UInt8](try FileSystem.contents(of: file))
    }
    guard try table(tile) == table(cutOut) else {
      throw HabitatError(
        .fault, "bench-failed", "a park's table is another where its cells were cut out",
        at: tile.folder, fix: "compare the runs in this folder and in park/")
    }
  }

  /// The whole tiles of 512 cells that a box touches.
  private func window(of box: Extent, on grid: Grid) -> Window {
    let cells = Self.cells(under: box, on: grid, margin: 0)
    let side = 512
    let (column, row) = (cells.column / side * side, cells.row / side * side)
    let tiles = Window(
      column: column, row: row,
      columns: (cells.columnRange.upperBound - column + side - 1) / side * side,
      rows: (cells.rowRange.upperBound - row + side - 1) / side * side)
    return tiles.intersection(grid.window) ?? grid.window
  }

  private static func cells(
    under box: Extent, on grid: Grid, margin: Int
  ) -> Window {
    let corners = box.corners.map { grid.index(of: $0) }
    guard let range = Extent(around: corners) else { preconditionFailure("four corners") }
    let (west, north) = (Int(range.minX.rounded(.down)), Int(range.minY.rounded(.down)))
    let (east, south) = (Int(range.maxX.rounded(.up)), Int(range.maxY.rounded(.up)))
    let window = Window(
      column: west - margin, row: north - margin, columns: east - west + 2 * margin,
      rows: south - north + 2 * margin)
    return window.intersection(grid.window) ?? grid.window
  }

  private static func cut<Cell: RasterCell>(
    _ window: Window, of source: String, on grid: Grid, as _: Cell.Type, nodata: Double,
    to path: String
  ) throws(HabitatError) {
    let dataset = try RasterDataset(reading: source)
    var cells = [Cell](repeating: .zero, count: window.cellCount)
    try dataset.read(window, band: 1, into: &cells)
    let writer = try RasterWriter(
      creating: path, grid: grid.part(window), typeName: Cell.typeName, nodata: nodata,
      options: BenchLandscape.creationOptions)
    try writer.write(
      cells, to: Window(column: 0, row: 0, columns: window.columns, rows: window.rows))
    try writer.close()
  }
}
