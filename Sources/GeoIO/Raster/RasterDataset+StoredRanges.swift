import CGDAL
public import RasterCore
import RemoteFiles

extension RasterDataset {
  /// Where in the file stands what it says of itself, in order.
  ///
  /// - Returns: `nil` where that is not known of the format.
  public var describingRanges: [Range<Int>]? {
    guard driver == "GTiff", let bytes = InputBytes(of: path) else { return nil }
    return TIFFDirectories(of: bytes).map { Array($0.ranges.ranges) }
  }

  /// Where in the file the blocks lie that hold the cells of a window, in order, those next to one another as one.
  ///
  /// - Returns: `nil` where the format does not say, or the cells are of other files.
  public func storedRanges(of window: Window, band number: Int) -> [Range<Int>]? {
    guard driver == "GTiff", let band = unsafe GDALGetRasterBand(handle, Int32(number)) else {
      return nil
    }
    let whole = Window(column: 0, row: 0, columns: columns, rows: rows)
    guard let window = window.intersection(whole) else { return [] }
    func item(_ key: String) -> Int? {
      unsafe GDALGetMetadataItem(band, key, "TIFF").flatMap { unsafe Int(String(cString: $0)) }
    }
    var (width, height) = (Int32(0), Int32(0))
    unsafe GDALGetBlockSize(band, &width, &height)
    var ranges = RangeSet<Int>()
    for row in window.rowRange.lowerBound / Int(height)...(window.rowRange.upperBound - 1)
      / Int(height)
    {
      for column in window.columnRange.lowerBound
        / Int(width)...(window.columnRange.upperBound - 1) / Int(width)
      {
        // A block without a place holds nodata alone.
        guard let offset = item("BLOCK_OFFSET_\(column)_\(row)"),
          let count = item("BLOCK_SIZE_\(column)_\(row)"), offset >= 0, count > 0,
          !offset.addingReportingOverflow(count).overflow
        else { continue }
        ranges.insert(contentsOf: offset..<offset + count)
      }
    }
    return Array(ranges.ranges)
  }

  /// Fetches all blocks of a window of a file on a server at once; those that are there already are not asked for.
  ///
  /// - Throws: those of reading a remote file.
  public func fetchAhead(_ window: Window, band: Int) throws(HabitatError) {
    guard let source = RemoteSources.source(in: path),
      let ranges = storedRanges(of: window, band: band)
    else { return }
    if let failure = RemoteSources.takeFailure() { throw failure }
    do throws(RemoteFailure) {
      try source.fetch(ranges)
    } catch {
      throw error.error(at: RemoteAddress.withoutSecrets(path))
    }
  }
}
