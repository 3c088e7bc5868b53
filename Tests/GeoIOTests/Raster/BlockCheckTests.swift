import Foundation
import RasterCore
import TestSupport
import Testing

@testable import GeoIO

@Suite("Check sums of compressed blocks")
struct BlockCheckTests {
  // MARK: Sums

  /// Values of zlib 1.2.13, `zlib.adler32` of Python 3.11.
  private static let sums: [(bytes: [UInt8], sum: UInt32)] = [
    (Array("Wikipedia".utf8), 0x11E6_0398), ([], 1),
    ((0..<100_000).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 256) }, 0xD43B_9AEF),
    ([UInt8](repeating: 255, count: 200_000), 0x14D0_6057),
  ]

  @Test("the sum is zlib's", arguments: sums)
  func adler(bytes: [UInt8], sum: UInt32) {
    var adler = Adler32()
    var portable = PortableAdler32()
    unsafe bytes.withUnsafeBytes {
      unsafe adler.add($0)
      unsafe portable.add($0)
    }
    #expect(adler.value == sum && portable.value == sum)
  }

  /// Word for word after RFC 1950.
  private func plainSum(_ bytes: [UInt8]) -> UInt32 {
    var (a, b) = (UInt32(1), UInt32(0))
    for byte in bytes { (a, b) = ((a + UInt32(byte)) % 65521, (b + a + UInt32(byte)) % 65521) }
    return b << 16 | a
  }

  @Test("what a predictor stores has the sum of the bytes worked by hand")
  func predictors() {
    func sum(_ predictor: Predictor, _ cells: [some FixedWidthInteger], columns: Int) -> UInt32 {
      unsafe cells.withUnsafeBytes {
        unsafe predictor.checkSum(
          of: $0, columns: columns, size: $0.count / max(cells.count, 1))
      }
    }
    // Two rows: 1, 3 − 1, 6 − 3 and 5, 5 − 5, 4 − 5.
    #expect(
      sum(.difference, [1, 3, 6, 5, 5, 4] as [UInt8], columns: 3)
        == plainSum([1, 2, 3, 5, 0, 255]))
    // 0x0102, then 0x0100 − 0x0102 = 0xFFFE, low byte first.
    #expect(
      sum(.difference, [0x0102, 0x0100] as [UInt16], columns: 2)
        == plainSum([0x02, 0x01, 0xFE, 0xFF]))
    // 1.0 and 2.0 are 3F 80 00 00 and 40 00 00 00: planes 3F 40, 80 00, 00 00, 00 00, then differences.
    #expect(
      sum(.floatingPoint, [Float(1).bitPattern, Float(2).bitPattern], columns: 2)
        == plainSum([0x3F, 0x01, 0x40, 0x80, 0, 0, 0, 0]))
  }

  // MARK: Files

  private static let deflate = ["COMPRESS=DEFLATE"]
  private static let tiles = deflate + ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"]

  /// Ways to write a raster of 100 × 150 cells, tiles at its edges cut.
  private static let forms: [(type: String, options: [String])] = [
    ("Byte", tiles), ("Byte", deflate), ("Byte", tiles + ["PREDICTOR=2"]),
    ("Byte", tiles + ["BIGTIFF=YES"]), ("Byte", tiles + ["NBITS=4"]),
    ("Int16", tiles + ["PREDICTOR=2"]), ("Int16", tiles + ["PREDICTOR=2", "ENDIANNESS=BIG"]),
    ("UInt32", tiles + ["PREDICTOR=2"]), ("Float32", tiles + ["PREDICTOR=3"]),
    ("Float32", deflate + ["PREDICTOR=3", "BLOCKYSIZE=40"]), ("Float64", tiles + ["PREDICTOR=3"]),
    ("Float64", tiles + ["PREDICTOR=2"]), ("Float32", tiles),
  ]

  private func write(_ form: Int, to folder: TemporaryFolder) throws -> (Grid, Raster<Float>) {
    let grid = try RasterRoundTripTests.grid(columns: 100, rows: 150)
    var random = SeededGenerator(seed: UInt64(form))
    let raster = Raster(grid) { column, row in
      Float((column / 8 + row / 5) % 12) + (Int.random(in: 0..<9, using: &random) == 0 ? 1 : 0)
    }
    try raster.write(
      to: folder.path("a.tif"), on: grid, typeName: Self.forms[form].type,
      options: Self.forms[form].options)
    return (grid, raster)
  }

  private func readBlocks(of path: String) throws -> Int {
    let dataset = try RasterDataset(reading: path)
    let band = try dataset.band(1)
    var count = 0
    for row in 0..<(dataset.rows + band.blockRows - 1) / band.blockRows {
      for column in 0..<(dataset.columns + band.blockColumns - 1) / band.blockColumns {
        _ = try dataset.readBlock(column: column, row: row, band: 1)
        count += 1
      }
    }
    return count
  }

  private func readWindow(of path: String) throws -> [Float] {
    let dataset = try RasterDataset(reading: path)
    let window = Window(column: 0, row: 0, columns: dataset.columns, rows: dataset.rows)
    var cells = [Float](repeating: 0, count: window.cellCount)
    try dataset.read(window, band: 1, into: &cells)
    return cells
  }

  @Test("sound blocks raise no alarm", arguments: forms.indices)
  func sound(form: Int) throws {
    try TemporaryFolder.with { folder in
      let (_, raster) = try write(form, to: folder)
      #expect(try readBlocks(of: folder.path("a.tif")) > 1)
      #expect(try readWindow(of: folder.path("a.tif")) == raster.cells)
    }
  }

  @Test(
    "one flipped byte in any block is found, however the cells are stored", arguments: forms.indices
  )
  func flipped(form: Int) throws {
    try TemporaryFolder.with { folder in
      _ = try write(form, to: folder)
      let bytes = try folder.contents(of: "a.tif")
      var random = SeededGenerator(seed: 7)
      for block in TIFFFile(bytes).blocks() {
        var damaged = bytes
        let place = Int.random(in: block.lowerBound + 2..<block.upperBound, using: &random)
        damaged[place] ^= UInt8.random(in: 1...255, using: &random)
        let path = try folder.write(damaged, to: "b.tif")
        let byBlock = #expect(throws: HabitatError.self) { try readBlocks(of: path) }
        #expect(byBlock?.slug == "unreadable-block")
        #expect(byBlock?.kind == .input)
        let byWindow = #expect(throws: HabitatError.self) { try readWindow(of: path) }
        #expect(byWindow?.slug == "unreadable-block")
      }
    }
  }

  @Test("2,000 bytes of noise in a tile are found")
  func noise() throws {
    try TemporaryFolder.with { folder in
      let grid = try RasterRoundTripTests.grid(columns: 256, rows: 256)
      var random = SeededGenerator(seed: 3)
      try Raster(grid) { _, _ in UInt8.random(in: 0...20, using: &random) }
        .write(to: folder.path("a.tif"), on: grid, options: Self.deflate + ["TILED=YES"])
      var bytes = try folder.contents(of: "a.tif")
      let block = TIFFFile(bytes).blocks()[0]
      for place in block.lowerBound + 9000..<block.lowerBound + 11_000 {
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      let path = try folder.write(bytes, to: "a.tif")
      #expect(throws: HabitatError.self) { try readBlocks(of: path) }
    }
  }

  @Test("tiles that are not there are no damage")
  func sparse() throws {
    try TemporaryFolder.with { folder in
      let grid = try RasterRoundTripTests.grid(columns: 100, rows: 150)
      let writer = try RasterWriter(
        creating: folder.path("a.tif"), grid: grid, typeName: "Byte", nodata: 0,
        options: Self.tiles + ["SPARSE_OK=TRUE"])
      try writer.write(
        [UInt8](repeating: 3, count: 64 * 64),
        to: Window(column: 0, row: 0, columns: 64, rows: 64))
      try writer.close()
      #expect(TIFFFile(try folder.contents(of: "a.tif")).blocks().count < 6)
      #expect(try readBlocks(of: folder.path("a.tif")) == 6)
    }
  }

  /// Both of Python's zlib, of `bytes(i % 5 for i in range(128))`: twice the rows that the file tells of. The second
  /// without repetitions (`Z_HUFFMAN_ONLY`); of the first libdeflate 1.14 makes the first five cells alone.
  @Test("a strip of more rows than the raster has is read where it is read right")
  func longStrip() throws {
    try TemporaryFolder.with { folder in
      let repeating: [UInt8] = [
        0x78, 0xDA, 0x63, 0x60, 0x64, 0x62, 0x66, 0x61, 0x18, 0x38, 0x02, 0x00, 0x3F, 0xFE, 0x00,
        0xFE,
      ]
      let period: [UInt8] = [
        0x5D, 0xB0, 0x0B, 0x76, 0xC1, 0x2E, 0xD8, 0x05, 0xBB, 0x60, 0x17, 0xEC, 0x82,
      ]
      var plain: [UInt8] = [
        0x78, 0x01, 0x05, 0xC1, 0x01, 0x01, 0x00, 0x00, 0x00, 0x82, 0xA0, 0xB4, 0xFE, 0x6F, 0x0E,
        0x82,
      ]
      plain += period + period + period + [0x5D, 0xF0, 0x3F, 0xFE, 0x00, 0xFE]
      let right = (0..<64).map { Float($0 % 5) }
      func cells(_ packed: [UInt8]) throws -> [Float] {
        let path = try folder.write(
          TIFFFile.strip(packed, rows: 8, compression: 8), to: "a.tif")
        _ = try readBlocks(of: path)
        return try readWindow(of: path)
      }
      let sound = try cells(plain)
      #expect(sound == right)
      // Right, or not at all: that is the library's to choose.
      let found = try? cells(repeating)
      #expect(found == nil || found == right)
      plain[plain.count - 1] ^= 1
      let damaged = plain
      #expect(throws: HabitatError.self) { try cells(damaged) }
      // GDAL does not notice: under a virtual raster it is found where sources are looked at.
      let source = """
        <VRTDataset rasterXSize="8" rasterYSize="8"><VRTRasterBand dataType="Byte" band="1">
        <SimpleSource><SourceFilename relativeToVRT="1">a.tif</SourceFilename>
        <SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>
        """
      let path = try folder.write(source, to: "a.vrt")
      func cells(checking scope: BlockChecks.Scope) throws -> [Float] {
        let dataset = try RasterDataset(reading: path, sharing: BlockChecks(of: scope))
        var cells = [Float](repeating: 0, count: 64)
        try dataset.read(Window(column: 0, row: 0, columns: 8, rows: 8), band: 1, into: &cells)
        return cells
      }
      #expect(try cells(checking: .files) == right)
      #expect(throws: HabitatError.self) { try cells(checking: .filesAndSources) }
    }
  }

  /// Frames of python-zstandard 0.23, `ZstdCompressor(write_checksum=…)`, of `bytes(i % 5 for i in range(64))`.
  @Test("a ZSTD frame's sum is looked at where the frame has one")
  func zstd() throws {
    try TemporaryFolder.with { folder in
      let head: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
      let body: [UInt8] = [
        0x40, 0x5D, 0, 0, 0x28, 0, 1, 2, 3, 4, 1, 0, 0x80, 0x54, 0xB4,
      ]
      let sum: [UInt8] = [0x09, 0x06, 0x55, 0x01]
      let right = (0..<64).map { Float($0 % 5) }
      func read(_ packed: [UInt8]) throws -> [Float] {
        let path = try folder.write(
          TIFFFile.strip(packed, rows: 8, compression: 50000), to: "a.tif")
        return try readWindow(of: path)
      }
      // Another code in the pattern, and nobody but the sum can tell.
      var damaged = body
      damaged[7] = 9
      let sums = [head + [0x24] + body + sum, head + [0x20] + body, head + [0x20] + damaged]
      let found = try sums.map { packed in try read(packed) == right }
      #expect(found == [true, true, false])
      let bad = head + [0x24] + damaged + sum
      #expect(throws: HabitatError.self) { try read(bad) }
    }
  }

  @Test(
    "methods without a sum of their own are read as before", arguments: ["LZW", "PACKBITS", "NONE"])
  func withoutSum(method: String) throws {
    try TemporaryFolder.with { folder in
      let grid = try RasterRoundTripTests.grid(columns: 100, rows: 150)
      let raster = Raster(grid) { column, row in UInt8(column / 10 + row / 10) }
      try raster.write(
        to: folder.path("a.tif"), on: grid, options: ["COMPRESS=\(method)", "TILED=YES"])
      #expect(try readWindow(of: folder.path("a.tif")) == raster.cells.map(Float.init))
    }
  }
}
