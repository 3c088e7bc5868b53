import HabitatKit
import RasterCore
import TestSupport
import Testing

/// What `check` says of the land is what `score` says of it, in the same words and numbers.
@Suite("Check and score on the same land") struct AgreedLandTests {
  /// Tiles in an equal-area projection, 16 × 4 cells of 0.01 km²: columns 4 and 5 lie under two that disagree, columns
  /// 10 to 12 under none.
  private static func options(in folder: TemporaryFolder) throws -> ScoreOptions {
    let grid = try Grid.northUp(
      "EPSG:6933", west: 0, north: 5_000_000, step: 100, columns: 16, rows: 4)
    for (name, columns, code) in [("a", 0..<6, UInt8(1)), ("b", 4..<10, 2), ("c", 13..<16, 3)] {
      let window = Window(column: columns.lowerBound, row: 0, columns: columns.count, rows: 4)
      try Raster(columns: columns.count, rows: 4, filledWith: code).write(
        to: folder.path(name + ".tif"), on: grid.cut(window))
    }
    var options = ScoreOptions()
    options.models = [
      try folder.write(LandCoverModel.text(scores: .init(repeating: 50, count: 10)), to: "m.json")
    ]
    options.inputs.landCover = ["a", "b", "c"].map { folder.path($0 + ".tif") }
    options.inputs.legend = "ten_categories"
    options.inputs.allowGaps = true
    options.output = folder.path("out")
    return options
  }

  private static func check(_ options: ScoreOptions) throws -> CheckReport {
    var check = CheckOptions()
    (check.inputs, check.models, check.threads) = (options.inputs, options.models, 2)
    return try check.check().run()
  }

  private static func park(
    _ id: String, _ west: Double, _ south: Double, _ east: Double, _ north: Double
  ) -> NamedPolygon {
    NamedPolygon(id, "park " + id, .box(west, 5_000_000 + south, east, 5_000_000 + north))
  }

  private static let slugs: Set<String> = ["landcover-gap", "landcover-overlap", "park-outside"]

  private static func told(_ warnings: [HabitatWarning]) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: warnings.filter { slugs.contains($0.slug) }.map { ($0.slug, $0.what) })
  }

  @Test("overlaps, gaps and land outside are those of the parks, land of two parks once")
  func withParks() throws {
    try TemporaryFolder.with { folder in
      var options = try Self.options(in: folder)
      // From 160 m within the overlap to 160 m within the gap, 250 m high and 50 m beyond the north; the second lies
      // within the first.
      try [Self.park("1", 440, -250, 1160, 50), Self.park("2", 500, -200, 700, -100)].write(
        to: folder.path("parks.gpkg"), crs: "EPSG:6933")
      (options.inputs.parks, options.inputs.parkID) = (folder.path("parks.gpkg"), "park_id")
      let found = Self.told(try Self.check(options).warnings)
      #expect(Self.told(try options.run().warnings) == found)
      // 160 m × 250 m twice, 720 m × 50 m.
      #expect(
        found["landcover-overlap"]?.hasPrefix("0.040 km² of the parks lie under tiles") == true)
      #expect(found["landcover-gap"]?.hasPrefix("0.040 km² of the parks lie between") == true)
      #expect(found["park-outside"]?.hasPrefix("0.036 km² of the parks lie outside") == true)
      #expect(found["park-outside"]?.hasSuffix(": park 1") == true)
      options.output = folder.path("other")
      let forecast = Self.told(try ScoreRun(options.request()).forecast().warnings)
      #expect(forecast == found.filter { $0.key != "landcover-overlap" })
    }
  }

  @Test("tiles that no park touches are spoken of by neither") func apart() throws {
    try TemporaryFolder.with { folder in
      var options = try Self.options(in: folder)
      try [Self.park("1", 620, -300, 900, -100)].write(
        to: folder.path("parks.gpkg"), crs: "EPSG:6933")
      options.inputs.parks = folder.path("parks.gpkg")
      #expect(Self.told(try Self.check(options).warnings).isEmpty)
      #expect(Self.told(try options.run().warnings).isEmpty)
    }
  }

  @Test("without parks it is the whole raster") func wholeRaster() throws {
    try TemporaryFolder.with { folder in
      let options = try Self.options(in: folder)
      let found = Self.told(try Self.check(options).warnings)
      #expect(Self.told(try options.run().warnings) == found)
      // 2 × 4 and 3 × 4 cells.
      #expect(found["landcover-overlap"]?.hasPrefix("0.080 km² of the raster lie under") == true)
      #expect(found["landcover-gap"]?.hasPrefix("0.120 km² of the raster lie between") == true)
      #expect(found.count == 2)
    }
  }

  @Test("a gap under a park is refused by check, a run and its forecast with the same km²")
  func refused() throws {
    try TemporaryFolder.with { folder in
      var options = try Self.options(in: folder)
      options.inputs.allowGaps = false
      try [Self.park("1", 900, -400, 1160, 100)].write(
        to: folder.path("parks.gpkg"), crs: "EPSG:6933")
      options.inputs.parks = folder.path("parks.gpkg")
      let found = try #require(Self.check(options).errors.first)
      // 160 m × 400 m; what lies north of the grid is no gap.
      #expect(found.slug == "landcover-gap" && found.what.hasPrefix("0.064 km² of the parks"))
      let refused = #expect(throws: HabitatError.self) { try options.run() }
      #expect(refused == found)
      let foretold = #expect(throws: HabitatError.self) {
        try ScoreRun(options.request()).forecast()
      }
      #expect(foretold == found)
    }
  }
}
