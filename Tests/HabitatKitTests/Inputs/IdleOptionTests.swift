import HabitatKit
import RasterCore
import Reclassification
import TestSupport
import Testing

/// What a user says without effect is refused: a typing error must not pass for a setting.
@Suite("Options without effect") struct IdleOptionTests {
  @Test(
    "a word about a layer that is not there, or said twice, is refused",
    arguments: [
      (crs: [], nodata: ["rice=0"], bands: []), ([], ["dem=1", "dem=2"], []),
      ([], [], ["water=1"]), ([], [], ["dem=1", "dem=1"]), (["roads=EPSG:4326"], [], []),
      (["settlements=EPSG:4326"], [], []), (["forest-type=EPSG:4326"], [], []),
    ])
  func corrections(crs: [String], nodata: [String], bands: [String]) throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.inputs.assumedCRS = crs
      options.inputs.nodata = nodata
      options.inputs.bands = bands
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.kind == .usage && error?.slug == "bad-option")
      #expect(error?.location.contains((crs + nodata + bands).last ?? "") == true)
      var check = CheckOptions()
      check.inputs = options.inputs
      #expect(throws: HabitatError.self) { try check.check() }
    }
  }

  @Test(
    "outlines of water have no band and no nodata",
    arguments: [("--band", "water=1"), ("--nodata", "water=0")])
  func outlines(option: String, word: String) throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.inputs.water = folder.path("lake.gpkg")
      try [NamedPolygon("1", "Lake", .box(130.78, 43.27, 130.8, 43.29))]
        .write(to: folder.path("lake.gpkg"), crs: "EPSG:4326")
      options.inputs.assumedCRS = ["water=EPSG:4326"]
      #expect(try options.run().species.count == 1)
      (options.inputs.bands, options.inputs.nodata) =
        option == "--band" ? ([word], []) : ([], [word])
      let error = #expect(throws: HabitatError.self) { try options.request() }
      #expect(error?.slug == "bad-option" && error?.location == "\(option) \(word)")
      #expect(error?.what.contains("outlines") == true)
    }
  }

  @Test("words about layers that are there have their effect") func effective() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.inputs.nodata = ["landcover=0", "dem=-32768"]
      options.inputs.bands = ["landcover=1", "dem=1"]
      options.inputs.assumedCRS = ["parks=EPSG:4326"]
      #expect(try options.run().species.count == 1)
    }
  }

  @Test("a model that the choice of species leaves out is refused") func models() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      let text = LandCoverModel.text(species: "lynx", scores: [Double](repeating: 50, count: 10))
      options.models = [try folder.write(text, to: "lynx.json")]
      let error = #expect(throws: HabitatError.self) { try options.request() }
      #expect(error?.slug == "bad-option" && error?.fix.contains("add lynx to --species") == true)
      for species in ["leopard,lynx", "all", nil] {
        options.species = species
        #expect(try options.request().models.contains { $0.species == "lynx" })
      }
    }
  }
}
