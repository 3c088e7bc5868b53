import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Formats of the rasters")
struct OutputFormatTests {
  @Test("a Cloud Optimized GeoTIFF holds the same cells, the same bytes for any threads")
  func cloudOptimized() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, columns: 600, rows: 520)
      var options = try landscape.options()
      options.layers = "class,score"
      options.inputs.allowGaps = true
      try options.run()
      options.format = "cog"
      for threads in [1, 3] {
        options.threads = threads
        options.output = folder.path("cog\(threads)")
        try options.run()
      }
      #expect(
        SameBytesTests.differing(try folder.files(in: "cog1"), try folder.files(in: "cog3")) == [])
      let (grid, type) = (landscape.grid, UInt8.self)
      #expect(
        try RasterContentTests.cells(folder, "cog1/leopard_class.tif", on: grid, of: type)
          == RasterContentTests.cells(folder, "out/leopard_class.tif", on: grid, of: type))
      // All else that is beside the rasters is the same, and nothing that was made on the way stays.
      #expect(
        SameBytesTests.differing(try folder.files(in: "out"), try folder.files(in: "cog1"))
          == ["leopard_class.tif", "leopard_score.tif", "manifest.json"])
      let manifest = String(decoding: try folder.contents(of: "cog1/manifest.json"), as: UTF8.self)
      #expect(manifest.contains("\"of\": \"COG\""))
      let dataset = try RasterDataset(reading: folder.path("cog1/leopard_class.tif"))
      #expect(dataset.categoryNames(ofBand: 1) == [""] + SuitabilityClass.allCases.map(\.name))
      #expect(dataset.compression == "LZW")
    }
  }

  @Test(
    "options that the driver lacks or that change cells are refused before anything is written",
    arguments: [
      ("COG", "TILED=YES"), ("COG", "RES=100"), ("COG", "TILING_SCHEME=GoogleMapsCompatible"),
      ("COG", "COMPRESS=JPEG"), ("GTiff", "BLOCKSIZE=256"), ("GTiff", "NBITS=2"),
      ("PNG", "COMPRESS=LZW"),
    ])
  func refusals(format: String, option: String) throws {
    var options = ScoreOptions()
    options.species = "leopard"
    (options.format, options.creationOptions) = (format, [option])
    options.inputs.landCover = ["x.tif"]
    options.inputs.legend = "ten_categories"
    let error = #expect(throws: HabitatError.self) { try options.request() }
    #expect(error?.slug == "bad-option" && error?.kind == .usage)
  }

  @Test("the user's options of either driver are followed")
  func own() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.format = "COG"
      options.creationOptions = ["COMPRESS=ZSTD", "BLOCKSIZE=256"]
      try options.run()
      let dataset = try RasterDataset(reading: folder.path("out/leopard_class.tif"))
      #expect(dataset.compression == "ZSTD")
      #expect(try dataset.band(1).blockColumns == 256)
    }
  }
}
