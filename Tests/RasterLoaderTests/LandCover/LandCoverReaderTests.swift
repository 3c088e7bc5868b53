import Foundation
import GeoIO
import RasterCore
import RasterLoader
import TestSupport
import Testing

@Suite("Land cover laid over one another")
struct LandCoverReaderTests {
  /// Codes 1…10 are the categories, 0 is nodata, 99 broadleaf by default; all else is unknown.
  static let table = CodeTable { code in
    switch code {
    case 0: .nodata
    case 99: LandState(.forestBroadleaf, flags: LandState.byDefault)
    case 1...10: LandState(LandCategory(rawValue: UInt8(code))!)
    case 301: LandState(.rice)
    case -3: LandState(.shrub)
    default: .unknown
    }
  }

  static func grid(columns: Int = 4, rows: Int = 1, west: Double = 5e5) throws -> Grid {
    try .northUp("EPSG:32652", west: west, north: 5e6, step: 10, columns: columns, rows: rows)
  }

  static func read(
    _ source: LandCoverSource, _ window: Window? = nil
  ) throws -> (states: [UInt8], notes: [UInt8]) {
    var reader = LandCoverReader(source, table)
    var block = LandCoverBlock()
    let window = window ?? source.grid.window
    try reader.read(window, into: &block)
    return (Array(block.states.prefix(window.cellCount)), block.notes)
  }

  static let (gap, unknown) = (LandState.gap.rawValue, LandState.unknown.rawValue)

  @Test("later tiles lie on top, nodata hides nothing, and where they disagree is noted")
  func overlap() throws {
    try TemporaryFolder.with { folder in
      let below = try Raster(columns: 4, rows: 1, cells: [1, 2, 3, 0] as [UInt8])
        .tile("a.tif", in: folder, on: Self.grid())
      // From the second column of the first on.
      let above = try Raster(columns: 4, rows: 1, cells: [5, 0, 4, 0] as [UInt8])
        .tile("b.tif", in: folder, on: Self.grid(west: 5e5 + 10))
      let block = try Self.read(LandCoverSource([below, above]))
      #expect(block.states == [1, 5, 3, 4, 0])
      #expect(block.notes == [0, LandCoverBlock.Note.disagreement, 0, 0, 0])
      let reversed = try Self.read(LandCoverSource([above, below]))
      #expect(reversed.states == [1, 2, 3, 4, 0])
    }
  }

  @Test(
    "of a much finer tile each cell takes what lies under its centre, read in parts",
    arguments: [7, 700])
  func fine(ratio: Int) throws {
    try TemporaryFolder.with { folder in
      let (columns, rows) = (1400 / ratio * ratio, 700)
      func code(_ column: Int, _ row: Int) -> UInt8 { UInt8((column * 7 + row * 13) % 10 + 1) }
      let fine = try Self.grid(columns: columns, rows: rows)
      let tile = try Raster(fine, code).tile("a.tif", in: folder, on: fine)
      #expect(columns * rows > LandCoverReader.cellsAtOnce)
      // Off by a third of a fine cell, so that no centre lies on an edge.
      let size = Double(10 * ratio)
      let grid = try Grid.northUp(
        "EPSG:32652", west: 5e5 + 3, north: 5e6 - 3, step: size, columns: columns / ratio,
        rows: rows / ratio)
      let states = try Self.read(LandCoverSource([tile], on: grid)).states
      for row in 0..<grid.rows {
        for column in 0..<grid.columns {
          let x = Int((3 + (Double(column) + 0.5) * size) / 10)
          let y = Int((3 + (Double(row) + 0.5) * size) / 10)
          #expect(states[row * grid.columns + column] == code(x, y))
        }
      }
    }
  }

  @Test("where no tile lies is a gap, not nodata")
  func gap() throws {
    try TemporaryFolder.with { folder in
      let tiles = try [0.0, 60].map { offset in
        try Raster(columns: 4, rows: 1, cells: [1, 2, 3, 0] as [UInt8])
          .tile("\(offset).tif", in: folder, on: Self.grid(west: 5e5 + offset))
      }
      let block = try Self.read(LandCoverSource(tiles))
      #expect(block.states == [1, 2, 3, 0, Self.gap, Self.gap, 1, 2, 3, 0])
      #expect(block.notes.isEmpty)
    }
  }

  @Test("the file's nodata wins over the legend; a user's none lifts it")
  func nodata() throws {
    try TemporaryFolder.with { folder in
      let tile = try Raster(columns: 4, rows: 1, cells: [1, 3, 0, 77] as [UInt8])
        .tile("a.tif", in: folder, on: Self.grid(), nodata: 3)
      #expect(try Self.read(LandCoverSource([tile])).states == [1, 0, 0, Self.unknown])
      let lifted = try RasterTile.inspect(tile.path, .init(nodata: .none))
      #expect(try Self.read(LandCoverSource([lifted])).states == [1, 3, 0, Self.unknown])
    }
  }

  @Test("a nodata that the cell type cannot hold meets no cell", arguments: [-128.0, 300, 1.5])
  func impossibleNodata(nodata: Double) throws {
    try TemporaryFolder.with { folder in
      try Raster(columns: 4, rows: 1, cells: [1, 2, 3, 0] as [UInt8]).write(
        to: folder.path("a.tif"), on: Self.grid())
      let tile = try RasterTile.inspect(folder.path("a.tif"), .init(nodata: .value(nodata)))
      #expect(try Self.read(LandCoverSource([tile])).states == [1, 2, 3, 0])
    }
  }

  @Test("codes of sixteen bits, and codes below zero, are looked up whole")
  func wideCodes() throws {
    try TemporaryFolder.with { folder in
      let short = try Raster(columns: 4, rows: 1, cells: [301, 1, -3, 45] as [Int16])
        .tile("a.tif", in: folder, on: Self.grid())
      #expect(try Self.read(LandCoverSource([short])).states == [9, 1, 4, Self.unknown])
      let unsigned = try Raster(columns: 4, rows: 1, cells: [301, 1, 65535, 0] as [Int32])
        .tile("b.tif", in: folder, on: Self.grid(), typeName: "UInt16", nodata: 65535)
      #expect(try Self.read(LandCoverSource([unsigned])).states == [9, 1, 0, 0])
    }
  }

  @Test("a signed byte of −3 is −3, not 253")
  func signedByte() throws {
    try TemporaryFolder.with { folder in
      let tile = try Raster(columns: 4, rows: 1, cells: [253, 1, 0, 128] as [UInt8])
        .tile("a.tif", in: folder, on: Self.grid(), options: ["PIXELTYPE=SIGNEDBYTE"])
      #expect(try Self.read(LandCoverSource([tile])).states == [4, 1, 0, Self.unknown])
    }
  }

  @Test("whole numbers in a raster of floats are codes, NaN is nodata")
  func floats() throws {
    try TemporaryFolder.with { folder in
      let tile = try Raster(columns: 4, rows: 1, cells: [301, 2, .nan, -9999] as [Float])
        .tile("a.tif", in: folder, on: Self.grid(), nodata: -9999)
      #expect(try Self.read(LandCoverSource([tile])).states == [9, 2, 0, 0])
      let broken = try Raster(columns: 4, rows: 1, cells: [1, 2.5, 3, 4] as [Float])
        .tile("b.tif", in: folder, on: Self.grid())
      let error = #expect(throws: HabitatError.self) { try Self.read(LandCoverSource([broken])) }
      #expect(error?.slug == "code-not-whole")
      #expect(error?.what.contains("2.5") == true)
      #expect(error?.location == "landcover: \(broken.path)")
      // The same file as another layer is that layer's.
      let rice = try RasterTile(
        inspecting: broken.path, layer: "rice", .init(), unknownDatum: broken.grid.crs)
      let other = #expect(throws: HabitatError.self) { try Self.read(LandCoverSource([rice])) }
      #expect(other?.location == "rice: \(broken.path)")
    }
  }

  @Test("what a mask leaves out has no value and hides nothing")
  func mask() throws {
    try TemporaryFolder.with { folder in
      let grid = try Self.grid()
      let below = try Raster(columns: 4, rows: 1, filledWith: UInt8(7))
        .tile("a.tif", in: folder, on: grid)
      try Raster(columns: 4, rows: 1, cells: [1, 2, 3, 4] as [UInt8]).write(
        to: folder.path("codes.tif"), on: grid)
      try Raster(columns: 4, rows: 1, cells: [255, 0, 0, 255] as [UInt8]).write(
        to: folder.path("mask.tif"), on: grid)
      func source(_ name: String) -> String {
        "<SimpleSource><SourceFilename relativeToVRT=\"1\">\(name)</SourceFilename>"
          + "<SourceBand>1</SourceBand></SimpleSource>"
      }
      try folder.write(
        """
        <VRTDataset rasterXSize="4" rasterYSize="1"><SRS>EPSG:32652</SRS>
        <GeoTransform>500000, 10, 0, 5000000, 0, -10</GeoTransform>
        <VRTRasterBand dataType="Byte" band="1">\(source("codes.tif"))</VRTRasterBand>
        <MaskBand><VRTRasterBand dataType="Byte">\(source("mask.tif"))</VRTRasterBand></MaskBand>
        </VRTDataset>
        """, to: "b.vrt")
      let masked = try RasterTile.inspect(folder.path("b.vrt"))
      #expect(try Self.read(LandCoverSource([masked])).states == [1, 0, 0, 4])
      #expect(try Self.read(LandCoverSource([below, masked])).states == [1, 7, 7, 4])
    }
  }

  @Test("codes that the legend lacks are listed as they stand on top")
  func unknownCodes() throws {
    try TemporaryFolder.with { folder in
      let below = try Raster(columns: 4, rows: 1, cells: [77, 78, 1, 79] as [Int16])
        .tile("a.tif", in: folder, on: Self.grid())
      let above = try Raster(columns: 4, rows: 1, cells: [0, 2, 301, 400] as [Int16])
        .tile("b.tif", in: folder, on: Self.grid())
      var reader = LandCoverReader(try LandCoverSource([below, above]), Self.table)
      var found: [[Int]] = []
      try reader.forEachCode(of: .unknown, in: below.grid.window) { found.append([$0, $1]) }
      #expect(found == [[0, 77], [3, 400]])
    }
  }

  /// A raster of 61 × 47 codes cut into tiles of odd sizes that overlap by a cell.
  @Test("tiles cut from a raster are the raster again, whatever the window asked")
  func cutUp() throws {
    try TemporaryFolder.with { folder in
      let grid = try Self.grid(columns: 61, rows: 47)
      var random = SeededGenerator(seed: 3)
      let whole = Raster(grid) { _, _ in UInt8.random(in: 0...10, using: &random) }
      var tiles: [RasterTile] = []
      for (number, row) in [0, 13, 30].enumerated() {
        for (part, column) in [0, 7, 40].enumerated() {
          let window = Window(column: column, row: row, columns: 34, rows: 18)
            .intersection(grid.window)!
          tiles.append(
            try whole.cut(window).tile("\(number)\(part).tif", in: folder, on: grid.cut(window)))
        }
      }
      let source = try LandCoverSource(tiles)
      #expect(source.grid == grid)
      let read = try Self.read(source)
      #expect(read.states == whole.cells)
      #expect(read.notes.isEmpty)
      let window = Window(column: 5, row: 11, columns: 37, rows: 21)
      #expect(try Self.read(source, window).states == whole.cut(window).cells)
    }
  }

  /// Every cell of the finer grid takes the value of the coarse cell that holds its centre, placed one
  /// by one by PROJ.
  @Test("tiles of other systems are sampled nearest on the finest grid and noted")
  func severalSystems() throws {
    try TemporaryFolder.with { folder in
      let fine = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 100, columns: 40, rows: 30)
      let coarse = try Grid.northUp(
        "EPSG:4326", west: 130.70, north: 43.37, step: 0.003, columns: 41, rows: 33)
      var random = SeededGenerator(seed: 4)
      let fineCells = Raster(fine) { _, _ in UInt8.random(in: 0...10, using: &random) }
      let coarseCells = Raster(coarse) { _, _ in UInt8.random(in: 0...10, using: &random) }
      let source = try LandCoverSource([
        fineCells.tile("a.tif", in: folder, on: fine),
        coarseCells.tile("b.tif", in: folder, on: coarse),
      ])
      #expect(source.sampledTiles.map(\.path.baseName) == ["b.tif"])
      let box = source.grid
      let transform = try CoordinateTransform(from: box.crs, to: coarse.crs)
      let read = try Self.read(source)
      var (wrong, sampled) = (0, 0)
      for row in 0..<box.rows {
        for column in 0..<box.columns {
          let point = box.geotransform.point(column: Double(column) + 0.5, row: Double(row) + 0.5)
          var expected = Self.gap
          let inFine = fine.geotransform.index(of: point)
          if inFine.x > 0, inFine.y > 0, inFine.x < 40, inFine.y < 30 {
            expected = fineCells[Int(inFine.x), Int(inFine.y)]
          }
          let index = coarse.geotransform.index(of: transform.transform(point))
          // Within the tolerance of a position either neighbour is right.
          let offLine = min(abs(index.x - index.x.rounded()), abs(index.y - index.y.rounded()))
          if offLine < 1e-4 { continue }
          if index.x > 0, index.y > 0, index.x < 41, index.y < 33 {
            let above = coarseCells[Int(index.x), Int(index.y)]
            if above != 0 { expected = above }
            if above == 0, expected == Self.gap { expected = 0 }
            sampled += 1
          }
          if read.states[row * box.columns + column] != expected { wrong += 1 }
        }
      }
      #expect(wrong == 0)
      #expect(sampled > 1000)
      #expect(read.notes.contains { $0 & LandCoverBlock.Note.sampled != 0 })
    }
  }

  @Test("tiles a continent apart make no grid of fine cells")
  func scattered() throws {
    try TemporaryFolder.with { folder in
      let near = try Raster(columns: 1, rows: 1, filledWith: UInt8(1)).tile(
        "a.tif", in: folder,
        on: .northUp("EPSG:32652", west: 5e5, north: 5e6, step: 0.002, columns: 1, rows: 1))
      let far = try Raster(columns: 1, rows: 1, filledWith: UInt8(1)).tile(
        "b.tif", in: folder,
        on: .northUp("EPSG:32652", west: 3e5, north: 1e6, step: 0.002, columns: 1, rows: 1))
      let error = #expect(throws: HabitatError.self) { try LandCoverSource([near, far]) }
      #expect(error?.slug == "landcover-scattered")
    }
  }
}
