import Foundation
import GeoIO
import HabitatKit
import RasterCore
import Reclassification
import TestSupport
import Testing

@Suite("What the rasters of a run hold")
struct RasterContentTests {
  static func cells<Cell: RasterCell>(
    _ folder: TemporaryFolder, _ name: String, on grid: Grid, of type: Cell.Type
  ) throws -> [Cell] {
    let dataset = try RasterDataset(reading: folder.path(name))
    var cells = [Cell](repeating: .zero, count: grid.cellCount)
    try dataset.read(grid.window, band: 1, into: &cells)
    return cells
  }

  @Test("scores, classes, resistances and limits are those of the scorer, cell by cell")
  func scorer() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      options.layers = "class,score,resistance,limiting"
      // Scores of land cover alone: no terrain that would have to be sampled here too.
      let scores: [Double] = [0, 15, 29.99, 30, 45, 59.99, 60, 79.99, 80, 100]
      let model = try folder.write(LandCoverModel.text(scores: scores), to: "cover.json")
      (options.models, options.species) = ([model], nil)
      try options.run()
      let grid = landscape.grid
      let classes = try Self.cells(folder, "out/cover_class.tif", on: grid, of: UInt8.self)
      let written = try Self.cells(folder, "out/cover_score.tif", on: grid, of: Float.self)
      let limiting = try Self.cells(folder, "out/cover_limiting.tif", on: grid, of: UInt8.self)
      let resistance = try Self.cells(folder, "out/cover_resistance.tif", on: grid, of: Float.self)
      // By hand from the bounds 30, 60, 80: each a class's lower bound.
      let expected: [UInt8] = [0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4]
      for (cell, category) in landscape.landCover.cells.enumerated() {
        #expect(classes[cell] == expected[Int(category)])
        #expect(written[cell] == (category == 0 ? -1 : Float(scores[Int(category) - 1])))
        // Land cover is the only layer: it limits unless it is perfect.
        #expect(limiting[cell] == (category == 0 ? 0 : category == 10 ? 6 : 1))
        #expect(resistance[cell] >= 1 || category == 0 && resistance[cell] == -1)
      }
    }
  }

  @Test(
    "the class raster is a byte with nodata 0, named classes and colours on the land cover's grid")
  func form() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      try landscape.options().run()
      let dataset = try RasterDataset(reading: folder.path("out/leopard_class.tif"))
      let band = try dataset.band(1)
      #expect(band.typeName == "Byte" && band.nodata == 0 && band.hasColourTable)
      #expect(dataset.geotransform == landscape.grid.geotransform)
      #expect(dataset.columns == 40 && dataset.rows == 32)
      let names = String(
        decoding: try folder.contents(of: "out/leopard_class.tif.aux.xml"), as: UTF8.self)
      for suitability in SuitabilityClass.allCases {
        #expect(names.contains("<Category>\(suitability.name)</Category>"))
      }
    }
  }

  /// species-models.md, section 6, holds up to 950 m; here without roads and settlements.
  @Test("what is not suitable for leopards is not for tigers", arguments: UInt64(0)..<3)
  func leopardAndTiger(seed: UInt64) throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, seed: seed)
      var options = try landscape.options()
      options.species = "leopard,tiger"
      try options.run()
      let grid = landscape.grid
      let leopard = try Self.cells(folder, "out/leopard_class.tif", on: grid, of: UInt8.self)
      let tiger = try Self.cells(folder, "out/tiger_class.tif", on: grid, of: UInt8.self)
      let violations = zip(leopard, tiger).filter { $0 == 1 && $1 > 1 }.count
      #expect(violations == 0)
      #expect(leopard.filter { $0 == 1 }.count > 100)
      #expect(leopard.filter { $0 > 1 }.count > 100)
    }
  }
}
