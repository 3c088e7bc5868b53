import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("The basemap")
struct BasemapTests {
  @Test(
    "cells are the least power of two that leaves at most 2048 along the longer side",
    arguments: [
      (columns: 1, rows: 1, factor: 1), (columns: 2048, rows: 7, factor: 1),
      (columns: 7, rows: 2049, factor: 2), (columns: 10_000, rows: 10_000, factor: 8),
      (columns: 40_000, rows: 3, factor: 32), (columns: 3_000_000, rows: 5, factor: 2048),
    ])
  func factor(columns: Int, rows: Int, factor: Int) throws {
    let grid = try Grid.northUp(
      "EPSG:32652", west: 600_000, north: 4_800_000, step: 30, columns: columns, rows: rows)
    let plan = BasemapPlan(of: grid)
    #expect(plan.factor == factor)
    #expect(plan.grid.columns == (columns + factor - 1) / factor)
    #expect(plan.grid.geotransform.columnStepX == 30 * Double(factor))
    #expect(plan.grid.geotransform.rowStepY == -30 * Double(factor))
    let (small, large) = (plan.grid.extent, grid.extent)
    #expect(small.minX == large.minX && small.maxY == large.maxY && small.contains(large))
    #expect(small.width - large.width < 30 * Double(factor))
  }

  @Test(
    "of small parks in a large grid it has the very cells, with as much land around them",
    arguments: [
      // Half of 400 and one more around them: 802 cells from 4799 on.
      (parks: 5000..<5400, side: 10_000, factor: 1, window: 4799..<5601),
      // At the grid's rim.
      (9000..<9501, 9501, 1, 8749..<9501),
      // 1022 + 2 × 512 are 2046; 1024 + 2 × 513 are 2050, for which the whole grid is shown, in sixteens.
      (4000..<5022, 20_000, 1, 3488..<5534), (4000..<5024, 20_000, 16, 0..<20_000),
      (0..<10, 2048, 1, 0..<2048),
    ])
  func nearParks(parks: Range<Int>, side: Int, factor: Int, window: Range<Int>) throws {
    let grid = try Grid.northUp(
      "EPSG:32652", west: 600_000, north: 4_800_000, step: 30, columns: side, rows: side)
    let plan = BasemapPlan(
      of: grid,
      parks: Window(
        column: parks.lowerBound, row: parks.lowerBound, columns: parks.count, rows: parks.count))
    #expect(plan.factor == factor)
    #expect(plan.window.columnRange == window && plan.window.rowRange == window)
    let corner = plan.grid.geotransform.point(column: 0, row: 0)
    #expect(
      corner
        == Point(
          x: 600_000 + 30 * Double(window.lowerBound), y: 4_800_000 - 30 * Double(window.lowerBound)
        ))
    #expect(plan.grid.columns == (window.count + factor - 1) / factor)
    // Each of its columns is decided once, by cells that lie under it.
    var decided: [Int] = []
    for tile in TileBatches(of: grid, tilesAcross: 1).allTiles
    where tile.rowRange.contains(window.lowerBound) {
      for column in plan.columns(under: tile) {
        decided.append(column.index)
        for offset in column.offsets {
          #expect((tile.column + offset) / factor == column.index + window.lowerBound / factor)
        }
      }
    }
    #expect(decided == Array(0..<plan.grid.columns))
  }

  @Test(
    "each column is decided once, by columns that lie under it",
    arguments: [700, 5000, 10_001, 1_100_000, 3_000_001])
  func eachOnce(columns: Int) throws {
    let grid = try Grid.northUp(
      "EPSG:32652", west: 0, north: 0, step: 1, columns: columns, rows: 1)
    let plan = BasemapPlan(of: grid)
    var decided: [Int] = []
    for tile in TileBatches(of: grid, tilesAcross: 1).allTiles {
      for column in plan.columns(under: tile) {
        decided.append(column.index)
        for offset in column.offsets {
          let place = tile.column + offset
          #expect(place / plan.factor == column.index && place < columns)
        }
      }
    }
    #expect(decided == Array(0..<plan.grid.columns))
  }

  /// 4 × 4 cells to one: all are looked at, so a plain count over them is the answer.
  @Test("a cell is the most frequent category and the mean height under it", arguments: [1, 2, 3])
  func content(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let grid = try Grid.northUp(
      "EPSG:32652", west: 600_000, north: 4_800_000, step: 30, columns: 5003, rows: 514)
    let categories = Raster(grid) { _, _ in UInt8.random(in: 0...10, using: &random) }
    let heights = Raster(grid) { column, row in
      (column + row) % 11 < 4 ? Float.nan : Float.random(in: -50...2000, using: &random)
    }
    let basemap = Basemap(BasemapPlan(of: grid))
    for tile in TileBatches(of: grid, tilesAcross: 1).allTiles.shuffled(using: &random) {
      basemap.take(
        tile, categories: categories.cut(tile).cells, elevation: heights.cut(tile).cells)
    }
    let small = basemap.plan.grid
    #expect(basemap.plan.factor == 4 && small.columns == 1251 && small.rows == 129)
    for row in stride(from: 0, to: small.rows, by: 8) {
      for column in (0..<small.columns) where column % 9 == 0 || column == small.columns - 1 {
        let cells = (0..<4).flatMap { down in
          (0..<4).map { (min(4 * column + $0, 5002), min(4 * row + down, 513)) }
        }
        let codes = cells.map { categories[$0.0, $0.1] }.filter { $0 != 0 }
        let most = Set(codes).map { code in codes.count { $0 == code } }.max() ?? 0
        let chosen = basemap.categories[row * small.columns + column]
        #expect(codes.count { $0 == chosen } == most)
        let values = cells.map { heights[$0.0, $0.1] }.filter { !$0.isNaN }
        let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
        // Sixteen floats below 2000 added up: 16 × 2000 × 2⁻²⁴.
        #expect(abs(Double(basemap.heights[row * small.columns + column]) - mean) < 0.002)
      }
    }
  }

  @Test("a run leaves land cover with colours and names, and relief where there are heights")
  func files() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      try landscape.options().run()
      let landCover = try RasterDataset(reading: folder.path("out/basemap/landcover.tif"))
      let grid = landscape.grid
      #expect(landCover.geotransform == grid.geotransform && landCover.columns == grid.columns)
      #expect(try landCover.band(1).nodata == 0 && landCover.band(1).hasColourTable)
      #expect(landCover.categoryNames(ofBand: 1) == [""] + LandCategory.allCases.map(\.name))
      let categories = try RasterContentTests.cells(
        folder, "out/basemap/landcover.tif", on: grid, of: UInt8.self)
      #expect(categories == landscape.landCover.cells)
      let shades = try RasterContentTests.cells(
        folder, "out/basemap/hillshade.tif", on: grid, of: UInt8.self)
      #expect(Set(shades).count > 20 && !shades.contains(0))
    }
  }

  @Test("without heights there is no relief, with a void there is a hole in it")
  func voids() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      options.species = nil
      options.models = [
        try folder.write(LandCoverModel.text(scores: Array(repeating: 50, count: 10)), to: "m.json")
      ]
      options.inputs.dem = []
      try options.run()
      #expect(folder.has("out/basemap/landcover.tif") && !folder.has("out/basemap/hillshade.tif"))

      // A DEM of the western half only.
      let half = try Grid.northUp(
        "EPSG:32652", west: 639_000, north: 4_801_000, step: 300, columns: 23, rows: 40)
      try Raster(half) { column, row in Int16(10 * column + row) }
        .write(to: folder.path("half.tif"), on: half, nodata: -32768)
      options = landscape.options(reading: ["landcover.tif"], out: "half")
      options.inputs.dem = [folder.path("half.tif")]
      options.inputs.allowGaps = true
      try options.run()
      let shades = try RasterContentTests.cells(
        folder, "half/basemap/hillshade.tif", on: landscape.grid, of: UInt8.self)
      for row in 0..<32 {
        // The DEM ends after (639,000 + 23 × 300 − 640,000) / 300 = 19.7 cells; half a DEM cell more
        // counts.
        #expect(shades[row * 40 + 18] != 0 && shades[row * 40 + 21] == 0)
      }
    }
  }
}

extension TileBatches {
  fileprivate var allTiles: [Window] { (0..<count).flatMap { tiles(ofBatch: $0) } }
}
