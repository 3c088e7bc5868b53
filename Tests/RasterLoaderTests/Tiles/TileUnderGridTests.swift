import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import RasterLoader

@Suite("The part of a tile below a grid") struct TileUnderGridTests {
  /// The tile of 100 × 100 cells of a hundredth of a degree whose north-west corner is given.
  private static func tile(
    west: Double, north: Double, _ folder: TemporaryFolder
  ) throws -> RasterTile {
    let grid = try Grid.northUp(
      "EPSG:4326", west: west, north: north, step: 0.01, columns: 100, rows: 100)
    return try Raster<UInt8>(grid) { _, _ in 1 }.tile("\(west).tif", in: folder, on: grid)
  }

  @Test("on one lattice it is the grid's own cells and three around them")
  func sameLattice() throws {
    try TemporaryFolder.with { folder in
      let tile = try Self.tile(west: 10, north: 50, folder)
      let grid = tile.grid.cut(Window(column: 40, row: 2, columns: 20, rows: 10))
      let window = try #require(try tile.window(under: grid))
      // A position is right to a billionth of a cell, and is rounded away from the middle.
      #expect((36...37).contains(window.column) && window.row == 0)
      #expect((63...64).contains(window.columnRange.upperBound))
      #expect((15...16).contains(window.rowRange.upperBound))
      #expect(try tile.window(under: tile.grid) == tile.grid.window)
      let elsewhere = try Grid.northUp(
        "EPSG:4326", west: 12, north: 50, step: 0.01, columns: 9, rows: 9)
      #expect(try tile.window(under: elsewhere) == nil)
    }
  }

  @Test("across the antimeridian the tiles of both sides are met")
  func antimeridian() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: 179.9, north: 50, step: 0.01, columns: 20, rows: 10)
      let east = try Self.tile(west: 179, north: 50, folder)
      let west = try Self.tile(west: -180, north: 50, folder)
      #expect(try #require(try east.window(under: grid)).columnRange.upperBound == 100)
      #expect(try #require(try east.window(under: grid)).column <= 87)
      #expect(try #require(try west.window(under: grid)).column == 0)
      #expect(try #require(try west.window(under: grid)).columnRange.upperBound >= 13)
    }
  }

  @Test("in another CRS every cell of the grid lies on it", arguments: UInt64(0)..<5)
  func otherCRS(seed: UInt64) throws {
    try TemporaryFolder.with { folder in
      let tile = try Self.tile(west: 130, north: 44, folder)
      let grid = try Grid.northUp(
        "EPSG:32652", west: 600_000 + 5000 * Double(seed), north: 4_850_000, step: 500, columns: 40,
        rows: 60)
      let window = try #require(try tile.window(under: grid))
      #expect(window.columns < 100 && window.rows < 100)
      let mapping = try PointMapping(from: grid, to: tile.grid)
      var points = (0...60).flatMap { row in
        (0...40).map { Point(x: Double($0), y: Double(row)) }
      }
      mapping.map(&points)
      for point in points where (0..<100).contains(point.x) && (0..<100).contains(point.y) {
        #expect(window.columnRange.contains(Int(point.x)) && window.rowRange.contains(Int(point.y)))
      }
    }
  }
}
