import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

/// Outlines that cannot be taken as the file has them: the refusal names the park and the place.
@Suite("Outlines that make no sense") struct UnsoundOutlineTests {
  static func square(_ west: Double) -> [Point] { PolygonShape.box(west, 0, west + 1, 1).rings[0] }

  /// A latitude that stands nowhere else: writers refuse what is no number, so the file is changed.
  private static let mark = 0.515625

  private static func replaceMark(by value: Double, in path: String) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    func littleEndian(_ value: Double) -> Data {
      Data((0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) })
    }
    while let range = bytes.range(of: littleEndian(mark)) {
      bytes.replaceSubrange(range, with: littleEndian(value))
    }
    try bytes.write(to: URL(fileURLWithPath: path))
  }

  private static func shape(inHole: Bool) -> PolygonShape {
    var hole = PolygonShape.box(4.2, 0.2, 4.6, 0.6).rings[0].reversed() as [Point]
    var shell = square(4)
    if inHole { hole[1].y = mark } else { shell[2].y = mark }
    return PolygonShape(rings: [shell, hole])
  }

  @Test(
    "a point that is no number is refused in every format that can hold one, in holes, too",
    arguments: ["GPKG", "ESRI Shapefile", "FlatGeobuf", "SQLite"], [true, false])
  func noNumber(driver: String, inHole: Bool) throws {
    try TemporaryFolder.with { folder in
      let suffix = ["GPKG": "gpkg", "ESRI Shapefile": "shp", "FlatGeobuf": "fgb"][driver] ?? "db"
      for bad in [Double.nan, .infinity] {
        let path = folder.path("\(bad).\(suffix)")
        try [
          NamedPolygon("1", "North", .box(0, 0, 1, 1)),
          NamedPolygon("2", "South", Self.shape(inHole: inHole)),
        ].write(to: path, crs: "EPSG:4326", driver: driver)
        try Self.replaceMark(by: bad, in: path)
        let error = #expect(throws: HabitatError.self) { try PolygonLayer(reading: path, .init()) }
        #expect(error?.slug == "unreadable-features" && error?.kind == .input)
        #expect(error?.what.contains("South") == true && error?.location == path)
        #expect(error?.what.contains("in ring \(inHole ? 2 : 1)") == true)
        // Roads, settlements and water are refused alike, whatever part it is.
        let reader = try FeatureReader(reading: path, .init(.water))
        let refusal = #expect(throws: HabitatError.self) { try reader.forEachPart { _ in } }
        #expect(refusal?.slug == "unreadable-features")
      }
    }
  }

  @Test("lines and points that are no numbers are refused", arguments: [true, false])
  func linesAndPoints(isLine: Bool) throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("r.gpkg")
      let bad = Point(x: 1, y: Self.mark)
      let writer = try VectorWriter(creating: path)
      try writer.addLayer(
        "roads", crs: try CoordinateReferenceSystem(userInput: "EPSG:4326"),
        kind: isLine ? .line : .point, fields: [],
        features: [
          (isLine ? .line([Point(x: 0, y: 0), bad, Point(x: 2, y: 0)]) : .point(bad), [])
        ])
      try writer.close()
      try Self.replaceMark(by: -.infinity, in: path)
      let reader = try FeatureReader(reading: path, .init(.roads))
      let error = #expect(throws: HabitatError.self) { try reader.forEachPart { _ in } }
      #expect(error?.slug == "unreadable-features")
      #expect(error?.what.contains("feature 1 ") == true)
    }
  }

  @Test(
    "a ring that does not close, or has too few points, is refused by name",
    arguments: [
      ("[[0,0],[4,0],[4,4],[0,4]]", "does not end where it begins"),
      ("[[0,0],[4,0],[0,0]]", "fewer than four points"),
    ])
  func rings(ring: String, word: String) throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write(
        PolygonLayerTests.geoJSON([
          "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[4,4],[0,0]]]}",
          "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[9,0],[9,1],[8,1],[9,0]]],[\(ring)]]}",
        ]), to: "p.geojson")
      let error = #expect(throws: HabitatError.self) { try PolygonLayer(reading: path, .init()) }
      #expect(error?.slug == "unreadable-features")
      #expect(error?.what.contains("the outline of p1 ") == true)
      #expect(error?.what.contains(word) == true)
      #expect(error?.what.hasSuffix("in ring 1 of part 2") == true)
    }
  }

  @Test("an outline of no area that is closed is none of these: it is repaired to nothing")
  func flat() throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write(
        PolygonLayerTests.geoJSON([
          "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[2,0],[0,0]]]}"
        ]), to: "p.geojson")
      let feature = try #require(try PolygonLayer(reading: path, .init()).features.first)
      #expect(feature.shape.isEmpty && feature.drawn?.rings.count == 1)
    }
  }
}
