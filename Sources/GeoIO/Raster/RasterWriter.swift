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
  /// A window of whole blocks passes by GDAL's cache, so that blocks stand in the file in the order of
  /// the calls: what the cache throws out first depends on memory and on all other threads.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public func write<Cell: RasterCell>(
    _ cells: [Cell], to window: Window
  ) throws(HabitatError) {
    precondition(cells.count >= window.cellCount, "fewer cells than the window holds")
    let blocks = blocks(of: window)
    if unsafe GDALGetRasterDataType(band) == Cell.gdalType, !blocks.isEmpty {
      try writeBlocks(blocks, cells, window)
      return
    }
    try Self.reportingWriteFailures(at: path) { log in
      let result = unsafe cells.withUnsafeBytes { buffer in
        unsafe GDALRasterIO(
          band, GF_Write, Int32(window.column), Int32(window.row), Int32(window.columns),
          Int32(window.rows), UnsafeMutableRawPointer(mutating: buffer.baseAddress),
          Int32(window.columns), Int32(window.rows), Cell.gdalType, 0, 0)
      }
      unsafe _ = GDALFlushRasterCache(band)
      return result == CE_None && log.messages.isEmpty ? () : nil
    }
  }

  /// The blocks that make up `window`, each cut off at the raster's edge; none where the window holds
  /// parts of blocks.
  private func blocks(of window: Window) -> [Window] {
    var (width, height) = (Int32(0), Int32(0))
    unsafe GDALGetBlockSize(band, &width, &height)
    let (columns, rows) = (Int(width), Int(height))
    let right = unsafe Int(GDALGetRasterBandXSize(band))
    let bottom = unsafe Int(GDALGetRasterBandYSize(band))
    let (columnRange, rowRange) = (window.columnRange, window.rowRange)
    guard window.column % columns == 0, window.row % rows == 0,
      columnRange.upperBound % columns == 0 || columnRange.upperBound == right,
      rowRange.upperBound % rows == 0 || rowRange.upperBound == bottom
    else { return [] }
    return stride(from: window.row, to: rowRange.upperBound, by: rows).flatMap { row in
      stride(from: window.column, to: columnRange.upperBound, by: columns).map { column in
        Window(
          column: column, row: row, columns: min(columns, right - column),
          rows: min(rows, bottom - row))
      }
    }
  }

  private func writeBlocks<Cell: RasterCell>(
    _ blocks: [Window], _ cells: [Cell], _ window: Window
  ) throws(HabitatError) {
    var (width, height) = (Int32(0), Int32(0))
    unsafe GDALGetBlockSize(band, &width, &height)
    let columns = Int(width)
    var buffer = [Cell](repeating: .zero, count: columns * Int(height))
    for block in blocks {
      for row in 0..<block.rows {
        let from = (block.row - window.row + row) * window.columns + block.column - window.column
        let line = row * columns
        buffer.replaceSubrange(
          line..<line + block.columns, with: cells[from..<from + block.columns])
        // Beyond the raster's edge the last cell goes on, whatever stood there before.
        for column in block.columns..<columns {
          buffer[line + column] = buffer[line + block.columns - 1]
        }
      }
      for index in block.rows * columns..<buffer.count { buffer[index] = buffer[index - columns] }
      try Self.reportingWriteFailures(at: path) { log in
        let result = unsafe buffer.withUnsafeMutableBytes { bytes in
          unsafe GDALWriteBlock(
            band, Int32(block.column / columns), Int32(block.row / Int(height)), bytes.baseAddress)
        }
        return result == CE_None && log.messages.isEmpty ? () : nil
      }
    }
  }

  /// Adds overviews, halving until the raster fits into `tile` cells.
  ///
  /// - Parameter resampling: `MODE` or `NEAREST` for codes, `AVERAGE` for amounts.
  public func buildOverviews(resampling: String, tile: Int = 512) throws(HabitatError) {
    var factors: [Int32] = []
    var factor = 2
    let longest = unsafe max(GDALGetRasterXSize(handle), GDALGetRasterYSize(handle))
    while Int(longest) > tile * factor / 2 {
      factors.append(Int32(factor))
      factor *= 2
    }
    guard !factors.isEmpty else { return }
    try Self.reportingWriteFailures(at: path) { _ in
      let result = unsafe GDALBuildOverviews(
        handle, resampling, Int32(factors.count), &factors, 0, nil, nil, nil)
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
