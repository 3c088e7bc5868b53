import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

/// Outlines as they should not be, each with its area worked by hand from squares of 0.02°.
@Suite("Traps in outlines") struct ParkTrapTests {
  /// A collection of GeoJSON features, which may hold any rings, or none.
  private static func features(_ geometries: [String]) -> String {
    let features = geometries.enumerated().map { number, geometry in
      "{\"type\":\"Feature\",\"properties\":{\"park_id\":\"\(number + 1)\",\"name\":\"Park \(number + 1)\"},"
        + "\"geometry\":\(geometry)}"
    }
    return "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
  }

  private static func polygon(_ rings: [[(Double, Double)]]) -> String {
    let text = rings.map { ring in
      "[" + (ring + [ring[0]]).map { "[\($0.0),\($0.1)]" }.joined(separator: ",") + "]"
    }
    return "{\"type\":\"Polygon\",\"coordinates\":[\(text.joined(separator: ","))]}"
  }

  private static func square(_ west: Double, _ south: Double) -> [(Double, Double)] {
    [
      (west, south), (west + 0.02, south), (west + 0.02, south + 0.02), (west, south + 0.02),
    ]
  }

  private static func run(_ geometries: [String]) throws -> (
    result: ScoreResult, check: CheckReport
  ) {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.inputs.parks = try folder.write(features(geometries), to: "parks.geojson")
      var check = CheckOptions()
      check.inputs = options.inputs
      return (try options.run(), try check.check().run())
    }
  }

  /// The area of one square, as a run measures it.
  private static func squareArea() throws -> Double {
    try run([polygon([square(130.78, 43.27)])]).result.species[0].table.rows[0].area
  }

  @Test("parks without names are told which fields may hold them") func unnamed() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      let feature =
        "{\"type\":\"Feature\",\"properties\":{\"district\":\"North\",\"rank\":2},"
        + "\"geometry\":\(Self.polygon([Self.square(130.78, 43.3)]))}"
      options.inputs.parks = try folder.write(feature, to: "parks.geojson")
      (options.inputs.parkID, options.inputs.parkName) = (nil, nil)
      options.overwrite = true
      func warning() throws -> HabitatWarning? {
        try options.run().warnings.first { $0.slug == "parks-unnamed" }
      }
      let told = try #require(try warning())
      #expect(told.fix == "add --park-name district, where the first is \"North\"")
      #expect(told.what.hasSuffix("so the park goes by the number of the feature: 0"))
      options.inputs.parkName = "district"
      #expect(try warning() == nil)
      (options.inputs.parkID, options.inputs.parkName) = ("rank", nil)
      #expect(try warning() == nil)
    }
  }

  @Test("the field is proposed that tells most parks apart, else one that is called a name")
  func likeliestName() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      (options.inputs.parkID, options.inputs.parkName, options.overwrite) = (nil, nil, true)
      func fix(_ fields: [[String: String]]) throws -> String? {
        let features = try fields.enumerated().map { number, properties in
          let text = String(
            decoding: try JSONEncoder().encode(properties), as: UTF8.self)
          let shape = Self.polygon([Self.square(130.78 + 0.02 * Double(number), 43.3)])
          return "{\"type\":\"Feature\",\"properties\":\(text),\"geometry\":\(shape)}"
        }
        options.inputs.parks = try folder.write(
          "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}",
          to: "p.geojson")
        return try options.run().warnings.first { $0.slug == "parks-unnamed" }?.fix
      }
      let one = try fix([["A_CODE": "X", "NAME_EN": "North"]])
      #expect(one?.hasPrefix("add --park-name NAME_EN, where the first is \"North\"") == true)
      let two = try fix([
        ["A_CODE": "X", "NAME_EN": "National park"], ["A_CODE": "Y", "NAME_EN": "National park"],
      ])
      #expect(two?.hasPrefix("add --park-name A_CODE, where the first is \"X\"") == true)
      // A field of that name that holds nothing names nothing.
      let empty = try fix([["A_CODE": "X", "NAME_EN": ""]])
      #expect(empty?.hasPrefix("add --park-name A_CODE") == true)
    }
  }

  @Test("a bow tie is its two triangles, and told") func selfIntersection() throws {
    // Half of the square: two triangles that meet in its middle.
    let tie = [(130.78, 43.27), (130.80, 43.27), (130.78, 43.29), (130.80, 43.29)]
    let found = try Self.run([Self.polygon([tie])])
    #expect(found.check.warnings.contains { $0.slug == "park-repaired" })
    #expect(found.check.parks[0].wasRepaired)
    let row = found.result.species[0].table.rows[0]
    // As drawn the triangles take one another's area off, but for 0.0002 km² of the wider south.
    let half = (row.area).formatted(decimals: 3)
    let warning = try #require(found.result.warnings.first { $0.slug == "park-repaired" })
    #expect(warning.what.contains("Park 1 (0.000 → \(half))"), "\(warning.what)")
    // The southern triangle is wider on the ground by 0.01° of latitude: 1.6e-4 of it.
    #expect(abs(row.area / (try Self.squareArea()) - 0.5) < 2e-4)
    #expect(abs(row.residual) <= 1e-5 * row.area + 1e-4 * 0.09 + 4e-6)
  }

  @Test("a hole outside its shell is no negative area, and told") func holeOutside() throws {
    let found = try Self.run([
      Self.polygon([Self.square(130.78, 43.27), Self.square(130.82, 43.27).reversed()])
    ])
    let warning = try #require(found.result.warnings.first { $0.slug == "park-repaired" })
    let row = found.result.species[0].table.rows[0]
    let one = try Self.squareArea()
    // A square less a square, and two of them.
    let twice = (2 * one).formatted(decimals: 3)
    #expect(warning.what.contains("Park 1 (0.000 → \(twice))"), "\(warning.what)")
    // GEOS takes the stray ring for ground of its own, and both squares lie between the same parallels.
    #expect(abs(row.area / one - 2) < 1e-9, "\(row.area / one)")
    #expect(abs(row.residual) <= 1e-5 * row.area + 1e-4 * 0.09 + 4e-6)
  }

  @Test("rings run the wrong way round are the same park, without a word") func order() throws {
    let found = try Self.run([Self.polygon([Self.square(130.78, 43.27).reversed()])])
    #expect(!found.result.warnings.contains { $0.slug == "park-repaired" })
    #expect(found.result.species[0].table.rows[0].area == (try Self.squareArea()))
  }

  @Test("a park without a geometry keeps its row of 0 km², and is told", arguments: [true, false])
  func noGeometry(isNull: Bool) throws {
    let none = isNull ? "null" : "{\"type\":\"Polygon\",\"coordinates\":[]}"
    let found = try Self.run([Self.polygon([Self.square(130.78, 43.27)]), none])
    #expect(found.result.warnings.contains { $0.slug == "park-without-geometry" })
    let table = found.result.species[0].table
    #expect(table.rows.map(\.id) == ["1", "2"])
    #expect(table.rows[1].area == 0 && table.rows[1].parts.allSatisfy { $0 == 0 })
    #expect(table.total?.area == table.rows[0].area)
    #expect(found.check.parks.map(\.isEmpty) == [false, true])
  }

  @Test("a copy of a park is told, and counts once in the total") func duplicate() throws {
    let square = Self.polygon([Self.square(130.78, 43.27)])
    let found = try Self.run([square, square])
    #expect(found.result.warnings.contains { $0.slug == "park-duplicate" })
    let table = found.result.species[0].table
    #expect(table.rows[0].parts == table.rows[1].parts)
    #expect(abs(try #require(table.total).area - table.rows[0].area) <= 1e-9 * table.rows[0].area)
    let overlap = try #require(found.check.overlaps.first)
    #expect(abs(overlap.area - table.rows[0].area) <= 1e-9 * overlap.area)
  }
}
