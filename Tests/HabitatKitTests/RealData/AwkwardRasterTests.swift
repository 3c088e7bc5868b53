import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

/// The awkward rasters of rasterio, rio-tiler, georust and stars: right, refused by name or warned about.
@Suite("Awkward rasters", .enabled(if: SharedData.isPresent)) struct AwkwardRasterTests {
  /// Slugs of the error or of the warnings as land cover, under a legend with a default. The largest file,
  /// cog_cmap.tif, is left to release builds.
  private static let asLandCover: [(file: String, error: String?, warnings: Set<String>)] = [
    ("114p01_0100_deme_truncated.dem", nil, ["landcover-empty"]),
    ("N10W110.hgt.zip", nil, ["legend-default"]),
    ("all-nodata.tif", nil, ["band-assumed", "raster-picture", "landcover-empty"]),
    ("byte.tif", nil, ["legend-default"]),
    ("cog_gcps_ovr.tif", "georeference-missing", []),
    ("cog_nonearth.tif", "crs-not-earth", []),
    (
      "cog_rgb_mask.tif", nil, ["band-assumed", "raster-picture", "legend-default"]
    ),
    (
      "cog_scale.tif", nil, ["band-assumed", "landcover-scaled", "legend-default"]
    ),
    ("cog_uint8_rgb_nodata.tif", nil, ["band-assumed", "raster-picture"]),
    ("corrupt.tif", "unreadable-block", []),
    ("float_nan.tif", "grid-not-north-up", []),
    ("float_raster_with_nodata.tif", "code-not-whole", []),
    ("gcp.tif", "georeference-missing", []),
    ("geomatrix.tif", "grid-not-north-up", []),
    ("inverted_lat.tif", "grid-not-north-up", []),
    ("labels.tif", nil, ["legend-default"]),
    ("na.tif", "code-not-whole", []),
    ("red.tif", nil, ["band-assumed", "raster-picture", "legend-default"]),
    ("rotated.tif", "grid-not-north-up", []),
    ("test_color_table.tif", nil, ["legend-default"]),
    ("test_esri_wkt.tif", nil, ["legend-default"]),
  ]

  private func options(_ folder: TemporaryFolder) throws -> ScoreOptions {
    var options = ScoreOptions()
    options.models = [
      try folder.write(
        LandCoverModel.text(scores: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]), to: "cover.json")
    ]
    options.inputs.legend = try folder.write("1=1; DEFAULT=5", to: "legend.txt")
    options.output = folder.path("out")
    return options
  }

  /// Every number is one, and the balance closes as the contract has it.
  private func expectSound(_ table: AreaTable) {
    for row in table.allRows {
      let numbers = [row.area, row.nodata, row.outside] + row.parts
      #expect(numbers.allSatisfy { $0.isFinite && $0 >= 0 })
      #expect(abs(row.residual) <= 1e-5 * row.area + 4e-6)
    }
  }

  @Test("as land cover each is right, refused or warned about", arguments: asLandCover.indices)
  func landCover(index: Int) throws {
    let (file, error, warnings) = Self.asLandCover[index]
    try TemporaryFolder.with { folder in
      var options = try options(folder)
      options.inputs.landCover = [SharedData.path("nasty-rasters/" + file)]
      guard let error else {
        let result = try options.run()
        expectSound(result.species[0].table)
        #expect(Set(result.warnings.map(\.slug)) == warnings, "\(file)")
        return
      }
      let found = #expect(throws: HabitatError.self, "\(file)") { try options.run() }
      #expect(found?.slug == error && found?.kind == .input)
      #expect(!folder.has("out"), "a refused run leaves nothing")
      var check = CheckOptions()
      check.inputs = options.inputs
      #expect(try check.check().run().errors.contains { $0.slug == error })
    }
  }
}
