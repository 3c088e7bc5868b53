import GeoIO
import RasterCore
import RunFolder

/// What a raster of the results must say of itself when it is opened again: that GDAL has written all of it.
struct RasterProof: Sendable {
  let grid: Grid
  /// GDAL's name of the cell type.
  let typeName: String
  let nodata: Double
  /// Halvings of the grid.
  var overviews = 0

  /// In cells: what a number may lose on its way through a file of text or of tags.
  private static let tolerance = 1e-6

  /// - Throws: `.cannotWrite`, slug `write-failed`; `.input` where GDAL cannot read the file.
  func check(_ path: String) throws(HabitatError) {
    let dataset = try RasterDataset(reading: path, sharing: BlockChecks(of: .files))
    guard (dataset.columns, dataset.rows) == (grid.columns, grid.rows) else {
      throw .notAsMeant("it has \(dataset.columns) × \(dataset.rows) cells", path)
    }
    let band = try dataset.band(1)
    guard band.typeName == typeName, band.nodata == nodata else {
      throw .notAsMeant("its cells are of another type, or nodata is another value", path)
    }
    guard let geotransform = dataset.geotransform, lies(by: geotransform), dataset.crs != nil else {
      throw .notAsMeant("it has no georeferencing", path)
    }
    guard dataset.overviewSizes.count == overviews else {
      throw .notAsMeant("it has \(dataset.overviewSizes.count) overviews of \(overviews)", path)
    }
    guard case .bytes(let count) = FileSystem.size(of: path), dataset.endOfBlocks <= count else {
      throw .notAsMeant("it is cut short", path)
    }
  }

  /// Whether the corners are where they should be.
  private func lies(by found: Geotransform) -> Bool {
    let (columns, rows) = (Double(grid.columns), Double(grid.rows))
    return [(0, 0), (columns, 0), (0, rows), (columns, rows)].allSatisfy { column, row in
      let point = found.point(column: column, row: row)
      let index = grid.geotransform.index(of: point)
      return abs(index.x - column) < Self.tolerance && abs(index.y - row) < Self.tolerance
    }
  }

  /// Looks at a world file: six numbers, which place the grid.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`; `.input` where it cannot be read.
  func check(worldFile path: String) throws(HabitatError) {
    let text = String(decoding: try FileSystem.contents(of: path), as: UTF8.self)
    let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard numbers.count == 6 else { throw .notAsMeant("it has no six numbers", path) }
    // Of the middle of the first cell, columns before rows.
    let found = Geotransform(
      originX: numbers[4] - (numbers[0] + numbers[2]) / 2, columnStepX: numbers[0],
      rowStepX: numbers[2], originY: numbers[5] - (numbers[1] + numbers[3]) / 2,
      columnStepY: numbers[1], rowStepY: numbers[3])
    guard lies(by: found) else { throw .notAsMeant("it leads to another place", path) }
  }
}
