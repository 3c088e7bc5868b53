import CGDAL
import RasterCore
import Synchronization

/// The blocks whose check sums were found right, so that none is unpacked twice for it; shared by whoever
/// reads the same files.
public final class BlockChecks: Sendable {
  /// Which sums are looked at.
  public enum Scope: Sendable {
    case nothing
    /// Those of the files that are read. Where GDAL's cells give the sum that costs next to nothing.
    case files
    /// Those of the files, too, that virtual rasters are made of: their blocks are unpacked once more.
    case filesAndSources
  }

  let scope: Scope
  private let places = Mutex<Set<PackedBlock.Place>>([])

  public init(of scope: Scope = .filesAndSources) { self.scope = scope }

  /// Looks at a block unless it was looked at before.
  ///
  /// - Throws: `.input`, slug `unreadable-block`.
  func check(
    _ block: PackedBlock, at location: @autoclosure () -> String, isRight: () -> Bool
  ) throws(HabitatError) {
    let place = block.place
    guard places.withLock({ !$0.contains(place) }) else { return }
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    let found = isRight()
    CPLPopErrorHandler()
    guard found else {
      throw HabitatError(
        .input, "unreadable-block", "a block is not what was packed: its check sum says so",
        at: location(), fix: "the file is damaged: fetch it again")
    }
    places.withLock { _ = $0.insert(place) }
  }
}

extension RasterDataset {
  /// Blocks are packed by a method that keeps check sums of them.
  var hasCheckSums: Bool { unsafe PackedBlock.areSummed(in: handle) }

  /// Compares a block with the sum that the file holds of it.
  ///
  /// Cells as they are stored give that sum; where they cannot (of several bands side by side, in the other byte
  /// order, in rows that are not asked for), the block is unpacked once more.
  ///
  /// - Parameters:
  ///   - bytes: of the block's cells; GDAL leaves the rows beyond the raster's edge alone.
  /// - Throws: `.input`, slug `unreadable-block`.
  func check(
    _ band: GDALRasterBandH, column: Int, row: Int, _ bytes: [UInt8]
  ) throws(HabitatError) {
    guard checks.scope != .nothing,
      let block = unsafe PackedBlock(of: band, column: column, row: row, path: path)
    else { return }
    let areInterleaved = unsafe PackedBlock.areInterleaved(handle)
    let cells = unsafe areInterleaved ? nil : PackedBlock.Cells(bytes[...], of: band, row: row)
    try checks.check(block, at: "\(path), block \(column), \(row)") {
      cells.map { block.holds($0, in: packedFile) } ?? false
        || block.isIntact(in: packedFile) { cells }
    }
  }

  /// Compares all blocks that cells of `window` come from with the sums that files hold of them: the band's own
  /// and, where the raster is virtual, those of the rasters it is made of.
  ///
  /// - Throws: `.input`, slug `unreadable-block`.
  func checkBlocks(of window: Window, band number: Int) throws(HabitatError) {
    let band = unsafe GDALGetRasterBand(handle, Int32(number))
    try unsafe checkBlocks(of: window, band)
    guard let mosaic else { return }
    try mosaic.checkBlocks(of: window, band: number, checks)
  }

  /// The same for the band's validity mask.
  func checkMaskBlocks(of window: Window, band number: Int) throws(HabitatError) {
    let band = unsafe GDALGetRasterBand(handle, Int32(number))
    if unsafe GDALGetMaskFlags(band) & (GMF_ALL_VALID | GMF_NODATA) == 0 {
      try unsafe checkBlocks(of: window, GDALGetMaskBand(band))
    }
    guard let mosaic else { return }
    try mosaic.checkBlocks(of: window, band: number, ofMask: true, checks)
  }

  private func checkBlocks(of window: Window, _ band: GDALRasterBandH?) throws(HabitatError) {
    guard checks.scope != .nothing, let band = unsafe band, window.cellCount > 0,
      unsafe PackedBlock.mayBeIn(band)
    else { return }
    var (width, height) = (Int32(0), Int32(0))
    unsafe GDALGetBlockSize(band, &width, &height)
    let (columns, rows) = (max(1, Int(width)), max(1, Int(height)))
    for row in window.row / rows...(window.rowRange.upperBound - 1) / rows {
      for column in window.column / columns...(window.columnRange.upperBound - 1) / columns {
        guard let block = unsafe PackedBlock(of: band, column: column, row: row, path: path) else {
          continue
        }
        try checks.check(block, at: "\(path), block \(column), \(row)") {
          block.isIntact(in: packedFile) {
            unsafe Self.cells(of: band, column: column, row: row)
          }
        }
      }
    }
  }

  private static func cells(
    of band: GDALRasterBandH, column: Int, row: Int
  ) -> PackedBlock.Cells? {
    guard let dataset = unsafe GDALGetBandDataset(band),
      unsafe !PackedBlock.areInterleaved(dataset)
    else { return nil }
    var (width, height) = (Int32(0), Int32(0))
    unsafe GDALGetBlockSize(band, &width, &height)
    let size = unsafe Int(GDALGetDataTypeSizeBytes(GDALGetRasterDataType(band)))
    var bytes = [UInt8](repeating: 0, count: Int(width) * Int(height) * size)
    guard unsafe GDALReadBlock(band, Int32(column), Int32(row), &bytes) == CE_None else {
      return nil
    }
    return unsafe PackedBlock.Cells(bytes[...], of: band, row: row)
  }
}
