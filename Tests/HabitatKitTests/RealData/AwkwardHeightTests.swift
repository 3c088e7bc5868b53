import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

/// The awkward rasters as DEMs, each under a land cover made to its extent.
@Suite("Awkward heights", .enabled(if: SharedData.isPresent)) struct AwkwardHeightTests {
  /// Slugs of the error or of the warnings beside `layers-missing`. The largest files are left to release
  /// builds.
  private static let files: [(file: String, error: String?, warnings: Set<String>)] = [
    ("114p01_0100_deme_truncated.dem", "dem-does-not-cover", []), ("N10W110.hgt.zip", nil, []),
    ("all-nodata.tif", "dem-does-not-cover", []), ("alpha.tif", "dem-does-not-cover", []),
    ("byte.tif", nil, []), ("world.byte.tif", nil, ["dem-coarse"]),
    ("cog_gcps_ovr.tif", "georeference-missing", []), ("cog_nonearth.tif", "crs-not-earth", []),
    ("cog_rgb_mask.tif", nil, ["band-assumed", "raster-picture"]),
    ("cog_scale.tif", nil, ["band-assumed", "dem-coarse"]),
    ("cog_uint8_rgb_nodata.tif", nil, ["band-assumed", "raster-picture", "dem-coarse", "dem-gap"]),
    ("corrupt.tif", "unreadable-block", []), ("float_nan.tif", "grid-not-north-up", []),
    ("float_raster_with_nodata.tif", nil, ["dem-coarse", "dem-gap"]),
    ("gcp.tif", "georeference-missing", []), ("geomatrix.tif", "grid-not-north-up", []),
    ("inverted_lat.tif", "grid-not-north-up", []), ("labels.tif", "dem-does-not-cover", []),
    ("na.tif", nil, ["dem-coarse", "dem-gap"]),
    ("red.tif", nil, ["band-assumed", "raster-picture", "dem-coarse"]),
    ("rotated.tif", "grid-not-north-up", []), ("test_color_table.tif", nil, ["dem-coarse"]),
    ("test_esri_wkt.tif", nil, []),
  ]

  /// 24 × 24 cells over the box of a raster; somewhere, where it has none.
  private func landCover(over path: String, to file: String) throws {
    let dataset = try RasterDataset(reading: path)
    var grid = try Grid.northUp(
      "EPSG:4326", west: 10, north: 46, step: 0.01, columns: 24, rows: 24)
    if let crs = dataset.crs, crs.isOfEarth, let transform = dataset.geotransform {
      let box = Grid(
        crs: crs, geotransform: transform, columns: dataset.columns, rows: dataset.rows
      ).extent
      grid = Grid(
        crs: crs,
        geotransform: Geotransform(
          originX: box.minX, columnStepX: box.width / 24, originY: box.maxY,
          rowStepY: -box.height / 24), columns: 24, rows: 24)
    }
    try Raster(columns: 24, rows: 24, filledWith: UInt8(1)).write(to: file, on: grid)
  }

  @Test("as a DEM each is right, refused or warned about", arguments: files.indices)
  func heights(index: Int) throws {
    let (file, error, warnings) = Self.files[index]
    let path = SharedData.path("nasty-rasters/" + file)
    try TemporaryFolder.with { folder in
      try landCover(over: path, to: folder.path("lc.tif"))
      var options = ScoreOptions()
      options.species = "tiger"
      options.inputs.landCover = [folder.path("lc.tif")]
      options.inputs.legend = "ten_categories"
      options.inputs.dem = [path]
      options.output = folder.path("out")
      guard let error else {
        let result = try options.run()
        #expect(Set(result.warnings.map(\.slug)) == warnings.union(["layers-missing"]), "\(file)")
        let row = result.species[0].table.rows[0]
        let numbers = [row.area, row.nodata, row.outside] + row.parts
        #expect(numbers.allSatisfy { $0.isFinite && $0 >= 0 })
        #expect(abs(row.residual) <= 1e-5 * row.area + 4e-6)
        // Broadleaf forest scores with every height there is: land is either scored or told to be nodata.
        #expect(row.parts.reduce(0, +) > 0)
        #expect((row.nodata >= 5e-7) == warnings.contains("dem-gap"))
        return
      }
      let found = #expect(throws: HabitatError.self, "\(file)") { try options.run() }
      #expect(found?.slug == error && found?.kind == .input)
      #expect(!folder.has("out"), "a refused run leaves nothing")
    }
  }
}
