import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

/// Numbers that no place, cell or curve has: told or borne, never a trap of the processor.
@Suite("Wild numbers") struct WildNumberTests {
  private static let wild = ["95", "-91", "400", "1e300", "1e308", "-1e308", "1e-308"]

  private static func collection(_ geometries: [String]) -> String {
    let features = geometries.map {
      "{\"type\":\"Feature\",\"properties\":{},\"geometry\":\($0)}"
    }
    return "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
  }

  private static let road =
    "{\"type\":\"LineString\",\"coordinates\":[[130.70,43.28],[130.85,43.29]]}"

  /// Lines and areas with a corner beyond the poles.
  private static func stray(_ latitude: String) -> [String] {
    [
      "{\"type\":\"Point\",\"coordinates\":[130.8,\(latitude)]}",
      "{\"type\":\"LineString\",\"coordinates\":[[130.8,\(latitude)],[130.9,\(latitude)]]}",
      "{\"type\":\"LineString\",\"coordinates\":[[130.8,\(latitude)],[130.75,43.33]]}",
    ]
  }

  private static func areas(
    roads: [String], settlements: [String]
  ) throws -> (tables: [[Double]], slugs: Set<String>) {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.inputs.roads = try folder.write(collection(roads), to: "r.geojson")
      options.inputs.settlements = try folder.write(collection(settlements), to: "s.geojson")
      let result = try options.run()
      return (
        result.species[0].table.rows.map { $0.parts + [$0.nodata] },
        Set(result.warnings.map(\.slug))
      )
    }
  }

  @Test(
    "a line to a place beyond the poles is warned about and adds no distance",
    arguments: ["95", "-91", "400", "1e300", "1e308", "-1e308"])
  func beyondPoles(latitude: String) throws {
    let without = try Self.areas(roads: [Self.road], settlements: [Self.road])
    let with = try Self.areas(
      roads: [Self.road] + Self.stray(latitude).dropFirst(),
      settlements: [Self.road] + Self.stray(latitude))
    #expect(with.slugs.isSuperset(of: ["roads-misplaced", "settlements-misplaced"]))
    #expect(!without.slugs.contains("roads-misplaced"))
    // The point of the last line that is a place is a settlement, but its line is none.
    #expect(with.tables.count == without.tables.count)
    for table in with.tables { #expect(table.allSatisfy { $0 >= 0 }) }
  }

  @Test("a line that lies wholly beyond the poles changes nothing")
  func whollyBeyond() throws {
    let without = try Self.areas(roads: [Self.road], settlements: [Self.road])
    let stray = Self.stray("95")[1]
    let with = try Self.areas(
      roads: [Self.road, stray], settlements: [Self.road, Self.stray("95")[0], stray])
    #expect(with.tables == without.tables)
    #expect(with.slugs.subtracting(without.slugs) == ["roads-misplaced", "settlements-misplaced"])
  }

  /// Either the run ends well or an error says why not.
  private static func outcome(
    _ change: (TemporaryFolder, inout ScoreOptions) throws -> Void
  ) throws -> String? {
    try TemporaryFolder.with { folder -> String? in
      var options = try TestLandscape(in: folder).options()
      options.layers = "class"
      try change(folder, &options)
      do {
        try options.run()
        return nil
      } catch let error as HabitatError {
        return error.slug
      }
    }
  }

  @Test(
    "extents and resolutions of any size are refused by name",
    arguments: [
      ("-1e308,-1e308,1e308,1e308", nil), ("-1e300,-1e300,1e300,1e300", "1e299"),
      ("1e300,1e300,2e300,2e300", nil), ("inf,0,1,1", nil), ("nan,0,1,1", nil),
      ("640000,4790000,650000,4800000", "1e-300"), ("640000,4790000,650000,4800000", "1e300"),
      ("640000,4790000,650000,4800000", "nan"), (nil, "1e-300"), (nil, "1e300"), (nil, "1e-7"),
      ("5e15,5e15,5.1e15,5.1e15", "1e13"),
    ] as [(String?, String?)])
  func grids(extent: String?, resolution: String?) throws {
    let slug = try Self.outcome { _, options in
      (options.inputs.extent, options.inputs.resolution) = (extent, resolution)
    }
    #expect(["bad-grid", "bad-option", "extent-elsewhere"].contains(slug))
  }

  @Test("a resolution far below the land cover's, and an extent to go with it, is a grid")
  func fineGrid() throws {
    let slug = try Self.outcome { folder, options in
      options.inputs.extent = "642000,4797000,642002,4797002"
      options.inputs.resolution = "0.05"
      options.inputs.parks = nil
      options.inputs.parkID = nil
      try Raster(columns: 40, rows: 32, filledWith: UInt8(3)).write(
        to: folder.path("landcover.tif"),
        on: .northUp(
          "EPSG:32652", west: 640_000, north: 4_800_000, step: 300, columns: 40, rows: 32))
    }
    #expect(slug == nil)
  }

  @Test("parks, places and bands of any number", arguments: wild)
  func others(number: String) throws {
    let parks = try Self.outcome { folder, options in
      options.inputs.parks = try folder.write(
        Self.collection([
          "{\"type\":\"Polygon\",\"coordinates\":[[[130.8,43.3],[130.82,43.3],[130.8,\(number)],"
            + "[130.8,43.3]]]}"
        ]), to: "p.geojson")
      options.inputs.parkID = nil
    }
    // In degrees of any size, or beyond the poles: drawn, or refused by name.
    #expect(parks == nil || parks?.isEmpty == false)
    try TemporaryFolder.with { folder in
      let options = try TestLandscape(in: folder).options()
      var question = ExplainOptions()
      (question.inputs, question.species) = (options.inputs, "leopard")
      question.place = "\(number),43.3"
      let error = #expect(throws: HabitatError.self) { try question.explanation() }
      #expect(error?.slug == "place-outside")
    }
  }

  @Test(
    "curves reach as far as numbers do",
    arguments: [
      "[[0, 0], [1e308, 100]]", "[[-1e308, 10], [1e308, 100]]", "[[0, 5], [1e-308, 100]]",
      "[[0, 5], [1e-320, 100]]",
    ])
  func curves(curve: String) throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      let text = LandCoverModel.text(scores: [0, 15, 29, 30, 45, 59, 60, 79, 80, 100])
        .replacing(
          "layers: {",
          with: """
            layers: { roads: { weight: 1, unit: "m", curve: \(curve), optional: true },
            elevation: { weight: 1, unit: "m", curve: \(curve) },
            """)
      options.models = [try folder.write(text, to: "m.json")]
      options.species = nil
      options.inputs.roads = try folder.write(Self.collection([Self.road]), to: "r.geojson")
      try options.run()
      _ = try RunReport(folder: folder.path("out")).write()
      #expect(folder.has("out/report.html"))
    }
  }
}
