import Foundation
import RasterCore
import TestSupport
import Testing

@testable import GeoIO

@Suite("Files that end before their cells") struct DeclaredLengthTests {
  @Test("a netCDF file is read whole, or not at all", arguments: [0, 1, 60])
  func netCDF(missing: Int) throws {
    try TemporaryFolder.with { folder in
      // 12 × 10 bytes of a layer end the file, without any to fill up.
      let whole = NetCDFFile(
        west: 131, north: 44, step: 0.25, columns: 12, rows: 10,
        layers: [("lc", [UInt8](repeating: 4, count: 120))]
      ).bytes
      let path = try folder.write(whole.dropLast(missing), to: "lc.nc")
      let header = try #require(ClassicNetCDFHeader(of: path))
      #expect(header.bytes == whole.count)
      try Self.opens(path, missing == 0)
    }
  }

  /// Two variables in three records: t of eight bytes, v of five, filled up to eight. The last five bytes of v end
  /// 16 · 2 + 8 + 5 = 45 bytes after t begins; alone, v takes five bytes a record: 15.
  @Test("records lie one after another", arguments: [(true, 45), (false, 15)])
  func records(hasTimes: Bool, length: Int) throws {
    func number(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 255) } }
    func name(_ letter: String) -> [UInt8] { number(1) + Array(letter.utf8) + [0, 0, 0] }
    var head = Array("CDF".utf8) + [1] + number(3)
    head += number(10) + number(2) + name("t") + number(0) + name("x") + number(5)
    head += number(0) + number(0) + number(11) + number(hasTimes ? 2 : 1)
    if hasTimes {
      head += name("t") + number(1) + number(0) + number(0) + number(0)
      head += number(6) + number(8) + number(1000)
    }
    head += name("v") + number(2) + number(0) + number(1) + number(0) + number(0)
    head += number(1) + number(8) + number(hasTimes ? 1008 : 1000)
    try TemporaryFolder.with { folder in
      let path = try folder.write(Data(head), to: "r.nc")
      #expect(ClassicNetCDFHeader(of: path)?.bytes == 1000 + length)
      // A header that is cut, or another file.
      for text in [Data(head.dropLast(1)), Data("CDF".utf8), Data(), Data("\u{89}HDF".utf8)] {
        #expect(ClassicNetCDFHeader(of: try folder.write(text, to: "x.nc")) == nil)
      }
    }
  }

  /// A CDF-2 variable that begins at the last place of 64 bits; CDF-5 records and values without end.
  @Test("headers whose sums overflow declare no length")
  func endless() throws {
    func number(_ value: UInt64, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(value >> UInt64(8 * (size - 1 - $0)) & 255) }
    }
    func header(_ version: UInt8, records: UInt64, length: UInt64, begin: UInt64) -> Data {
      let size = version == 5 ? 8 : 4
      var head = Array("CDF".utf8) + [version] + number(records, size)
      for (tag, count) in [(10, 2), (0, 0), (11, 1)] as [(UInt64, UInt64)] {
        head += number(tag, 4) + number(count, size)
        guard tag == 10 else { continue }
        for (letter, length) in [("t", 0), ("x", length)] as [(String, UInt64)] {
          head += number(1, size) + Array(letter.utf8) + [0, 0, 0] + number(length, size)
        }
      }
      head += number(1, size) + Array("v".utf8) + [0, 0, 0] + number(2, size)
      head += number(0, size) + number(1, size) + number(0, 4) + number(0, size)
      return Data(head + number(6, 4) + number(8, size) + number(begin, 8))
    }
    try TemporaryFolder.with { folder in
      // Three records of four doubles from 500 on.
      let sound = try folder.write(header(5, records: 3, length: 4, begin: 500), to: "h.nc")
      #expect(ClassicNetCDFHeader(of: sound)?.bytes == 596)
      let most = UInt64(Int.max)
      for damaged in [
        header(2, records: 3, length: 4, begin: most),
        header(5, records: most, length: 4, begin: 500),
        header(5, records: 1 << 39, length: 1 << 39, begin: 500),
        header(5, records: 3, length: most, begin: 500),
      ] {
        let path = try folder.write(damaged, to: "h.nc")
        #expect(ClassicNetCDFHeader(of: path)?.bytes == nil)
      }
    }
  }

  @Test("an ENVI raster is read whole, or not at all", arguments: [0, 1, 600])
  func envi(missing: Int) throws {
    try TemporaryFolder.with { folder in
      let grid = try RasterRoundTripTests.grid(columns: 40, rows: 30)
      let writer = try RasterWriter(
        creating: folder.path("lc.img"), grid: grid, typeName: "Byte", nodata: 0, driver: "ENVI",
        options: [])
      try writer.write([UInt8](repeating: 4, count: 1200), to: grid.window)
      try writer.close()
      let whole = try folder.contents(of: "lc.img")
      #expect(whole.count == 1200)
      let path = try folder.write(whole.dropLast(missing), to: "lc.img")
      try Self.opens(path, missing == 0)
      // A virtual raster is what its sources are.
      let mosaic = try folder.write(
        """
        <VRTDataset rasterXSize="40" rasterYSize="30"><VRTRasterBand dataType="Byte" band="1">
        <SimpleSource><SourceFilename relativeToVRT="1">lc.img</SourceFilename></SimpleSource>
        </VRTRasterBand></VRTDataset>
        """, to: "a.vrt")
      let misfits = try RasterDataset(reading: mosaic).sources(ofBand: 1).misfits
      #expect(misfits.isEmpty == (missing == 0))
    }
  }

  private static func opens(_ path: String, _ isWhole: Bool) throws {
    if isWhole {
      _ = try RasterDataset(reading: path)
    } else {
      let error = #expect(throws: HabitatError.self) { _ = try RasterDataset(reading: path) }
      #expect(error?.slug == "unreadable-block" && error?.what.contains("cut short") == true)
    }
  }
}
