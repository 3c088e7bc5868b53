import RasterCore

/// Where the rasters lie: the parks' box and about 10 km around it.
enum Frame {
  static let cellSize = 60.0
  /// Tiles of the land cover, west to east and north to south.
  static let (tileColumns, tileRows) = (2, 2)
  static let (columnsPerTile, rowsPerTile) = (1844, 1689)
  static let (columns, rows) = (tileColumns * columnsPerTile, tileRows * rowsPerTile)
  static let (minX, maxY) = (508_800.0, 4_898_280.0)
  static let maxX = minX + cellSize * Double(columns)
  static let minY = maxY - cellSize * Double(rows)

  /// Whole degrees of the elevation tiles' south-west corners.
  static let tileLongitudes = 129...131
  static let tileLatitudes = 42...44
  /// Cells to a degree: 3 arc-seconds.
  static let cellsPerDegree = 1200
  /// Elevation goes this far beyond the land cover, for slopes at its edge; then nodata.
  static let elevationMargin = 1_500.0

  /// The relief is made on this lattice: the frame and some 9 km more, where rivers come from.
  static func lattice(step: Double) -> Lattice {
    let (width, height) = (240_480.0, 221_760.0)
    return Lattice(
      minX: 499_200, maxY: 4_907_880, step: step, columns: Int(width / step) + 1,
      rows: Int(height / step) + 1)
  }

  static func cellCentre(column: Int, row: Int) -> Point {
    Point(
      x: minX + cellSize * (Double(column) + 0.5), y: maxY - cellSize * (Double(row) + 0.5))
  }
}
