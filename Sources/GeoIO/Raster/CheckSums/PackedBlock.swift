import CGDAL

/// One block of a TIFF as it lies in the file, packed by a method that keeps a check sum of what it packs.
///
/// Of GDAL's methods these are DEFLATE, whose sum GDAL looks at only where a block unpacks to exactly the
/// length that it asks for, and ZSTD where the writer wanted one. LERC has a sum that its library checks
/// itself; LZW, PackBits, LZMA, JPEG, WebP and plain blocks have none.
struct PackedBlock {
  private let file: String
  private let offset: Int
  private let count: Int
  private let method: Method
  /// Bytes of the whole block, of all bands where their cells lie side by side, and those that lie in the raster.
  private let unpackedCount: Int
  private let wantedCount: Int
  /// Sides of tiles are multiples of 16 cells.
  private let mayBeTile: Bool

  private enum Method { case deflate, zstd }

  /// What tells it from others: a place in a file.
  struct Place: Hashable, Sendable {
    let file: String
    let offset: Int
  }
  var place: Place { Place(file: file, offset: offset) }

  /// `nil` where the band is none of a TIFF, the method has no sum, or the block is absent.
  ///
  /// - Parameter path: of the dataset that the band is one of, should it not say so itself.
  init?(of band: GDALRasterBandH, column: Int, row: Int, path: String) {
    guard let dataset = unsafe GDALGetBandDataset(band),
      let method = unsafe Self.method(of: dataset)
    else { return nil }
    unsafe self.init(of: band, dataset, method, column: column, row: row, path: path)
  }

  private init?(
    of band: GDALRasterBandH, _ dataset: GDALDatasetH, _ method: Method, column: Int, row: Int,
    path: String
  ) {
    guard let offset = unsafe Self.number("OFFSET", of: band, column, row),
      let count = unsafe Self.number("SIZE", of: band, column, row), count > 0
    else { return nil }
    var (width, height) = (Int32(0), Int32(0))
    unsafe GDALGetBlockSize(band, &width, &height)
    let bands = unsafe Self.areInterleaved(dataset) ? Int(GDALGetRasterCount(dataset)) : 1
    let rowBytes =
      unsafe Int(width) * bands * Int(GDALGetDataTypeSizeBytes(GDALGetRasterDataType(band)))
    unpackedCount = Int(height) * rowBytes
    let rows = unsafe Int(GDALGetRasterBandYSize(band)) - row * Int(height)
    wantedCount = min(Int(height), rows) * rowBytes
    mayBeTile = width % 16 == 0 && height % 16 == 0
    (self.method, self.offset, self.count) = (method, offset, count)
    let name = unsafe String(cString: GDALGetDescription(dataset))
    let named = name.isEmpty ? path : name
    file = SubdatasetPath(named)?.file ?? named
  }

  /// Whether blocks of a band may hold sums: those of a virtual raster, which may be without end, are none of a file.
  static func mayBeIn(_ band: GDALRasterBandH) -> Bool {
    guard let dataset = unsafe GDALGetBandDataset(band), unsafe areSummed(in: dataset) else {
      return false
    }
    // Masks within a TIFF have no driver.
    guard let driver = unsafe GDALGetDatasetDriver(dataset) else { return true }
    return unsafe String(cString: GDALGetDriverShortName(driver)) != "VRT"
  }

  /// The bytes of a block of LERC, freed of what they are packed in besides; empty where that fails, `nil` where the
  /// block is absent.
  static func lerc(of band: GDALRasterBandH, column: Int, row: Int) -> [UInt8]? {
    guard let dataset = unsafe GDALGetBandDataset(band),
      let name = unsafe imageStructure("COMPRESSION", of: dataset),
      let block = unsafe PackedBlock(
        of: band, dataset, name == "LERC_ZSTD" ? .zstd : .deflate, column: column, row: row,
        path: "")
    else { return nil }
    let packed = block.bytes(last: block.count, in: PackedFile()) ?? []
    return name == "LERC" ? packed : block.unpacked(packed)
  }

  /// Whether the blocks of a dataset are packed by a method that keeps sums.
  static func areSummed(in dataset: GDALDatasetH) -> Bool { unsafe method(of: dataset) != nil }

  private static func method(of dataset: GDALDatasetH) -> Method? {
    switch unsafe imageStructure("COMPRESSION", of: dataset) {
    case "DEFLATE": .deflate
    case "ZSTD": .zstd
    default: nil
    }
  }

  fileprivate static func imageStructure(_ key: String, of dataset: GDALDatasetH) -> String? {
    unsafe GDALGetMetadataItem(dataset, key, "IMAGE_STRUCTURE").map { unsafe String(cString: $0) }
  }

  static func areInterleaved(_ dataset: GDALDatasetH) -> Bool {
    unsafe imageStructure("INTERLEAVE", of: dataset) == "PIXEL" && GDALGetRasterCount(dataset) > 1
  }

  private static func number(
    _ name: String, of band: GDALRasterBandH, _ column: Int, _ row: Int
  ) -> Int? {
    unsafe GDALGetMetadataItem(band, "BLOCK_\(name)_\(column)_\(row)", "TIFF").flatMap {
      unsafe Int(String(cString: $0))
    }
  }

  // MARK: Looking

  /// Cells that GDAL made of a block.
  struct Cells {
    /// Whole rows, those beyond the raster's edge left out.
    let bytes: ArraySlice<UInt8>
    let columns: Int
    /// Bytes of a cell.
    let size: Int
    let predictor: Predictor

    /// - Parameters:
    ///   - bytes: of the block that starts at `row` blocks from the top.
    init(_ bytes: ArraySlice<UInt8>, of band: GDALRasterBandH, row: Int) {
      let dataset = unsafe GDALGetBandDataset(band)
      var (width, height) = (Int32(0), Int32(0))
      unsafe GDALGetBlockSize(band, &width, &height)
      size = unsafe Int(GDALGetDataTypeSizeBytes(GDALGetRasterDataType(band)))
      columns = Int(width)
      let rows = unsafe min(Int(height), Int(GDALGetRasterBandYSize(band)) - row * Int(height))
      self.bytes = bytes.prefix(rows * columns * size)
      predictor =
        unsafe dataset.flatMap { unsafe PackedBlock.imageStructure("PREDICTOR", of: $0) }
        .flatMap(Int.init).flatMap(Predictor.init) ?? .none
    }

    fileprivate var checkSum: UInt32 {
      unsafe bytes.withUnsafeBytes {
        unsafe predictor.checkSum(of: $0, columns: columns, size: size)
      }
    }
  }

  /// Whether the sum in the file is that of the cells; `false` also where it is not to be told so.
  func holds(_ cells: Cells, in packedFile: PackedFile) -> Bool {
    guard method == .deflate, count > 6, let end = bytes(last: 4, in: packedFile) else {
      return false
    }
    return cells.checkSum == end.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Whether the block unpacks to what its writer packed.
  ///
  /// - Parameter cells: what GDAL made of it; asked for where that is in doubt, `nil` where it is not stored so.
  func isIntact(in packedFile: PackedFile, _ cells: () -> Cells?) -> Bool {
    guard let packed = bytes(last: count, in: packedFile) else { return false }
    switch method {
    case .deflate: return inflates(packed, cells)
    case .zstd: return !Self.hasZstdSum(packed) || unpacksZstd(packed)
    }
  }

  private func bytes(last wanted: Int, in packedFile: PackedFile) -> [UInt8]? {
    packedFile.bytes(of: file, from: offset + count - wanted, count: wanted)
  }

  /// A tile is whole even where the raster ends within it. Some writers fill the last strip up, too; asked for less
  /// than there is, libdeflate leaves out what a repetition at the end would bring, and GDAL does not notice.
  private func inflates(_ packed: [UInt8], _ cells: () -> Cells?) -> Bool {
    for factor in [1, 2, 8] {
      let room = max(unpackedCount, 1) * factor
      var count = 0
      let isRight = unsafe withUnsafeTemporaryAllocation(byteCount: room, alignment: 16) {
        buffer -> Bool? in
        guard unsafe CPLZLibInflate(packed, packed.count, buffer.baseAddress, room, &count) != nil
        else { return nil }
        if count <= wantedCount || count <= unpackedCount && mayBeTile { return true }
        guard let cells = cells(), cells.bytes.count <= count else { return false }
        var sum = Adler32()
        unsafe sum.add(UnsafeRawBufferPointer(rebasing: buffer[..<cells.bytes.count]))
        return sum.value == cells.checkSum
      }
      if let isRight { return isRight }
    }
    return false
  }

  /// The third bit of a frame's descriptor says that a sum of its content follows it.
  ///
  /// Source: RFC 8878, section 3.1.1.1.1.
  private static func hasZstdSum(_ packed: [UInt8]) -> Bool {
    packed.count > 5 && packed.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) && packed[4] & 4 != 0
  }

  /// Empty where that fails.
  private func unpacked(_ packed: [UInt8]) -> [UInt8] {
    // What LERC cannot make smaller it keeps as it is, behind its head.
    let room = unpackedCount + 4096
    return unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      switch method {
      case .deflate:
        let end = unsafe CPLZLibInflate(packed, packed.count, buffer.baseAddress, room, &count)
        if unsafe end == nil { count = 0 }
      case .zstd:
        guard let method = unsafe CPLGetDecompressor("zstd") else { return }
        var (target, size) = (UnsafeMutableRawPointer(buffer.baseAddress), room)
        let isDone = unsafe method.pointee.pfnFunc(
          packed, packed.count, &target, &size, nil, method.pointee.user_data)
        count = isDone ? size : 0
      }
    }
  }

  private func unpacksZstd(_ packed: [UInt8]) -> Bool {
    // A GDAL that opened the file has it, or nobody could read the block.
    guard let method = unsafe CPLGetDecompressor("zstd") else { return true }
    let room = max(unpackedCount, 1)
    return unsafe withUnsafeTemporaryAllocation(byteCount: room, alignment: 16) { buffer in
      var (target, size) = (buffer.baseAddress, room)
      return unsafe method.pointee.pfnFunc(
        packed, packed.count, &target, &size, nil, method.pointee.user_data)
    }
  }
}
