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
  /// - Throws: `.cannotWrite`, slug `write-failed`; `.usage`, slug `bad-option`.
  public init(
    creating path: String, grid: Grid, typeName: String, nodata: Double?,
    driver: String = "GTiff", options: [String]
  ) throws(HabitatError) {
    GeospatialLibraries.ready
    try Self.refuseUnknownOptions(options, of: driver)
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
    // What its keys cannot hold, `RasterAnnotation` puts beside the file.
    if driver != "GTiff" || GeoTIFFReference.keysHold(grid),
      let reference = SpatialReference(userInput: grid.crs.wkt)
    {
      unsafe GDALSetSpatialRef(handle, reference.handle)
    }
    if let nodata { unsafe GDALSetRasterNoDataValue(band, nodata) }
  }

  deinit { unsafe GDALClose(handle) }

  /// GDAL takes options it does not know, or with values it does not, for a warning and goes on.
  ///
  /// - Throws: `.usage`, slug `bad-option`.
  public static func refuseUnknownOptions(
    _ options: [String], of driver: String
  ) throws(HabitatError) {
    GeospatialLibraries.ready
    for option in options {
      let isKnown = unsafe withStringList([option]) { list in
        unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
        defer { CPLPopErrorHandler() }
        return unsafe GDALValidateCreationOptions(GDALGetDriverByName(driver), list) != 0
      }
      guard !isKnown else { continue }
      throw HabitatError(
        .usage, "bad-option", "the driver \(driver) does not know the option \(option)",
        at: "--co \(option)", fix: "gdalinfo --format \(driver) lists options and their values")
    }
  }

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
  /// A window of whole blocks passes by GDAL's cache, so that blocks stand in the file in the order of
  /// the calls: what the cache throws out first depends on memory and on all other threads.
  ///
  /// - Parameter overview: the overview whose cells they are, `nil` for the raster itself.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public func write<Cell: RasterCell>(
    _ cells: [Cell], to window: Window, overview: Int? = nil
  ) throws(HabitatError) {
    precondition(cells.count >= window.cellCount, "fewer cells than the window holds")
    if let blocks = unsafe BlockLayout(of: target(overview), Cell.gdalType)?.blocks(of: window) {
      try write(blocks, cells, window, overview)
      return
    }
    try Self.reportingWriteFailures(at: path) { log in
      let result = unsafe cells.withUnsafeBytes { buffer in
        unsafe GDALRasterIO(
          target(overview), GF_Write, Int32(window.column), Int32(window.row),
          Int32(window.columns), Int32(window.rows),
          UnsafeMutableRawPointer(mutating: buffer.baseAddress), Int32(window.columns),
          Int32(window.rows), Cell.gdalType, 0, 0)
      }
      unsafe _ = GDALFlushRasterCache(target(overview))
      return result == CE_None && log.messages.isEmpty ? () : nil
    }
  }

  private func write<Cell: RasterCell>(
    _ blocks: [BlockLayout.Block], _ cells: [Cell], _ window: Window, _ overview: Int?
  ) throws(HabitatError) {
    for block in blocks {
      var buffer = block.bytes(of: cells, in: window)
      try Self.reportingWriteFailures(at: path) { log in
        let result = unsafe buffer.withUnsafeMutableBytes { bytes in
          unsafe GDALWriteBlock(
            target(overview), Int32(block.column), Int32(block.row), bytes.baseAddress)
        }
        return result == CE_None && log.messages.isEmpty ? () : nil
      }
    }
  }

  /// Makes room for overviews before any cell is written; they are filled with `write(_:to:overview:)`.
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
    // The directory of the raster first: libtiff ends the program where it looks for one that could not
    // be written.
    try Self.reportingWriteFailures(at: path) { log in
      unsafe GDALFlushCache(handle)
      return log.messages.isEmpty ? () : nil
    }
    try Self.reportingWriteFailures(at: path) { log in
      let result = unsafe GDALBuildOverviews(
        handle, "NONE", Int32(factors.count), &factors, 0, nil, nil, nil)
      return result == CE_None && log.messages.isEmpty ? () : nil
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
