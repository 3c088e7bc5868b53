import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Class rasters as they are drawn") struct ClassBlocksTests {
  @Test(
    "a block has its commonest class, the least suitable of equals, and nodata where it prevails",
    arguments: [
      ([1, 1, 2, 3], 1, 50), ([1, 2, 2, 1], 1, 50), ([3, 4, 4, 3], 3, 50), ([0, 0, 4, 4], 4, 50),
      ([0, 0, 0, 4], 0, 75), ([2, 2, 2, 2], 2, 100), ([1, 2, 3, 4], 1, 25),
    ] as [([UInt8], UInt8, UInt8)])
  func byHand(cells: [UInt8], code: UInt8, share: UInt8) {
    var counts = BlockCounts(cells: 2, block: 2)
    counts.add(cells, from: 0)
    counts.add(cells, from: 2)
    let taken = counts.take()
    #expect(taken.codes == [code] && taken.shares == [share])
  }

  @Test("what is counted is what a slow count gives", arguments: UInt64(0)..<12)
  func againstSlowCount(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let size = (
      columns: Int.random(in: 1...90, using: &random), rows: Int.random(in: 1...70, using: &random)
    )
    // Runs of one class and noise; now and then few classes, so that ties are common.
    let classes = UInt8(random.next() % 4 + 1)
    var cells: [UInt8] = []
    while cells.count < size.columns * size.rows {
      let code = UInt8.random(in: 0...classes, using: &random)
      cells += [UInt8](repeating: code, count: Int.random(in: 1...9, using: &random))
    }
    cells.removeLast(cells.count - size.columns * size.rows)
    let raster = Raster(columns: size.columns, rows: size.rows, cells: cells)
    let limit = Int.random(in: 1...30, using: &random)
    let box = Extent(
      minX: .random(in: -9..<Double(size.columns), using: &random),
      minY: .random(in: -9..<Double(size.rows), using: &random), maxX: 0, maxY: 0)
    let seen = Extent(
      minX: box.minX, minY: box.minY, maxX: box.minX + .random(in: 1...120, using: &random),
      maxY: box.minY + .random(in: 1...120, using: &random))
    let whole = Window(column: 0, row: 0, columns: size.columns, rows: size.rows)
    guard let plan = BlockPlan(covering: seen, of: whole, atMost: limit) else {
      #expect(seen.maxX <= 0 || seen.maxY <= 0)
      return
    }
    #expect(plan.columns <= limit && plan.rows <= limit)
    #expect(plan.window.column % plan.block == 0 && plan.window.row % plan.block == 0)
    // All of the box that lies on the raster is drawn.
    #expect(Double(plan.window.column) <= max(seen.minX, 0))
    #expect(
      Double(plan.window.column + plan.window.columns) >= min(seen.maxX, Double(size.columns)))
    try TemporaryFolder.with { folder in
      let grid = Grid(
        crs: try CoordinateReferenceSystem(userInput: "EPSG:32652"),
        geotransform: Geotransform(
          originX: 5e5, columnStepX: 10, rowStepX: 0, originY: 5e6, columnStepY: 0, rowStepY: -10),
        columns: size.columns, rows: size.rows)
      try raster.write(to: folder.path("classes.tif"), on: grid)
      let blocks = try ClassBlocks(
        plan, of: RasterDataset(reading: folder.path("classes.tif"))
      ) { HabitatError(.input, "output-changed", "\($0)", at: "", fix: "") }
      for row in 0..<plan.rows {
        for column in 0..<plan.columns {
          var counts = [Int](repeating: 0, count: 5)
          for y in 0..<plan.block {
            for x in 0..<plan.block {
              let place = (
                plan.window.column + column * plan.block + x, plan.window.row + row * plan.block + y
              )
              guard place.0 < size.columns, place.1 < size.rows else { continue }
              counts[Int(raster[place.0, place.1])] += 1
            }
          }
          let most = counts.max() ?? 0
          let expected = [1, 2, 3, 4, 0].first { counts[$0] == most }
          #expect(Int(blocks.codes[column, row]) == expected)
          guard let shares = blocks.shares else { continue }
          let percent = 100 * Double(most) / Double(counts.reduce(0, +))
          #expect(abs(Double(shares[column, row]) - percent) <= (percent > 99 ? 1 : 0.5))
        }
      }
    }
  }

  @Test("a code that is no class is refused", arguments: [5, 6, 7, 8, 200, 255] as [UInt8])
  func strays(code: UInt8) throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var raster = Raster(landscape.grid) { column, _ in UInt8(column % 5) }
      raster[3, 2] = code
      try raster.write(to: folder.path("classes.tif"), on: landscape.grid)
      let plan = try #require(
        BlockPlan(
          covering: Extent(minX: 0, minY: 0, maxX: 9, maxY: 9), of: landscape.grid.window))
      let error = #expect(throws: HabitatError.self) {
        try ClassBlocks(plan, of: RasterDataset(reading: folder.path("classes.tif"))) {
          HabitatError(.input, "output-changed", "\($0)", at: "", fix: "")
        }
      }
      #expect(error?.what == "\(code)")
    }
  }

  @Test(
    "many parks have pictures of fewer dots, and all of them together stay few",
    arguments: [
      (1, 2048), (12, 2048), (13, 1024), (48, 1024), (49, 512), (5000, 128),
    ])
  func sides(count: Int, side: Int) {
    #expect(MapPlans.side(ofPictures: count) == side)
  }
}
