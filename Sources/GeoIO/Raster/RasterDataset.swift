import CGDAL
public import RasterCore

/// An open raster file, owned by one task at a time.
@safe public struct RasterDataset: ~Copyable {
  let handle: GDALDatasetH
  public let path: String
  let checks: BlockChecks
  let packedFile = PackedFile()
  /// `nil` where the raster's cells are its own, or its sources are not looked at.
  let mosaic: VirtualMosaic?
  let assumptions: RasterAssumptions

  /// - Parameters:
  ///   - checks: what others who read the same file share.
  ///   - drivers: those that may read it; all unless given.
  /// - Throws: `.input`: `input-missing`, `not-a-raster`, `not-a-file`, `source-remote`, `unreadable-block`.
  public init(
    reading path: String, sharing checks: BlockChecks = BlockChecks(), drivers: [String] = []
  ) throws(HabitatError) {
    GeospatialLibraries.ready
    try NamedSources.refuseForeign(path)
    try WriteAheadLog.refuseChanges(beside: path)
    let flags = UInt32(GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR)
    if path.mayBeHDF5 { GeospatialLibraries.quietHDF5() }
    let (slug, what) =
      switch FileSystem.size(of: path) {
      case .missing: ("input-missing", "there is no such file, or it cannot be read")
      default: ("not-a-raster", "the file cannot be opened as a raster")
      }
    let assumptions = RasterAssumptions()
    let opened: GDALDatasetH
    do throws(HabitatError) {
      unsafe opened = try reportingFailures(
        .input, slug, what, at: path, fix: "check the path, and that it is a raster GDAL can read"
      ) { log in
        defer { assumptions.note(log.warnings) }
        return unsafe withStringList(drivers) { list in
          unsafe GDALOpenEx(path, flags, drivers.isEmpty ? nil : constantList(list), nil, nil)
        }
      }
    } catch {
      throw error.lookingAt(path)
    }
    do throws(HabitatError) {
      unsafe try DeclaredLength(of: opened, path)?.refuseCutFile(path)
    } catch {
      unsafe GDALClose(opened)
      throw error
    }
    unsafe handle = opened
    self.assumptions = assumptions
    (self.path, self.checks) = (path, checks)
    mosaic =
      unsafe checks.scope == .filesAndSources ? VirtualMosaic(handle, path: path) : nil
  }

  deinit { unsafe GDALClose(handle) }

  /// The girth of the Earth at one metre.
  public static let mostCellsAlongSide = 50_000_000

  public var columns: Int { unsafe Int(GDALGetRasterXSize(handle)) }
  public var rows: Int { unsafe Int(GDALGetRasterYSize(handle)) }
  public var bandCount: Int { unsafe Int(GDALGetRasterCount(handle)) }

  public var driver: String {
    unsafe String(cString: GDALGetDriverShortName(GDALGetDatasetDriver(handle)))
  }

  /// `nil` where the file has none.
  public var geotransform: Geotransform? {
    var numbers = [Double](repeating: 0, count: 6)
    let assumptions = assumptions
    // Many drivers look at it only now.
    let isThere = try? reportingFailures(.input, "georeference-missing", at: path, fix: "") { log in
      defer { assumptions.note(log.warnings) }
      return unsafe GDALGetGeoTransform(handle, &numbers) == CE_None
    }
    return isThere == true ? Geotransform(gdal: numbers) : nil
  }

  /// `nil` where the file has none, or one that is no CRS of the Earth's surface.
  public var crs: CoordinateReferenceSystem? {
    guard let reference = unsafe GDALGetSpatialRef(handle) else { return nil }
    return unsafe SpatialReference(copying: reference).value
  }

  /// What the file's CRS is where it is none that a raster can lie in; `nil` where it has none.
  public var unsuitableCRS: String? {
    guard let reference = unsafe GDALGetSpatialRef(handle) else { return nil }
    let own = unsafe SpatialReference(copying: reference)
    return own.value == nil ? own.obstacle : nil
  }

  /// Ground control points are no grid: such a file must be warped first.
  public var hasGroundControlPoints: Bool { unsafe GDALGetGCPCount(handle) > 0 }

  /// What the file says of one of its bands, counted from 1.
  ///
  /// - Throws: `.input`, slug `band-missing`.
  public func band(_ number: Int) throws(HabitatError) -> BandDescription {
    guard (1...max(bandCount, 1)).contains(number), bandCount > 0 else {
      throw HabitatError(
        .input, "band-missing", "there is no band \(number); the file has \(bandCount)", at: path,
        fix: "choose a band with --band LAYER=N")
    }
    return unsafe BandDescription(GDALGetRasterBand(handle, Int32(number)))
  }

  /// Reads the cells of `window` into the front of `cells`, row by row.
  ///
  /// - Throws: `.input`, slug `unreadable-block`.
  ///
  /// - Parameters:
  ///   - first: where in `cells` the first cell goes.
  ///   - stride: from one row to the next in `cells`; the window's columns unless given.
  public func read<Cell: RasterCell>(
    _ window: Window, band: Int, into cells: inout [Cell], at first: Int = 0, stride: Int? = nil
  ) throws(HabitatError) {
    let stride = stride ?? window.columns
    precondition(
      stride >= window.columns
        && cells.count >= first + (window.rows - 1) * stride + window.columns,
      "the buffer is smaller than the window")
    let size = MemoryLayout<Cell>.stride
    try reportingFailures(
      .input, "unreadable-block", "cells cannot be read", at: "\(path), \(window.placeText)",
      fix: "the file is damaged or was cut short: fetch it again"
    ) { log in
      let result = unsafe cells.withUnsafeMutableBytes { buffer in
        unsafe GDALRasterIO(
          GDALGetRasterBand(handle, Int32(band)), GF_Read, Int32(window.column), Int32(window.row),
          Int32(window.columns), Int32(window.rows),
          buffer.baseAddress.map { unsafe $0 + first * size },
          Int32(window.columns), Int32(window.rows), Cell.gdalType, Int32(size),
          Int32(stride * size))
      }
      return log.isWhole(result) ? () : nil
    }
    try checkBlocks(of: window, band: band)
  }

  /// Reads the validity mask of `window`: 0 where a cell has no value.
  public func readMask(
    _ window: Window, band: Int, into cells: inout [UInt8]
  ) throws(HabitatError) {
    try reportingFailures(
      .input, "unreadable-block", "cells cannot be read", at: "\(path), mask, \(window.placeText)",
      fix: "the file is damaged or was cut short: fetch it again"
    ) { log in
      let result = unsafe cells.withUnsafeMutableBytes { buffer in
        unsafe GDALRasterIO(
          GDALGetMaskBand(GDALGetRasterBand(handle, Int32(band))), GF_Read, Int32(window.column),
          Int32(window.row), Int32(window.columns), Int32(window.rows), buffer.baseAddress,
          Int32(window.columns), Int32(window.rows), GDT_Byte, 0, 0)
      }
      return log.isWhole(result) ? () : nil
    }
    try checkMaskBlocks(of: window, band: band)
  }
}

extension Geotransform {
  /// - Parameter numbers: six, in the order of GDAL.
  init(gdal numbers: [Double]) {
    self.init(
      originX: numbers[0], columnStepX: numbers[1], rowStepX: numbers[2], originY: numbers[3],
      columnStepY: numbers[4], rowStepY: numbers[5])
  }
}

extension String {
  /// Whether GDAL may read the file, or a raster of it, with HDF5.
  fileprivate var mayBeHDF5: Bool {
    let name = lowercased()
    return ["netcdf:", "hdf5:", ".nc", ".h5", ".hdf5", ".he5"].contains(where: name.contains)
  }
}

extension Window {
  fileprivate var placeText: String {
    "columns \(column)–\(column + columns - 1), rows \(row)–\(row + rows - 1)"
  }
}
