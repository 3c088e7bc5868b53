import Foundation
import RasterCore
import TestSupport
import Testing

@testable import GeoIO

@Suite("Where things stand in a file") struct StoredRangesTests {
  private static let grid = try! Grid.northUp(
    "EPSG:32652", west: 500_000, north: 4_800_000, step: 10, columns: 300, rows: 200)

  private static func with(
    _ options: [String], _ body: (String, Data) throws -> Void
  ) throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("a.tif")
      try Raster<UInt8>(grid) { column, row in UInt8(truncatingIfNeeded: column ^ row) }
        .write(to: path, on: grid, options: options)
      try body(path, try folder.contents(of: "a.tif"))
    }
  }

  private static let forms = [
    ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"],
    ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "BIGTIFF=YES", "COMPRESS=DEFLATE"],
    ["BLOCKYSIZE=7", "ENDIANNESS=BIG"],
  ]

  /// Blocks read by hand from the directory stand against what GDAL says of them.
  @Test("the blocks of a window are where the directory says", arguments: forms)
  func blocks(options: [String]) throws {
    try Self.with(options) { path, bytes in
      let dataset = try RasterDataset(reading: path)
      let blocks = TIFFFile(bytes).blocks()
      let all = dataset.storedRanges(of: Self.grid.window, band: 1)
      #expect(all.map { RangeSet($0) } == RangeSet(blocks))
      let corner = dataset.storedRanges(
        of: Window(column: 299, row: 199, columns: 5, rows: 5), band: 1)
      #expect(corner == [try #require(blocks.last)])
      let elsewhere = Window(column: 300, row: 0, columns: 1, rows: 1)
      #expect(dataset.storedRanges(of: elsewhere, band: 1) == [])
    }
  }

  @Test(
    "directories and blocks are all of a file, and no block is in a directory", arguments: forms)
  func everything(options: [String]) throws {
    try Self.with(options) { path, bytes in
      let dataset = try RasterDataset(reading: path)
      let found = dataset.describingRanges
      let described = RangeSet(try #require(found))
      let blocks = RangeSet(TIFFFile(bytes).blocks())
      #expect(described.intersection(blocks).isEmpty)
      // What is left are bytes that make places even.
      let rest = RangeSet(0..<bytes.count).subtracting(described).subtracting(blocks)
      #expect(rest.ranges.allSatisfy { $0.count <= 16 }, "\(rest)")
    }
  }

  @Test("a directory that leads nowhere, or in a circle, is none")
  func damaged() throws {
    try TemporaryFolder.with { folder in
      let head: [UInt8] = [0x49, 0x49, 42, 0]
      // To byte 8, where a directory without entries leads back to itself; to byte 900; no TIFF.
      let files: [[UInt8]] = [
        head + [8, 0, 0, 0] + [0, 0, 8, 0, 0, 0, 0, 0],
        head + [132, 3, 0, 0] + [UInt8](repeating: 0, count: 20),
        [UInt8](repeating: 0x49, count: 30), head,
      ]
      for (number, bytes) in files.enumerated() {
        let path = try folder.write(Data(bytes), to: "\(number).tif")
        guard let file = InputBytes(of: path) else {
          Issue.record("file \(number) is not there")
          continue
        }
        let isNone = TIFFDirectories(of: file) == nil
        #expect(isNone, "file \(number)")
      }
    }
  }
}
