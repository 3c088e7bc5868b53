import GeoIO
import RasterCore
import RasterLoader
import TestSupport
import Testing

@Suite(
  "Real land cover", .enabled(if: SharedData.isPresent, "the shared data sets are absent"))
struct RealLandCoverTests {
  /// README of tile-mosaic: the mosaic of the four is RGB.byte.tif. Here the rows on both sides of the
  /// seams; the files write their one CRS in two ways.
  @Test("four overlapping tiles are the picture they were cut from")
  func mosaic() throws {
    let table = CodeTable { code in
      code == 0 ? .nodata : LandState(LandCategory(rawValue: UInt8(code % 10 + 1))!)
    }
    func states(_ names: [String]) throws -> (grid: Grid, block: LandCoverBlock) {
      let tiles = try names.map { try RasterTile.inspect(SharedData.path("tile-mosaic/" + $0)) }
      let source = try LandCoverSource(tiles)
      var reader = LandCoverReader(source, table)
      var block = LandCoverBlock()
      try reader.read(
        Window(column: 0, row: 385, columns: source.grid.columns, rows: 30), into: &block)
      return (source.grid, block)
    }
    let whole = try states(["RGB.byte.tif"])
    let mosaic = try states(["rgb1.tif", "rgb2.tif", "rgb3.tif", "rgb4.tif"])
    #expect(mosaic.grid.columns == 791 && mosaic.grid.rows == 718)
    #expect(mosaic.grid.geotransform == whole.grid.geotransform)
    // Where the picture has no value the tiles have none either.
    #expect(mosaic.block.states == whole.block.states)
    #expect(mosaic.block.notes.isEmpty)
  }

  /// README of corine-clc2018-guadeloupe: 0 on 397,856 cells, 44 (sea) on 455,878, classes on 163,557;
  /// nodata is declared as −128, which no byte can be.
  @Test("the cells of Guadeloupe are counted past a nodata that no byte can hold")
  func guadeloupe() throws {
    let table = CodeTable { code in
      code == 0 ? .nodata : LandState(code == 44 ? .water : .meadow)
    }
    let tile = try RasterTile.inspect(
      SharedData.path("corine-clc2018-guadeloupe/U2018_CLC2018_V2020_20u1_FR_GLP.tif"))
    #expect(tile.nodata == -128)
    let source = try LandCoverSource([tile])
    var reader = LandCoverReader(source, table)
    var block = LandCoverBlock()
    var counts = [Int](repeating: 0, count: 256)
    try reader.read(source.grid.window, into: &block)
    for state in block.states { counts[Int(state)] += 1 }
    #expect(counts[0] == 397_856)
    #expect(counts[Int(LandCategory.water.rawValue)] == 455_878)
    #expect(counts[Int(LandCategory.meadow.rawValue)] == 163_557)
  }
}
