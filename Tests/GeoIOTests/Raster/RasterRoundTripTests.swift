import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite("Rasters written and read back")
struct RasterRoundTripTests {
  static func grid(columns: Int = 37, rows: Int = 23) throws -> Grid {
    try .northUp(
      "EPSG:32652", west: 500_000, north: 4_800_000, step: 30, rowStep: 20, columns: columns,
      rows: rows)
  }

  /// 37 × 23 cells in blocks of 16 × 16, so the last ones are partial.
  private func roundTrip<Cell: RasterCell & Equatable>(_ cell: (UInt64) -> Cell) throws {
    try TemporaryFolder.with { folder in
      let grid = try Self.grid()
      var random = SeededGenerator(seed: 1)
      let raster = Raster(grid) { _, _ in cell(random.next()) }
      try raster.write(
        to: folder.path("a.tif"), on: grid,
        options: ["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=LZW"])
      let dataset = try RasterDataset(reading: folder.path("a.tif"))
      for window in [
        grid.window, Window(column: 15, row: 14, columns: 3, rows: 4),
        Window(column: 36, row: 22, columns: 1, rows: 1),
      ] {
        var cells = [Cell](repeating: .zero, count: window.cellCount + 1)
        try dataset.read(window, band: 1, into: &cells)
        #expect(Array(cells.dropLast()) == raster.cut(window).cells)
        #expect(cells.last == .zero)
      }
      #expect(try dataset.band(1).typeName == Cell.typeName)
    }
  }

  @Test("a raster whose cells find no room when it is closed is not written")
  func fullAtTheEnd() throws {
    try TemporaryFolder.with { folder in
      // What GDAL has in its memory finds that the disk is full when it gets there.
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("full.tif"), withDestinationPath: "/dev/full")
      let error = #expect(throws: HabitatError.self) {
        let grid = try Self.grid()
        let writer = try RasterWriter(
          creating: folder.path("full.tif"), grid: grid, typeName: "Byte", nodata: 0,
          options: ["TILED=YES"])
        try writer.close()
      }
      #expect(error?.slug == "write-failed" && error?.kind == .cannotWrite)
      #expect(error?.what.hasPrefix("the file cannot be written") == true)
    }
  }

  @Test("bytes are the same") func bytes() throws { try roundTrip { UInt8($0 & 255) } }
  @Test("short numbers are the same") func shorts() throws {
    try roundTrip { Int16(truncatingIfNeeded: $0) }
  }
  @Test("whole numbers are the same") func wholes() throws {
    try roundTrip { Int32(truncatingIfNeeded: $0) }
  }
  @Test("floats are the same to the last bit") func floats() throws {
    try roundTrip { Float($0) / 3 }
  }
  @Test("doubles are the same to the last bit") func doubles() throws {
    try roundTrip { Double($0) / 3 }
  }

  /// Blocks of 16 × 16: strips that are whole blocks, and strips that are not.
  @Test(
    "a raster written in strips is the same, whether or not they are whole blocks",
    arguments: [[0, 16, 32, 39], [0, 10, 11, 39]])
  func strips(edges: [Int]) throws {
    try TemporaryFolder.with { folder in
      let grid = try Self.grid(columns: 37, rows: 39)
      var random = SeededGenerator(seed: 2)
      let raster = Raster(grid) { _, _ in Float.random(in: 0...1, using: &random) }
      let writer = try RasterWriter(
        creating: folder.path("a.tif"), grid: grid, typeName: "Float32", nodata: -1,
        options: ["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=DEFLATE"])
      for (first, end) in zip(edges, edges.dropFirst()) {
        let window = Window(column: 0, row: first, columns: 37, rows: end - first)
        try writer.write(raster.cut(window).cells, to: window)
      }
      try writer.close()
      let dataset = try RasterDataset(reading: folder.path("a.tif"))
      var cells = [Float](repeating: 0, count: grid.cellCount)
      try dataset.read(grid.window, band: 1, into: &cells)
      #expect(cells == raster.cells)
    }
  }

  @Test("grid, nodata and size are what was written")
  func description() throws {
    try TemporaryFolder.with { folder in
      let grid = try Self.grid()
      try Raster(columns: 37, rows: 23, filledWith: Int16(5))
        .write(to: folder.path("a.tif"), on: grid, nodata: -32768)
      let dataset = try RasterDataset(reading: folder.path("a.tif"))
      #expect(dataset.geotransform == grid.geotransform)
      #expect(dataset.crs?.isSame(as: grid.crs) == true)
      #expect(dataset.columns == 37 && dataset.rows == 23 && dataset.bandCount == 1)
      #expect(dataset.driver == "GTiff")
      #expect(try dataset.band(1).nodata == -32768)
      #expect(try dataset.band(1).hasMask == false)
    }
  }

  @Test("without nodata, without a CRS there is none")
  func silence() throws {
    try TemporaryFolder.with { folder in
      let grid = Grid(
        crs: .none, geotransform: try Self.grid().geotransform, columns: 1, rows: 1)
      try Raster(columns: 1, rows: 1, filledWith: UInt8(5)).write(
        to: folder.path("a.tif"), on: grid)
      let dataset = try RasterDataset(reading: folder.path("a.tif"))
      #expect(dataset.crs == nil)
      #expect(try dataset.band(1).nodata == nil)
    }
  }

  /// Writes a raster with all that a class raster carries.
  static func writeClasses(to path: String) throws {
    let grid = try Self.grid(columns: 1100, rows: 3)
    let writer = try RasterWriter(
      creating: path, grid: grid, typeName: "Byte", nodata: 0,
      options: ["TILED=YES", "COMPRESS=LZW"])
    writer.setColours([1: 0xFF0000, 2: 0x00FF00])
    writer.setCategoryNames(["No data", "First <&>", "Второй"])
    writer.setDescription("classes")
    writer.setMetadata("TIFFTAG_SOFTWARE", "test")
    try writer.addEmptyOverviews(1, tile: 256)
    try writer.write(Raster(grid) { column, _ in UInt8(column % 3) }.cells, to: grid.window)
    let half = Window(column: 0, row: 0, columns: 550, rows: 2)
    try writer.write([UInt8](repeating: 1, count: half.cellCount), to: half, overview: 0)
    try writer.close()
  }

  @Test("category names stand beside the raster, in the order of their codes")
  func categoryNames() throws {
    try TemporaryFolder.with { folder in
      try Self.writeClasses(to: folder.path("a.tif"))
      let text = String(decoding: try folder.contents(of: "a.tif.aux.xml"), as: UTF8.self)
      let places = try ["No data", "First &lt;&amp;&gt;", "Второй"].map {
        try #require(text.range(of: "<Category>\($0)</Category>")).lowerBound
      }
      #expect(places == places.sorted())
      #expect(try RasterDataset(reading: folder.path("a.tif")).band(1).hasColourTable)
    }
  }

  @Test("the same raster is the same bytes")
  func sameBytes() throws {
    try TemporaryFolder.with { folder in
      for name in ["one", "two"] {
        try folder.makeFolder(name)
        try Self.writeClasses(to: folder.path(name + "/a.tif"))
      }
      #expect(try folder.files(in: "one") == folder.files(in: "two"))
      #expect(try folder.files(in: "one").count == 2)
    }
  }

  @Test("a folder that is not there cannot be written to")
  func cannotWrite() throws {
    try TemporaryFolder.with { folder in
      let error = #expect(throws: HabitatError.self) {
        try Self.writeClasses(to: folder.path("none/a.tif"))
      }
      #expect(error?.kind == .cannotWrite)
      #expect(error?.slug == "write-failed")
    }
  }
}
