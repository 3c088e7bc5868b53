import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Water in the blocks of maps") struct WaterBlocksTests {
  /// Patches of water and noise, so that some tiles have none, some blocks are all water.
  private static func categories(on grid: Grid, _ random: inout SeededGenerator) -> Raster<UInt8> {
    let patches = (0..<97).map { _ in UInt8.random(in: 0...10, using: &random) }
    let shore = Int.random(in: 0..<grid.columns, using: &random)
    return Raster(grid) { column, row in
      if column > shore + row / 3 { return LandCategory.water.rawValue }
      return column < shore / 2 ? 3 : patches[(column / 5 + 11 * (row / 4)) % 97]
    }
  }

  @Test(
    "each block of a map has the per cent that a slow count gives, whatever the order of bands",
    arguments: UInt64(0)..<8)
  func againstSlowCount(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let grid = try Grid.northUp(
      "EPSG:32652", west: 600_000, north: 4_800_000, step: 30,
      columns: .random(in: 900...2100, using: &random), rows: .random(in: 500...700, using: &random)
    )
    let categories = Self.categories(on: grid, &random)
    // Blocks of one cell, of few, of more than a byte counts, and of one that is cut at all rims.
    let plans = try [1, 3, 17, 300].map { block in
      let column = Int.random(in: 0..<grid.columns / block, using: &random) * block
      let columns = min(grid.columns - column, 40 * block)
      return try #require(
        BlockPlan(
          Window(column: column, row: 0, columns: columns, rows: min(grid.rows, 60 * block)),
          block: block, of: grid.window))
    }
    let water = WaterBlocks(of: plans, on: grid)
    for tile in TileBatches(of: grid, tilesAcross: 1).allTiles.shuffled(using: &random) {
      for band in Strip.bands(of: tile).shuffled(using: &random) {
        water.take(band, categories: categories.cut(band).cells)
      }
    }
    #expect(water.levels.map(\.layout.block) == plans.map(\.block))
    for (level, plan) in zip(water.levels, plans) {
      var shares: [Int: [UInt8]] = [:]
      for tile in level.tiles { shares[tile] = level.shares(ofTile: tile) }
      for row in 0..<plan.rows {
        for column in 0..<plan.columns {
          let (across, down) = (
            plan.window.column / plan.block + column, plan.window.row / plan.block + row
          )
          let cells = try #require(
            Window(
              column: across * plan.block, row: down * plan.block, columns: plan.block,
              rows: plan.block
            ).intersection(grid.window))
          let count = categories.cut(cells).cells.count { $0 == LandCategory.water.rawValue }
          let side = WaterLayout.tile
          let tile = down / side * level.layout.across + across / side
          let blocks = level.layout.blocks(ofTile: tile)
          let place = (down - blocks.row) * blocks.columns + across - blocks.column
          let share = Int(shares[tile]?[place] ?? 0)
          #expect(abs(Double(share) - 100 * Double(count) / Double(cells.cellCount)) < 1)
          #expect((share == 0) == (count == 0) && (share == 100) == (count == cells.cellCount))
        }
      }
    }
  }

  /// 1,000 cells from the 200th on lie over tiles of 256 blocks of 1 from 0 to 4, 5 × 5 × 65,536 bytes; of
  /// 20 × 20 cells, which two bytes count, 50 blocks lie in one, once for both maps.
  @Test("what counting takes at most is that of the tiles of all maps, each once")
  func bytes() throws {
    let grid = try Grid.northUp(
      "EPSG:32652", west: 600_000, north: 4_800_000, step: 30, columns: 9000, rows: 9000)
    func plan(_ start: Int, _ side: Int, _ block: Int) throws -> BlockPlan {
      try #require(
        BlockPlan(
          Window(column: start, row: start, columns: side, rows: side), block: block,
          of: grid.window))
    }
    let fine = try plan(200, 1000, 1)
    #expect(WaterBlocks.mostBytes(for: [fine], on: grid) == 25 * 65_536)
    let coarse = try [plan(0, 1000, 20), plan(1000, 2000, 20)]
    #expect(WaterBlocks.mostBytes(for: coarse, on: grid) == 2 * 65_536)
    #expect(WaterBlocks.mostBytes(for: coarse + [fine, fine], on: grid) == 27 * 65_536)
    #expect(WaterBlocks.mostBytes(for: [], on: grid) == 0)
  }

  @Test(
    "the maps of many parks have blocks of few sizes",
    arguments: [(1, 1), (2, 2), (3, 3), (4, 4), (5, 6), (7, 8), (9, 12), (13, 16), (17, 24)])
  func fewSides(block: Int, side: Int) {
    #expect(MapPlans.fewSides(block) == side)
  }
}

extension TileBatches {
  fileprivate var allTiles: [Window] { (0..<count).flatMap { tiles(ofBatch: $0) } }
}
