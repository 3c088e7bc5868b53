import CGDAL
public import RasterCore

/// A raster being written: one band, tile by tile, to a path that must not be the final one.
///
/// GDAL 3.6 reports a full disk only when the file is closed, so nothing is written before
/// `close()` has returned.
@safe public struct RasterWriter: ~Copyable {
  private let handle: GDALDatasetH

  /// - Parameters:
  ///   - driver: GDAL's short name, for example `GTiff`.
  ///   - typeName: GDAL's name of the cell type, for example `Byte`.
  ///   - options: creation options, `KEY=VALUE`.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public init(
    creating path: String, grid: Grid, typeName: String, nodata: Double?,
    driver: String = "GTiff", options: [String]
  ) throws(HabitatError) {
    GeospatialLibraries.ready
    unsafe handle = try reportingFailures(
      .cannotWrite, "write-failed", at: path, fix: "check free space, permissions and --co options"
    ) { _ -> GDALDatasetH? in
      guard let driver = unsafe GDALGetDriverByName(driver) else { return nil }
      return unsafe withStringList(options) { list in
        unsafe GDALCreate(
          driver, path, Int32(grid.columns), Int32(grid.rows), 1, GDALGetDataTypeByName(typeName),
          list)
      }
    }
    var coefficients = grid.geotransform.coefficients
    unsafe GDALSetGeoTransform(handle, &coefficients)
    if let reference = SpatialReference(userInput: grid.crs.wkt) {
      unsafe GDALSetSpatialRef(handle, reference.handle)
    }
    if let nodata { unsafe GDALSetRasterNoDataValue(band, nodata) }
  }

  deinit { unsafe GDALClose(handle) }

  private var band: GDALRasterBandH { unsafe GDALGetRasterBand(handle, 1) }

  private func target(_ overview: Int?) -> GDALRasterBandH {
    guard let overview else { return unsafe band }
    return unsafe GDALGetOverview(band, Int32(overview))
  }

  /// Colours by code, `0xRRGGBB`; codes without one are transparent.
  public func setColours(_ colours: [UInt8: UInt32]) {
    let table = unsafe GDALCreateColorTable(GPI_RGB)
    defer { unsafe GDALDestroyColorTable(table) }
    for code in UInt8.min...UInt8.max {
      let colour = colours[code]
      let rgb = colour ?? 0
      var entry = GDALColorEntry(
        c1: Int16(rgb >> 16 & 0xFF), c2: Int16(rgb >> 8 & 0xFF), c3: Int16(rgb & 0xFF),
        c4: colour == nil ? 0 : 255)
      unsafe GDALSetColorEntry(table, Int32(code), &entry)
    }
    unsafe GDALSetRasterColorTable(band, table)
  }

  /// Names by code, from 0.
  public func setCategoryNames(_ names: [String]) {
    unsafe withStringList(names) { unsafe _ = GDALSetRasterCategoryNames(band, $0) }
  }

  public func setDescription(_ text: String) { unsafe GDALSetDescription(band, text) }

  public func setMetadata(_ key: String, _ value: String) {
    unsafe GDALSetMetadataItem(handle, key, value, nil)
  }

  /// Writes the cells of `window`, row by row.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public func write<Cell: RasterCell>(
    _ cells: [Cell], to window: Window
  ) throws(HabitatError) {
    precondition(cells.count >= window.cellCount, "fewer cells than the window holds")
    try Self.reportingWriteFailures(at: path) { _ in
      let result = unsafe cells.withUnsafeBytes { buffer in
        unsafe GDALRasterIO(
          band, GF_Write, Int32(window.column), Int32(window.row),
          Int32(window.columns),
          Int32(window.rows), UnsafeMutableRawPointer(mutating: buffer.baseAddress),
          Int32(window.columns), Int32(window.rows), Cell.gdalType, 0, 0)
      }
      return result == CE_None ? () : nil
    }
  }

  /// Writes whole rows of cells, `first` being the row they begin with: block by block, past GDAL's
  /// cache, which readers on other threads would empty in an order of their own.
  ///
  /// - Parameters:
  ///   - overview: the overview whose rows they are, `nil` for the raster itself.
  ///   - rows: begin and end at the edges of blocks, or at the end of the raster.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public func write<Cell: RasterCell>(
    _ cells: [Cell], rows: Range<Int>, overview: Int? = nil
  ) throws(HabitatError) {
    let columns = unsafe Int(GDALGetRasterBandXSize(target(overview)))
    precondition(cells.count >= rows.count * columns, "fewer cells than the rows hold")
    var (width, height) = (Int32(0), Int32(0))
    unsafe GDALGetBlockSize(target(overview), &width, &height)
    let (blockColumns, blockRows) = (Int(width), Int(height))
    guard rows.lowerBound % blockRows == 0 else {
      throw HabitatError(
        .usage, "bad-option", "blocks of \(blockRows) rows do not fit the strips that are written",
        at: "--co", fix: "choose a BLOCKYSIZE that divides 512")
    }
    var block = [Cell](repeating: .zero, count: blockColumns * blockRows)
    for row in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
      let count = min(blockRows, rows.upperBound - row)
      for column in stride(from: 0, to: columns, by: blockColumns) {
        let part = min(blockColumns, columns - column)
        for line in 0..<count {
          let source = (row - rows.lowerBound + line) * columns + column
          cells.copyCells(source..<source + part, to: &block, at: line * blockColumns)
        }
        try write(&block, column / blockColumns, row / blockRows, overview)
      }
    }
  }

  private func write<Cell: RasterCell>(
    _ block: inout [Cell], _ column: Int, _ row: Int, _ overview: Int?
  ) throws(HabitatError) {
    try Self.reportingWriteFailures(at: path) { _ in
      let result = unsafe block.withUnsafeMutableBytes { buffer in
        unsafe GDALWriteBlock(target(overview), Int32(column), Int32(row), buffer.baseAddress)
      }
      return result == CE_None ? () : nil
    }
  }

  /// Makes room for overviews before any cell is written; they are filled with `write(_:rows:overview:)`.
  ///
  /// - Parameters:
  ///   - count: level *n* has 2ⁿ⁺¹ cells along a side of one of its own.
  ///   - tile: cells along a side of an overview's tiles.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public func addEmptyOverviews(_ count: Int, tile: Int) throws(HabitatError) {
    guard count > 0 else { return }
    var factors = (1...count).map { Int32(1) << Int32($0) }
    unsafe CPLSetThreadLocalConfigOption("GDAL_TIFF_OVR_BLOCKSIZE", String(tile))
    defer { unsafe CPLSetThreadLocalConfigOption("GDAL_TIFF_OVR_BLOCKSIZE", nil) }
    try Self.reportingWriteFailures(at: path) { _ in
      let result = unsafe GDALBuildOverviews(
        handle, "NONE", Int32(factors.count), &factors, 0, nil, nil, nil)
      return result == CE_None ? () : nil
    }
  }

  private var path: String { unsafe String(cString: GDALGetDescription(handle)) }

  /// Flushes and closes, reporting a failed write, which `deinit` could not.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public consuming func close() throws(HabitatError) {
    let (handle, path) = unsafe (handle, path)
    discard self
    try Self.reportingWriteFailures(at: path) { log in
      unsafe GDALClose(handle)
      return log.messages.isEmpty ? () : nil
    }
  }

  private static func reportingWriteFailures(
    at path: String, _ call: (FailureLog) -> Void?
  ) throws(HabitatError) {
    try reportingFailures(
      .cannotWrite, "write-failed", at: path, fix: "check free space and permissions", call)
  }
}

extension Array where Element: RasterCell {
  /// Copies as bytes: a loop over cells of a type that is not known here takes ten times as long.
  fileprivate func copyCells(_ cells: Range<Int>, to target: inout [Element], at first: Int) {
    let size = MemoryLayout<Element>.stride
    unsafe withUnsafeBytes { source in
      unsafe target.withUnsafeMutableBytes { target in
        let bytes = unsafe UnsafeRawBufferPointer(
          rebasing: source[cells.lowerBound * size..<cells.upperBound * size])
        unsafe UnsafeMutableRawBufferPointer(rebasing: target[(first * size)...])
          .copyMemory(from: bytes)
      }
    }
  }
}
