public import GeoIO
public import RasterCore

extension Grid {
  /// A north-up grid; `crs` is anything GDAL understands.
  public static func northUp(
    _ crs: String, west: Double, north: Double, step: Double, rowStep: Double? = nil, columns: Int,
    rows: Int
  ) throws -> Grid {
    Grid(
      crs: try CoordinateReferenceSystem(userInput: crs),
      geotransform: Geotransform(
        originX: west, columnStepX: step, originY: north, rowStepY: -(rowStep ?? step)),
      columns: columns, rows: rows)
  }

  /// The part of the grid that a window holds.
  public func cut(_ window: Window) -> Grid {
    Grid(
      crs: crs, geotransform: geotransform.moved(column: window.column, row: window.row),
      columns: window.columns, rows: window.rows)
  }
}

extension Raster {
  /// Cells made one by one.
  public init(_ grid: Grid, _ cell: (_ column: Int, _ row: Int) -> Cell) {
    var cells: [Cell] = []
    for row in 0..<grid.rows {
      for column in 0..<grid.columns { cells.append(cell(column, row)) }
    }
    self.init(columns: grid.columns, rows: grid.rows, cells: cells)
  }

  public func cut(_ window: Window) -> Raster {
    Raster(
      columns: window.columns, rows: window.rows,
      cells: window.rowRange.flatMap { row in
        window.columnRange.map { self[$0, row] }
      })
  }
}

extension Raster where Cell: RasterCell {
  /// Writes a GeoTIFF.
  public func write(
    to path: String, on grid: Grid, typeName: String? = nil, nodata: Double? = nil,
    options: [String] = []
  ) throws {
    let writer = try RasterWriter(
      creating: path, grid: grid, typeName: typeName ?? Cell.typeName, nodata: nodata,
      options: options)
    try writer.write(cells, to: grid.window)
    try writer.close()
  }
}

extension CoordinateReferenceSystem {
  /// Not known: a raster on such a grid is written without a CRS.
  public static let none = CoordinateReferenceSystem(
    wkt: "", name: "none", isGeographic: false, ellipsoid: .wgs84, datumIsKnown: false, unit: 1)
}
