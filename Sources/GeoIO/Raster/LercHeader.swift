import CGDAL

/// What the head of a LERC block says: by how much a number may differ from the one that was packed.
///
/// GDAL 3.6 does not tell it, and TIFF has no tag for it.
///
/// Source: github.com/Esri/lerc, the header of Lerc2 in versions 2 to 6.
struct LercHeader {
  let largestError: Double

  /// Whether the first block that a TIFF holds is packed with losses; so is one whose head makes no sense.
  ///
  /// The same limit goes for all blocks, as GDAL writes them.
  static func isLossy(_ dataset: GDALDatasetH) -> Bool {
    guard let band = unsafe GDALGetRasterBand(dataset, 1),
      let block = unsafe firstBlock(of: band, dataset)
    else { return false }
    guard let header = LercHeader(block) else { return true }
    // Whole numbers are packed without losses where the limit is a half.
    let isFloating = GDALDataTypeIsFloating(unsafe GDALGetRasterDataType(band)) != 0
    return header.largestError > (isFloating ? 0 : 0.5)
  }

  /// - Parameter bytes: of a block, no longer packed by anything else.
  init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: Array("Lerc2 ".utf8)), bytes.count >= 10 else { return nil }
    let version = Self.number(bytes[6..<10])
    guard (2...6).contains(version) else { return nil }
    // A check sum; the values of a cell; more blocks, and flags: each came with a version.
    let words = 6 + (version >= 3 ? 1 : 0) + (version >= 4 ? 1 : 0) + (version >= 6 ? 2 : 0)
    let place = 10 + 4 * words
    guard bytes.count >= place + 8 else { return nil }
    largestError = Double(bitPattern: Self.number(bytes[place..<place + 8]))
    guard largestError >= 0, largestError.isFinite else { return nil }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// `nil` where no block is stored.
  private static func firstBlock(of band: GDALRasterBandH, _ dataset: GDALDatasetH) -> [UInt8]? {
    var (width, height) = (Int32(0), Int32(0))
    unsafe GDALGetBlockSize(band, &width, &height)
    let across = unsafe (Int(GDALGetRasterBandXSize(band)) + Int(width) - 1) / Int(width)
    let down = unsafe (Int(GDALGetRasterBandYSize(band)) + Int(height) - 1) / Int(height)
    for row in 0..<down {
      for column in 0..<across {
        if let block = unsafe PackedBlock.lerc(of: band, column: column, row: row) { return block }
      }
    }
    return nil
  }
}
