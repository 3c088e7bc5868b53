import Documents
import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing
import ZonalStatistics

/// Published and peer-computed results for real data; each set's README says how they were made.
@Suite(
  "Real data against other programs",
  .enabled(if: SharedData.isPresent, "the shared data sets are absent"))
struct RealLandscapeTests {
  /// A run of land cover alone with a legend; every category has a class of its own accord.
  private func run(
    _ landCover: String, legend: String, parks: String? = nil, in folder: TemporaryFolder,
    _ change: (inout ScoreOptions) -> Void = { _ in }
  ) throws -> ScoreResult {
    var options = ScoreOptions()
    options.models = [
      try folder.write(
        LandCoverModel.text(scores: [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]), to: "cover.json")
    ]
    options.inputs.landCover = [SharedData.path(landCover)]
    options.inputs.legend = legend
    options.inputs.parks = parks.map(SharedData.path)
    options.output = folder.path("out")
    options.layers = "class,score"
    change(&options)
    return try options.run()
  }

  private static let leopardPark = "land-of-the-leopard/land_of_the_leopard_osm.geojson"
  private static let modis =
    "modis-mcd12c1-2019/mcd12c1_2019_igbp_primorye_125-140E_38-49N.tif"
  /// Of peer_results.json: exactextract 0.3.0, shares of covered cells.
  private static let fractions = [
    0: 0.00030338, 4: 0.93947275, 5: 0.00901331, 8: 0.0300388, 10: 0.02117176,
  ]

  @Test("the cells under Land of the Leopard are those of exactextract")
  func leopardParkCells() throws {
    let park = try PolygonLayer(reading: SharedData.path(Self.leopardPark), .init())
    let dataset = try RasterDataset(reading: SharedData.path(Self.modis))
    let geotransform = dataset.geotransform
    let grid = Grid(
      crs: try #require(park.crs), geotransform: try #require(geotransform),
      columns: dataset.columns, rows: dataset.rows)
    var codes = [UInt8](repeating: 0, count: grid.cellCount)
    try dataset.read(grid.window, band: 1, into: &codes)
    let coverage = ZoneCoverage(of: park.features[0].shape, in: grid)
    var sums: [Int: Double] = [:]
    for row in coverage.rowRange {
      for run in coverage.runs(inRow: row) {
        for column in run.columns {
          sums[Int(codes[row * grid.columns + column]), default: 0] += run.fraction
        }
      }
    }
    let cells = sums.values.reduce(0, +)
    #expect(abs(cells - 115.07220559021526) < 1e-5)  // exactextract adds up floats
    #expect(sums.keys.sorted() == Self.fractions.keys.sorted())
    for (code, fraction) in Self.fractions {
      #expect(abs(sums[code]! / cells - fraction) < 2e-8)  // eight decimals are given
    }
  }

  /// The same in km², the datum of the raster being unknown. Cells grow by 2.1 % from the north of the
  /// park to its south, so shares of land differ from shares of cells by at most that.
  @Test("the km² of Land of the Leopard are the peers' fractions of its area")
  func leopardPark() throws {
    try TemporaryFolder.with { folder in
      let result = try run(
        Self.modis, legend: "mcd12c1_igbp", parks: Self.leopardPark, in: folder)
      #expect(result.warnings.contains { $0.slug == "datum-unknown" })
      let row = result.landCover.rows[0]
      // README: 2,598.4 km² with vertices placed in an equal-area projection, where edges bend by less
      // than a metre.
      #expect(abs(row.area - 2598.4) < 0.1)
      let expected = [
        LandCategory.forestBroadleaf: 4, .forestMixed: 5, .shrub: 8, .meadow: 10, .water: 0,
      ].mapValues { Self.fractions[$0]! }
      for category in LandCategory.allCases {
        let fraction = row.parts[Int(category.rawValue) - 1] / row.area
        let other = expected[category] ?? 0
        #expect(abs(fraction - other) <= 0.021 * min(other, 1 - other) + 1e-8)
      }
    }
  }

  /// expected_terra_1.7-3.csv has geodesic areas: edges are shortest lines there and straight in
  /// longitude and latitude here. Between the two, an edge of length L along a parallel encloses
  /// L³ · tan φ / 12 R; no other edge encloses twice that. Areas are given to 0.01 m².
  @Test("the cantons of Luxembourg have the areas that terra measures")
  func luxembourg() throws {
    try TemporaryFolder.with { folder in
      let legend = try folder.write("DEFAULT=1\n", to: "legend.txt")
      let result = try run(
        "terra-luxembourg/elev.tif", legend: legend, parks: "terra-luxembourg/lux.shp", in: folder
      ) {
        $0.inputs.parkID = "ID_2"
        $0.inputs.parkName = "NAME_2"
      }
      let text = try String(
        contentsOfFile: SharedData.path("terra-luxembourg/expected_terra_1.7-3.csv"),
        encoding: .utf8)
      let cantons = try PolygonLayer(
        reading: SharedData.path("terra-luxembourg/lux.shp"), .init(idField: "ID_2"))
      let lines = text.split(separator: "\n").dropFirst().map { CSVText.fields(of: String($0)) }
      #expect(lines.count == 12)
      for line in lines {
        let row = try #require(result.landCover.row(line[2]))
        #expect(row.name == line[1])
        let shape = try #require(cantons.features.first { $0.id == line[2] }).shape
        let bend = 2 * Self.bend(of: shape)
        #expect(bend < 5e-5 * row.area)
        #expect(abs(row.area - Double(line[4])!) < bend + 1e-8)
        #expect(abs(row.residual) <= 1e-5 * row.area + 1e-4 * 0.55 + 4e-6)
      }
      #expect(result.landCover.rows.map(\.id) == (1...12).map(String.init))
    }
  }

  /// Km² between the edges of a shape in degrees and the shortest lines between its points, at most.
  static func bend(of shape: PolygonShape) -> Double {
    let radius = 6371.0
    return shape.rings.map { ring in
      ring.indices.reduce(0) { sum, index in
        let (a, b) = (ring[index], ring[(index + 1) % ring.count])
        let latitude = (a.y + b.y) / 2 * .pi / 180
        let (east, north) = ((b.x - a.x) * cos(latitude), b.y - a.y)
        let length = hypot(east, north) * .pi / 180 * radius
        return sum + length * length * length * tan(latitude) / (12 * radius)
      }
    }.reduce(0, +)
  }

  /// expected_class_areas.json: by row the ellipsoidal area of a Web Mercator cell. Seventeen codes go
  /// into ten categories, so some are summed.
  @Test("the classes of California have the ellipsoidal areas of their cells")
  func california() throws {
    try TemporaryFolder.with { folder in
      let data = try Data(
        contentsOf: URL(
          fileURLWithPath: SharedData.path("ecoscape-california/expected_class_areas.json")))
      let document = try DocumentNode(
        json5: data, file: "expected", slug: "test", failure: HabitatError.inDocument)
      let classes = try document.members()["classes"]!.members()
      let codes = classes.keys.compactMap(Int.init).sorted()
      #expect(codes.count == 17)
      var (rules, expected) = ("0 = NULL\n", [Double](repeating: 0, count: 10))
      for (index, code) in codes.enumerated() {
        rules += "\(code) = \(index % 10 + 1)\n"
        expected[index % 10] += try classes[String(code)]!.members()["km2"]!.number()
      }
      rules += "* = NULL\n"
      let legend = try folder.write(rules, to: "legend.txt")
      let result = try run("ecoscape-california/terrain_CA.tif", legend: legend, in: folder)
      let row = result.landCover.rows[0]
      for (mine, other) in zip(row.parts, expected) {
        // A row's area at its centre and not over its height: (377 m / 6371 km)² / 24 is 1.5e-10.
        #expect(abs(mine - other) <= 1e-8 * other + 2e-6)
      }
      // README: all cells 8,967.46 km².
      #expect(abs(row.area - 8967.46) < 0.005)
    }
  }

  /// README: counts by R's raster package.
  @Test("the cells of Podlasie fall into the categories that their codes say")
  func podlasie() throws {
    try TemporaryFolder.with { folder in
      _ = try run("podlasie-ccilc/podlasie_ccilc.tif", legend: "esa_cci_lc", in: folder)
      let dataset = try RasterDataset(reading: folder.path("out/cover_score.tif"))
      var scores = [Float](repeating: 0, count: dataset.columns * dataset.rows)
      try dataset.read(
        Window(column: 0, row: 0, columns: dataset.columns, rows: dataset.rows), band: 1,
        into: &scores)
      // The score of category c is 10 · (c − 1).
      var counts = [Int](repeating: 0, count: 11)
      for score in scores { counts[score < 0 ? 0 : Int(score / 10) + 1] += 1 }
      let expected: [LandCategory: Int] = [
        .cultivated: 48310 + 30543 + 16265,  // 10, 11, 30
        .shrub: 313 + 4182,  // 40, 100
        .forestBroadleaf: 7148 + 83,  // 60, 61
        .forestConifer: 23603,  // 70
        .forestMixed: 6418,  // 90
        .meadow: 94 + 23128 + 6308,  // 110, 130, 180
        .built: 1969,  // 190
        .water: 1183,  // 210
      ]
      #expect(counts[0] == 0)
      for category in LandCategory.allCases {
        #expect(counts[Int(category.rawValue)] == expected[category] ?? 0)
      }
    }
  }
}
