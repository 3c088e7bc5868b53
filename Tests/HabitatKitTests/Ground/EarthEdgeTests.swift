import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Maps of the whole Earth") struct EarthEdgeTests {
  private static let radius = 6_371_007.181
  private static let earth = 4 * Double.pi * radius * radius / 1e6

  private func run(
    _ projection: String, width: Double, height: Double, columns: Int, rows: Int? = nil,
    in folder: TemporaryFolder, _ change: (inout ScoreOptions) throws -> Void = { _ in }
  ) throws -> ScoreResult {
    let rows = rows ?? columns / 2
    let grid = try Grid.northUp(
      projection, west: -width / 2, north: height / 2, step: width / Double(columns),
      rowStep: height / Double(rows), columns: columns, rows: rows)
    try Raster(grid) { column, _ in UInt8(1 + column % 2) }
      .write(to: folder.path("world.tif"), on: grid)
    var options = ScoreOptions()
    options.models = [
      try folder.write(
        LandCoverModel.text(scores: [0, 40, 70, 90, 10, 10, 10, 10, 10, 10]), to: "cover.json")
    ]
    options.inputs.landCover = [folder.path("world.tif")]
    options.inputs.legend = "ten_categories"
    options.output = folder.path("out")
    try change(&options)
    return try options.run()
  }

  /// The frame of the sinusoidal map is π/2 times as large as the Earth, that of Mollweide's 4/π times.
  @Test(
    "cells beyond the edge of the map have no area, and none counts twice",
    arguments: [
      ("+proj=sinu +R=6371007.181 +units=m", 2 * Double.pi, Double.pi, 1 - 2 / Double.pi),
      (
        "+proj=moll +R=6371007.181 +units=m", 4 * 2.0.squareRoot(), 2 * 2.0.squareRoot(),
        1 - .pi / 4
      ),
    ])
  func wholeEarth(projection: String, width: Double, height: Double, beyond: Double) throws {
    try TemporaryFolder.with { folder in
      let result = try run(
        projection, width: width * Self.radius, height: height * Self.radius, columns: 240,
        in: folder)
      let row = result.landCover.rows[0]
      // Cells at the edge count as far as they lie on the Earth, measured along 17 lines a row.
      #expect(abs(row.area / Self.earth - 1) < 2e-5)
      #expect(abs(row.residual) <= 1e-5 * row.area)
      let warning = try #require(result.warnings.first { $0.slug == "grid-beyond-earth" })
      let cells = try #require(Int(warning.what.prefix { $0 != " " }.filter(\.isNumber)))
      // The edge, which passes cells of 240 half rows and as many columns, takes half a cell from each.
      let cut = 0.5 * 480 / (240 * 120)
      #expect(abs(Double(cells) / (240 * 120) - beyond + cut) < 0.4 * cut)
      #expect(!result.warnings.contains { $0.slug == "balance-off" })
      var check = CheckOptions()
      check.inputs.landCover = [folder.path("world.tif")]
      check.inputs.legend = "ten_categories"
      let report = try check.check().run()
      #expect(report.warnings.map(\.slug) == ["grid-beyond-earth"])
      let sum = try #require(report.landCover).codes.reduce(0) { $0 + $1.area }
      #expect(abs(sum / row.area - 1) < 1e-9)
    }
  }

  /// Cells of 6000 km, which the edge cuts at a third: 510,065,622 km² without the caps beyond 88.96°, by
  /// pyproj's `Geod.polygon_area_perimeter`.
  @Test("cells that the edge cuts have the area of their part on the Earth") func cutCells() throws
  {
    try TemporaryFolder.with { folder in
      let result = try run(
        "EPSG:3857", width: 60_000_000, height: 60_000_000, columns: 10, rows: 10, in: folder)
      #expect(abs(result.landCover.rows[0].area / 509_981_085.876 - 1) < 1e-7)
      #expect(result.warnings.contains { $0.slug == "grid-beyond-earth" })
    }
  }

  /// A frame that ends 0.4 rows beyond the poles.
  @Test("a row that the pole cuts has the area up to it") func cutRow() throws {
    try TemporaryFolder.with { folder in
      let pole = Self.radius  // of the cylindrical equal-area map
      let result = try run(
        "+proj=cea +R=6371007.181 +units=m", width: 2 * .pi * Self.radius,
        height: 2 * pole * 10 / 9.2, columns: 20, rows: 10, in: folder)
      #expect(abs(result.landCover.rows[0].area / Self.earth - 1) < 1e-6)
    }
  }

  @Test("a park at the edge keeps its area, cell by cell") func park() throws {
    try TemporaryFolder.with { folder in
      let result = try run(
        "+proj=sinu +R=6371007.181 +units=m", width: 2 * .pi * Self.radius,
        height: .pi * Self.radius, columns: 720, in: folder
      ) { options in
        try [NamedPolygon("1", "Park", .box(170, 40, 179.9, 50))].write(
          to: folder.path("parks.gpkg"), crs: "+proj=longlat +R=6371007.181")
        options.inputs.parks = folder.path("parks.gpkg")
      }
      let row = result.landCover.rows[0]
      // R² · Δλ · (sin 50° − sin 40°)
      let expected =
        Self.radius * Self.radius / 1e6 * 9.9 * .pi / 180
        * (0.766_044_443_119 - 0.642_787_609_687)
      #expect(abs(row.area / expected - 1) < 1e-6)
      #expect(abs(row.residual) <= 1e-5 * row.area)
      #expect(!result.warnings.contains { $0.slug == "grid-beyond-earth" })
    }
  }

  @Test("a world in equirectangular metres has no cell beyond") func rectangle() throws {
    try TemporaryFolder.with { folder in
      let result = try run(
        "+proj=eqc +R=6371007.181 +units=m", width: 2 * .pi * Self.radius,
        height: .pi * Self.radius, columns: 240, in: folder)
      #expect(!result.warnings.contains { $0.slug == "grid-beyond-earth" })
    }
  }
}
