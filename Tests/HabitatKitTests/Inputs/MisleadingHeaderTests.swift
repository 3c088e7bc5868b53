import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Headers that mislead") struct MisleadingHeaderTests {
  private func landCover(
    _ folder: TemporaryFolder, crs: CoordinateReferenceSystem, _ geotransform: Geotransform
  ) throws -> CheckOptions {
    let grid = Grid(crs: crs, geotransform: geotransform, columns: 6, rows: 5)
    try Raster<UInt8>(columns: 6, rows: 5, filledWith: 1).write(
      to: folder.path("lc.tif"), on: grid)
    var options = CheckOptions()
    options.inputs.landCover = [folder.path("lc.tif")]
    options.inputs.legend = "ten_categories"
    return options
  }

  @Test(
    "a grid that is none is refused by name",
    arguments: [
      ("EPSG:4326", 640_000.0, 100.0, 4_800_000.0, -100.0, "coordinates-not-degrees"),
      ("EPSG:32652", 640_000, 1e-9, 4_800_000, -100, "cell-size-implausible"),
      ("EPSG:32652", 640_000, 100, 4_800_000, 100, "grid-not-north-up"),
      ("EPSG:32652", 640_000, -100, 4_800_000, -100, "grid-not-north-up"),
      (europa, 0, 282, 0, -282, "crs-not-earth"),
    ])
  func refused(
    crs: String, west: Double, step: Double, north: Double, rowStep: Double, slug: String
  ) throws {
    try TemporaryFolder.with { folder in
      let transform = Geotransform(
        originX: west, columnStepX: step, originY: north, rowStepY: rowStep)
      let options = try landCover(
        folder, crs: try CoordinateReferenceSystem(userInput: crs), transform)
      let report = try options.check().run()
      #expect(report.errors.map(\.slug) == [slug])
      #expect(report.outcome == .input)
    }
  }

  private static let europa =
    "+proj=eqc +lat_ts=0 +lon_0=0 +R=1560800 +units=m +no_defs"

  @Test("nodata that the type cannot hold is warned about, and 0 then named with its km²")
  func impossibleNodata() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32620", west: 600_000, north: 1_800_000, step: 100, columns: 10, rows: 10)
      try Raster<UInt8>(grid) { column, _ in column < 5 ? 0 : 23 }
        .write(to: folder.path("clc.tif"), on: grid, nodata: -128)
      var options = CheckOptions()
      options.inputs.landCover = [folder.path("clc.tif")]
      options.inputs.legend = "corine_grid"
      let report = try options.check().run()
      #expect(report.warnings.map(\.slug) == ["nodata-impossible"])
      let error = try #require(report.errors.first)
      // 50 cells of 1 ha; UTM is true to 0.04 %.
      #expect(error.slug == "unknown-code" && error.what.contains("0 (0.5"))
      #expect(error.fix.contains("--nodata landcover=0"))
    }
  }

  @Test(
    "undeclared voids are voids", arguments: [Float(-32768), -9999, -99_999, 65_535, 1e30])
  func undeclaredVoid(value: Float) throws {
    try TemporaryFolder.with { folder in
      let score = try TestLandscape(in: folder).options()
      let grid = try Grid.northUp(
        "EPSG:4326", west: 130.6, north: 43.4, step: 0.004, columns: 110, rows: 80)
      try Raster<Float>(grid) { column, row in column == 55 && row < 40 ? value : 300 }
        .write(to: folder.path("dem.tif"), on: grid)
      var check = CheckOptions()
      check.inputs = score.inputs
      let report = try check.check().run()
      #expect(report.elevation?.survey?.range == 300...300)
      #expect(report.elevation?.survey?.voids == 40)
      // They lie beside the park.
      #expect(!report.warnings.contains { $0.slug == "dem-void-undeclared" })
      (check.inputs.parks, check.inputs.parkID) = (nil, nil)
      let whole = try check.check().run()
      #expect(whole.warnings.contains { $0.slug == "dem-void-undeclared" })
      func told(_ options: ScoreOptions) throws -> HabitatWarning? {
        try options.run().warnings.first { $0.slug == "dem-void-undeclared" }
      }
      #expect(try told(score) == nil)
      var other = score
      (other.inputs.parks, other.inputs.parkID) = (nil, nil)
      other.output = folder.path("whole")
      #expect(
        try told(other)?.what
          == whole.warnings.first { $0.slug == "dem-void-undeclared" }?.what)
      // No height but 300 m takes part: flat land, wherever the void lies.
      let elsewhere = try ScoreComparison.classes(of: score, in: folder, replacing: value, by: 300)
      #expect(elsewhere.differing == 0)
    }
  }

  @Test(
    "swapped axes and the wrong hemisphere are told apart in the fix", arguments: [true, false])
  func misplacedParks(isSwapped: Bool) throws {
    try TemporaryFolder.with { folder in
      // South of 43° both ways round would be off the Earth: a landscape at 45 E, 43 N.
      let grid = try Grid.northUp(
        "EPSG:4326", west: 45, north: 43.3, step: 0.01, columns: 30, rows: 30)
      try Raster<UInt8>(columns: 30, rows: 30, filledWith: 1).write(
        to: folder.path("lc.tif"), on: grid)
      let shape =
        isSwapped
        ? PolygonShape.box(43.1, 45.1, 43.2, 45.2) : PolygonShape.box(45.1, -43.2, 45.2, -43.1)
      try [NamedPolygon("1", "Park", shape)].write(to: folder.path("parks.gpkg"), crs: "EPSG:4326")
      var options = CheckOptions()
      options.inputs.landCover = [folder.path("lc.tif")]
      options.inputs.legend = "ten_categories"
      options.inputs.parks = folder.path("parks.gpkg")
      let error = try #require(try options.check().run().errors.first)
      #expect(error.slug == "parks-elsewhere")
      #expect(error.fix.contains(isSwapped ? "x and y swapped" : "wrong hemisphere"))
    }
  }
}

/// Two runs that differ in their DEM only.
private enum ScoreComparison {
  /// Cells whose class differs once voids of the DEM are filled with the height around them.
  static func classes(
    of score: ScoreOptions, in folder: TemporaryFolder, replacing value: Float, by height: Float
  ) throws -> (cells: Int, differing: Int) {
    let grid = try Grid.northUp(
      "EPSG:4326", west: 130.6, north: 43.4, step: 0.004, columns: 110, rows: 80)
    try Raster<Float>(columns: 110, rows: 80, filledWith: height)
      .write(to: folder.path("filled.tif"), on: grid)
    var filled = score
    filled.inputs.dem = [folder.path("filled.tif")]
    filled.output = folder.path("filled")
    try filled.run()
    func read(_ path: String) throws -> [UInt8] {
      let dataset = try RasterDataset(reading: path)
      let window = Window(column: 0, row: 0, columns: dataset.columns, rows: dataset.rows)
      var cells = [UInt8](repeating: 0, count: window.cellCount)
      try dataset.read(window, band: 1, into: &cells)
      return cells
    }
    let one = try read(folder.path("out/leopard_class.tif"))
    let two = try read(folder.path("filled/leopard_class.tif"))
    // Cells wholly within the void have no class; any other class must be the same.
    return (one.count, zip(one, two).count { $0 != $1 && $0 != 0 })
  }
}
