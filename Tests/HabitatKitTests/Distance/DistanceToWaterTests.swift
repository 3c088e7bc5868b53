import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

/// On the central meridian of a zone, where a metre of ground is 0.9996 of the map.
@Suite("Distance to water in a run") struct DistanceToWaterTests {
  /// 16 × 5 cells of 100 m, broadleaf forest; `~` is water.
  private static let land = [
    "................",
    "................",
    "..~.............",
    "................",
    "................",
  ]

  private static func grid() throws -> Grid {
    try .northUp("EPSG:32652", west: 500_000, north: 4_800_000, step: 100, columns: 16, rows: 5)
  }

  /// Each category scores 100, and so the land cover takes nothing: S = 100 · √(s/100).
  private static func model(_ curve: String) -> String {
    let scores = LandCategory.allCases.map { "\($0.key): 100" }.joined(separator: ", ")
    return """
      { species: "otter", title: "Otter", version: "1",
        layers: { landCover: { weight: 1, scores: { \(scores) } },
                  water: { weight: 1, unit: "m", curve: \(curve), optional: true } },
        classes: { minimum: 30, medium: 60, maximum: 80 }, resistance: {} }
      """
  }

  private static func options(
    _ folder: TemporaryFolder, land: [String] = DistanceToWaterTests.land,
    curve: String = "[[0, 0], [1000, 100]]", out: String = "out"
  ) throws -> ScoreOptions {
    let grid = try grid()
    let rows = land.map { Array($0) }
    try Raster(grid) { column, row in rows[row][column] == "~" ? UInt8(6) : 1 }
      .write(to: folder.path("landcover.tif"), on: grid)
    var options = ScoreOptions()
    options.inputs.landCover = [folder.path("landcover.tif")]
    options.inputs.legend = "ten_categories"
    options.models = [try folder.write(model(curve), to: "otter.json")]
    (options.layers, options.output) = ("class,score,limiting", folder.path(out))
    return options
  }

  private static func cells<Cell: RasterCell>(
    _ layer: String, _ zero: Cell, _ folder: TemporaryFolder, _ out: String = "out",
    columns: Int = 16
  ) throws -> [Cell] {
    let window = Window(column: 0, row: 0, columns: columns, rows: 5)
    var cells = [Cell](repeating: zero, count: window.cellCount)
    try RasterDataset(reading: folder.path("\(out)/otter_\(layer).tif"))
      .read(window, band: 1, into: &cells)
    return cells
  }

  /// Metres of ground from a cell's centre to the square of another.
  private static func distance(_ column: Int, _ row: Int, to other: (Int, Int)) -> Double {
    let dx = max(0, abs(Double(column - other.0)) - 0.5)
    let dy = max(0, abs(Double(row - other.1)) - 0.5)
    return (dx * dx + dy * dy).squareRoot() * 100 / 0.9996
  }

  @Test("scores follow from distances to the cells of water, up to the last knot")
  func scores() throws {
    try TemporaryFolder.with { folder in
      let result = try Self.options(folder).run()
      #expect(!result.warnings.contains { $0.slug == "water-none" || $0.slug == "layers-missing" })
      let scores = try Self.cells("score", Float(0), folder)
      let limiting = try Self.cells("limiting", UInt8(0), folder)
      for row in 0..<5 {
        for column in 0..<16 {
          let metres = Self.distance(column, row, to: (2, 2))
          let expected = 100 * (min(metres, 1000) / 1000).squareRoot()
          // Distances are right to some centimetres, of which the steepest curve makes 0.02.
          #expect(abs(Double(scores[row * 16 + column]) - expected) < 0.02)
          #expect(limiting[row * 16 + column] == (metres < 1000 ? 7 : 6))
        }
      }
      let names = try RasterDataset(reading: folder.path("out/otter_limiting.tif"))
        .categoryNames(ofBand: 1)
      #expect(names.count == 8 && names[7] == "Water" && names[6] == "Nothing limits")
    }
  }

  @Test("before the first knot a curve is as at the knot") func firstKnot() throws {
    try TemporaryFolder.with { folder in
      try Self.options(folder, curve: "[[120, 64], [1000, 100]]").run()
      let scores = try Self.cells("score", Float(0), folder)
      // In the water, at its side (50 m) and at its corner (71 m): 100 · √0.64.
      #expect(scores[2 * 16 + 2] == 80 && scores[2 * 16 + 3] == 80 && scores[16 + 3] == 80)
      #expect(scores[2 * 16 + 4] > 80)
    }
  }

  @Test("water beyond an extent counts as within") func beyondExtent() throws {
    try TemporaryFolder.with { folder in
      try Self.options(folder).run()
      var options = try Self.options(folder, out: "part")
      // Columns 6…15, without the water.
      options.inputs.extent = "500600,4799500,501600,4800000"
      let result = try options.run()
      #expect(!result.warnings.contains { $0.slug == "water-none" })
      let whole = try Self.cells("score", Float(0), folder)
      let part = try Self.cells("score", Float(0), folder, "part", columns: 10)
      var expected: [Float] = []
      for row in 0..<5 { expected += whole[row * 16 + 6..<row * 16 + 16] }
      #expect(part == expected)
    }
  }

  @Test("without any water all is far, and a run and a check say so") func noWater() throws {
    try TemporaryFolder.with { folder in
      let options = try Self.options(
        folder, land: [String](repeating: String(repeating: ".", count: 16), count: 5))
      let warning = try options.run().warnings.first { $0.slug == "water-none" }
      #expect(warning?.what.hasPrefix("there is no water within 1.0 km") == true)
      #expect(try Self.cells("score", Float(0), folder).allSatisfy { $0 == 100 })
      #expect(try Self.cells("limiting", UInt8(0), folder).allSatisfy { $0 == 6 })
      var check = CheckOptions()
      (check.inputs, check.models) = (options.inputs, options.models)
      let report = try check.check().run()
      #expect(report.warnings.contains { $0.slug == "water-none" })
      #expect(report.models.map(\.canRun) == [true] && report.models[0].missing.isEmpty)
    }
  }

  /// A layer of one shape in the grid's own system.
  private static func addWater(
    _ shape: String, _ folder: TemporaryFolder, to options: inout ScoreOptions
  ) throws {
    options.inputs.water = try folder.write("id,WKT\n1,\"\(shape)\"\n", to: "water.csv")
    options.inputs.assumedCRS = ["water=EPSG:32652"]
  }

  @Test("lines and outlines narrower than a cell count beside the land cover's water")
  func narrowWater() throws {
    try TemporaryFolder.with { folder in
      // Through the middle of column 12, and 10 m wide in the same column.
      for (shape, near, isOutline) in [
        ("LINESTRING (501250 4799000, 501250 4801000)", 1250.0, false),
        (
          "POLYGON ((501210 4799000, 501220 4799000, 501220 4801000, 501210 4801000, 501210 4799000))",
          1210.0, true
        ),
      ] {
        var options = try Self.options(folder, out: isOutline ? "outline" : "line")
        try Self.addWater(shape, folder, to: &options)
        let result = try options.run()
        // It is the centre of no cell: nothing of the land cover becomes water.
        #expect(result.warnings.contains { $0.slug == "water-elsewhere" } == isOutline)
        #expect(result.landCover.rows[0].parts.filter { $0 > 0 }.count == 2)
        let scores = try Self.cells("score", Float(0), folder, isOutline ? "outline" : "line")
        for column in [2, 4, 6, 8, 9, 10, 11] {
          let metres = min(
            Self.distance(column, 2, to: (2, 2)),
            (near - Double(column) * 100 - 50) / 0.9996)
          let expected = 100 * (metres / 1000).squareRoot()
          #expect(abs(Double(scores[2 * 16 + column]) - expected) < 0.02)
        }
        #expect(isOutline || scores[2 * 16 + 12] == 0)
      }
    }
  }

  @Test("an outline that holds centres is water of the land cover and of the distance alike")
  func outline() throws {
    try TemporaryFolder.with { folder in
      var options = try Self.options(folder)
      // The centres of columns 8 and 9 in the third row, as far as 3 m beyond the latter's eastern edge.
      try Self.addWater(
        "POLYGON ((500830 4799740, 501003 4799740, 501003 4799760, 500830 4799760, 500830 4799740))",
        folder, to: &options)
      let result = try options.run()
      #expect(result.warnings.allSatisfy { $0.slug != "water-elsewhere" })
      let scores = try Self.cells("score", Float(0), folder)
      #expect(scores[2 * 16 + 8] == 0 && scores[2 * 16 + 9] == 0)
      // East of it the outline is nearer than the cell's edge, west of it the cell's edge than the outline.
      let expected = [(10, 47.0), (7, 50)].map { ($0, 100 * ($1 / 999.6).squareRoot()) }
      for (column, score) in expected {
        #expect(abs(Double(scores[2 * 16 + column]) - score) < 0.02)
      }
    }
  }

  @Test("a layer of lines alone is refused where no model scores the distance")
  func linesWithoutModel() throws {
    try TemporaryFolder.with { folder in
      var options = try Self.options(folder)
      try Self.addWater("LINESTRING (501250 4799000, 501250 4801000)", folder, to: &options)
      options.models = [
        try folder.write(
          LandCoverModel.text(scores: [Double](repeating: 50, count: 10)), to: "cover.json")
      ]
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.slug == "water-empty")
    }
  }

  @Test("explain tells the distance and what it costs, as the rasters hold it")
  func explains() throws {
    try TemporaryFolder.with { folder in
      let options = try Self.options(folder)
      let degrees = try CoordinateTransform(
        from: CoordinateReferenceSystem(userInput: "EPSG:32652"),
        to: CoordinateReferenceSystem(userInput: "EPSG:4326"))
      func explained(_ column: Int) throws -> CellExplanation.Species {
        let place = degrees.transform(
          Point(x: 500_050 + 100 * Double(column), y: 4_799_750))
        var question = ExplainOptions()
        (question.inputs, question.models) = (options.inputs, options.models)
        question.place = "\(place.x),\(place.y)"
        return try question.explanation().species[0]
      }
      let near = try explained(6)
      let water = try #require(near.layers.first { $0.key == "water" })
      #expect(abs(Double(water.value ?? 0) - 350 / 0.9996) < 0.1 && water.unit == "m")
      #expect(!water.isAtLeast && water.name == "Distance to water")
      #expect(near.limitingCode == 7 && near.limitingName == "Distance to water")
      let far = try explained(15)
      #expect(far.layers.first { $0.key == "water" }?.isAtLeast == true)
      #expect(far.limitingCode == 6 && far.score == 100)
    }
  }

  @Test("a run is the same whatever the threads, and runs again from its record")
  func runsAgain() throws {
    try TemporaryFolder.with { folder in
      for threads in [1, 3] {
        var options = try Self.options(folder, out: "out\(threads)")
        options.threads = threads
        try Self.addWater("LINESTRING (501250 4799000, 501250 4801000)", folder, to: &options)
        try options.run()
      }
      #expect(
        SameBytesTests.differing(try folder.files(in: "out1"), try folder.files(in: "out3")) == [])
      var again = VerificationOptions(folder: folder.path("out1"))
      again.rerun = true
      let report = try again.verify()
      #expect(report.rerun == report.outputs)
      let record = String(decoding: try folder.contents(of: "out1/manifest.json"), as: UTF8.self)
      #expect(record.contains("water.csv"))
    }
  }
}
