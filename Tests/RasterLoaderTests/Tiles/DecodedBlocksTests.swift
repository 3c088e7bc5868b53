import Foundation
import GeoIO
import RasterCore
import Synchronization
import TestSupport
import Testing

@testable import RasterLoader

@Suite("Decoded blocks that threads share") struct DecodedBlocksTests {
  static func raster(_ grid: Grid) -> Raster<Int16> {
    Raster(grid) { column, row in Int16(column * 100 + row) }
  }

  @Test(
    "cells read through blocks are those of the raster, whatever the blocks and the memory",
    arguments: [
      ["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=DEFLATE"], ["BLOCKYSIZE=1"],
      ["BLOCKYSIZE=7", "COMPRESS=LZW"],
    ], [0, 1_000, 1 << 20])
  func cells(options: [String], limit: Int) throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 0, north: 5e6, step: 30, columns: 53, rows: 41)
      let raster = Self.raster(grid)
      try raster.write(to: folder.path("a.tif"), on: grid, options: options)
      let tile = try RasterTile(
        inspecting: folder.path("a.tif"), layer: "dem", RasterTile.Corrections(),
        unknownDatum: grid.crs)
      var tiles = OpenTiles(sharing: DecodedBlocks(limit: limit))
      for window in [
        grid.window, Window(column: 15, row: 16, columns: 2, rows: 25),
        Window(column: 52, row: 40, columns: 1, rows: 1),
      ] {
        var cells = [Float](repeating: -1, count: window.cellCount)
        try tiles.read(window, of: tile, into: &cells)
        #expect(cells == raster.cut(window).cells.map(Float.init))
      }
    }
  }

  @Test("a block that many threads ask for is decoded once")
  func once() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp("EPSG:32652", west: 0, north: 5e6, step: 30, columns: 8, rows: 8)
      try Self.raster(grid).write(to: folder.path("a.tif"), on: grid)
      let path = folder.path("a.tif")
      let blocks = DecodedBlocks()
      let decoded = Mutex(0)
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        let key = DecodedBlocks.Key(path: path, band: 1, column: 0, row: 0)
        let block = try? blocks.block(key) { () throws(HabitatError) in
          decoded.withLock { $0 += 1 }
          Thread.sleep(forTimeInterval: 0.02)
          return try RasterDataset(reading: path).readBlock(column: 0, row: 0, band: 1)
        }
        #expect(block != nil)
      }
      #expect(decoded.withLock { $0 } == 1)
    }
  }

  @Test("a block that cannot be decoded fails for each that asks, and can be tried again")
  func failures() throws {
    let blocks = DecodedBlocks()
    let key = DecodedBlocks.Key(path: "none", band: 1, column: 0, row: 0)
    for _ in 0..<2 {
      let error = #expect(throws: HabitatError.self) {
        try blocks.block(key) { () throws(HabitatError) in
          throw HabitatError(.input, "unreadable-block", "", at: "", fix: "")
        }
      }
      #expect(error?.slug == "unreadable-block")
    }
  }
}
