import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite("Polygons of vector files")
struct PolygonLayerTests {
  /// GeoJSON with one feature a geometry, by the name of its position.
  static func geoJSON(_ geometries: [String]) -> String {
    let features = geometries.enumerated().map {
      "{\"type\":\"Feature\",\"properties\":{\"Name\":\"p\($0.offset)\"},\"geometry\":\($0.element)}"
    }
    return "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
  }

  private func read(_ text: String) throws -> PolygonLayer {
    try TemporaryFolder.with { folder in
      try PolygonLayer(reading: folder.write(text, to: "p.geojson"), .init())
    }
  }

  /// The shoelace formula; holes run the other way and are taken off.
  static func area(_ shape: PolygonShape) -> Double {
    shape.rings.map { ring in
      ring.indices.reduce(0) { sum, index in
        let (a, b) = (ring[index], ring[(index + 1) % ring.count])
        return sum + (a.x * b.y - b.x * a.y) / 2
      }
    }.reduce(0, +)
  }

  @Test("polygons of a collection that lie over one another are made valid, nested ones too")
  func collections() throws {
    func square(_ west: Int) -> String {
      "{\"type\":\"Polygon\",\"coordinates\":[[[\(west),0],[\(west + 4),0],[\(west + 4),4],"
        + "[\(west),4],[\(west),0]]]}"
    }
    func collection(_ parts: [String]) -> String {
      "{\"type\":\"GeometryCollection\",\"geometries\":[\(parts.joined(separator: ","))]}"
    }
    let point = "{\"type\":\"Point\",\"coordinates\":[1,1]}"
    let features = try read(
      Self.geoJSON([
        collection([square(0), point, square(2)]),
        collection([square(0), collection([square(2)])]),
        collection([square(0), point, square(6)]),
      ])
    ).features
    // Two squares of 16 that share 8, and two apart.
    #expect(features.map { Self.area($0.shape) } == [24, 24, 32])
    #expect(features.map { $0.drawn != nil } == [true, true, false])
    #expect(features.map(\.isPolygonal) == [true, true, true])
  }

  @Test("land under two polygons of a park counts once: crossing, nested, or filling a hole")
  func overlappingPolygons() throws {
    func ring(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> String {
      "[[\(x),\(y)],[\(x + width),\(y)],[\(x + width),\(y + height)],[\(x),\(y + height)],[\(x),\(y)]]"
    }
    func polygons(_ parts: [String]) -> String {
      "{\"type\":\"MultiPolygon\",\"coordinates\":[\(parts.map { "[\($0)]" }.joined(separator: ","))]}"
    }
    let frame = ring(0, 0, 8, 8) + "," + ring(2, 2, 4, 4)
    let features = try read(
      Self.geoJSON([
        // 4 × 4 and 4 × 4 that cross in 2 × 3.
        polygons([ring(0, 0, 4, 4), ring(2, 1, 4, 4)]),
        polygons([ring(0, 0, 8, 8), ring(2, 2, 4, 4)]), polygons([frame, ring(2, 2, 4, 4)]),
        polygons([frame, ring(4, 2, 4, 4)]),
        polygons([ring(0, 0, 4, 4), ring(1, 1, 4, 4), ring(2, 2, 4, 4)]),
      ])
    ).features
    #expect(features.map { Self.area($0.shape) } == [26, 64, 64, 56, 30])
    #expect(features.map { $0.drawn != nil } == [true, true, true, true, true])
  }

  @Test("triangles are polygons, alone and in collections")
  func triangles() throws {
    try TemporaryFolder.with { folder in
      let triangle = "TRIANGLE((0 0,2 0,0 2,0 0))"
      let path = try folder.write(
        "WKT,name\n\"\(triangle)\",a\n"
          + "\"GEOMETRYCOLLECTION(\(triangle),POLYGON((4 0,5 0,5 1,4 1,4 0)))\",b\n"
          + "\"TIN(((0 0,2 0,0 2,0 0)),((2 0,2 2,0 2,2 0)))\",c\n", to: "t.csv")
      let features = try PolygonLayer(reading: path, .init()).features
      #expect(features.map { Self.area($0.shape) } == [2, 3, 4])
    }
  }

  @Test("arcs are made straight finely: a circle keeps its area to a millionth")
  func arcs() throws {
    try TemporaryFolder.with { folder in
      let text = "\"CURVEPOLYGON(CIRCULARSTRING(0 -1,1 0,0 1,-1 0,0 -1))\""
      let path = try folder.write("WKT,name\n\(text),c\n", to: "c.csv")
      let shape = try #require(try PolygonLayer(reading: path, .init()).features.first?.shape)
      #expect(abs(Self.area(shape) / Double.pi - 1) < 1e-6)
    }
  }

  @Test("what makes a query of a condition is refused", arguments: ["LIMIT 1", "ORDER BY fid"])
  func conditionIsNoQuery(more: String) throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("p.gpkg")
      try [NamedPolygon("1", "a", .box(0, 0, 1, 1)), NamedPolygon("2", "b", .box(2, 0, 3, 1))]
        .write(to: path, crs: "EPSG:4326")
      #expect(try PolygonLayer(reading: path, .init(condition: "fid > 0")).features.count == 2)
      let error = #expect(throws: HabitatError.self) {
        try PolygonLayer(reading: path, .init(condition: "fid > 0 \(more)"))
      }
      #expect(error?.slug == "bad-condition")
    }
  }

  @Test("a GML file gets no file beside it, and those that it has are told")
  func gml() throws {
    try TemporaryFolder.with { folder in
      let gml = """
        <?xml version="1.0"?><ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/"
        xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><ogr:p><ogr:name>a</ogr:name>
        <ogr:geometryProperty><gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>
        0,0 1,0 1,1 0,0</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>
        </ogr:geometryProperty></ogr:p></gml:featureMember></ogr:FeatureCollection>
        """
      let path = try folder.write(gml, to: "g/p.gml")
      let layer = try PolygonLayer(reading: path, .init())
      #expect(layer.features.map(\.name) == ["a"])
      #expect(try folder.files(in: "g").count == 1)
      #expect(layer.files == [path])
      try folder.write(
        """
        <GMLFeatureClassList><GMLFeatureClass><Name>p</Name><ElementPath>p</ElementPath>
        <GeometryElementPath>geometryProperty</GeometryElementPath>
        <PropertyDefn><Name>name</Name><ElementPath>name</ElementPath><Type>String</Type>
        </PropertyDefn></GMLFeatureClass></GMLFeatureClassList>
        """, to: "g/p.gfs")
      #expect(try PolygonLayer(reading: path, .init()).files == [path, folder.path("g/p.gfs")])
    }
  }

  @Test("changes beside a GeoPackage are refused, and stay where they are")
  func writeAheadLog() throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write("{}", to: "p.gpkg")
      let log = try folder.write("changes", to: "p.gpkg-wal")
      let error = #expect(throws: HabitatError.self) {
        try PolygonLayer(reading: path, .init())
      }
      #expect(error?.slug == "changes-beside-file" && error?.kind == .input)
      #expect(error?.location == log)
      #expect(try String(contentsOfFile: log, encoding: .utf8) == "changes")
    }
  }

  @Test("shells run counter-clockwise, holes clockwise, whatever the file has; areas add up")
  func orientation() throws {
    // A square of 4 × 4 with a hole of 1 × 1, both given clockwise.
    let layer = try read(
      Self.geoJSON([
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[0,4],[4,4],[4,0],[0,0]],"
          + "[[1,1],[1,2],[2,2],[2,1],[1,1]]]}"
      ]))
    let shape = try #require(layer.features.first?.shape)
    #expect(shape.rings.map(\.count) == [4, 4])
    #expect(shape.rings.map { Self.area(PolygonShape(rings: [$0])) } == [16, -1])
    #expect(layer.features[0].name == "p0")
    #expect(layer.features[0].drawn == nil)
  }

  @Test("a polygon that crosses itself is repaired and says so")
  func bowTie() throws {
    let layer = try read(
      Self.geoJSON([
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}"
      ]))
    #expect(layer.features[0].drawn != nil)
    // Two triangles with a base of 2 and a height of 1.
    #expect(abs(Self.area(layer.features[0].shape) - 2) < 1e-12)
  }

  @Test("heights and parts of several polygons are taken, points and lines are not polygons")
  func kinds() throws {
    let layer = try read(
      Self.geoJSON([
        "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0,5],[1,0,5],[1,1,5],[0,0,5]]],"
          + "[[[5,5,1],[6,5,1],[6,6,1],[5,5,1]]]]}",
        "{\"type\":\"Point\",\"coordinates\":[0,0]}", "null",
      ]))
    #expect(layer.features.map(\.isPolygonal) == [true, false, true])
    #expect(layer.features.map(\.shape.rings.count) == [2, 0, 0])
  }

  static let park = NamedPolygon("7", "Seven", .box(0, 0, 1, 1))

  private func failure(
    _ path: String, _ selection: PolygonLayer.Selection = .init()
  ) -> HabitatError? {
    #expect(throws: HabitatError.self) { try PolygonLayer(reading: path, selection) }
  }

  @Test("of several layers one must be named, and the names are told")
  func severalLayers() throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("p.gpkg")
      try [Self.park].write(to: path, crs: "EPSG:4326", layers: ["north", "south"])
      #expect(failure(path)?.slug == "layer-ambiguous")
      #expect(failure(path)?.fix.contains("north, south") == true)
      #expect(failure(path, .init(layer: "west"))?.slug == "layer-unknown")
      #expect(failure(path, .init(layer: "west"))?.fix.contains("north, south") == true)
      #expect(try PolygonLayer(reading: path, .init(layer: "south")).layer == "south")
    }
  }

  @Test("the only layer of polygons is taken among points and lines")
  func onlyPolygons() throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("p.gpkg")
      let crs = try CoordinateReferenceSystem(userInput: "EPSG:4326")
      let writer = try VectorWriter(creating: path)
      try writer.addLayer(
        "peaks", crs: crs, kind: .point, fields: [],
        features: [(.point(Point(x: 0, y: 0)), [])])
      try writer.addLayer(
        "roads", crs: crs, kind: .line, fields: [],
        features: [(.line([Point(x: 0, y: 0), Point(x: 1, y: 1)]), [])])
      try writer.addLayer(
        "parks", crs: crs, kind: .polygon, fields: [],
        features: [(.polygon(Self.park.shape), [])])
      try writer.close()
      #expect(try PolygonLayer(reading: path, .init()).layer == "parks")
    }
  }

  @Test(
    "a condition is one condition, of a database, too",
    arguments: [
      ("1=1; DROP TABLE parks", "another statement"), ("", "empty"), (" \n", "empty"),
      ("1=1) OR (1=1", "parentheses"), ("name = 'a", "quote"), ("1=1 -- all", "comment"),
      ("name = 'b' /* or */", "comment"),
      (
        "fid IN (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c)",
        "query"
      ), ("fid = (select(max(fid)) from parks)", "query"),
    ])
  func oneCondition(condition: String, word: String) throws {
    try TemporaryFolder.with { folder in
      try [NamedPolygon("1", "a;b--", .box(1, 1, 2, 2))].write(
        to: folder.path("a.gpkg"), crs: "EPSG:4326")
      let error = #expect(throws: HabitatError.self) {
        try PolygonLayer(reading: folder.path("a.gpkg"), .init(condition: condition))
      }
      #expect(error?.slug == "bad-condition" && error?.kind == .input)
      #expect(error?.what.contains(word) == true)
      // Within quotes they are letters like others.
      let quoted =
        "(name = 'a;b--') AND name <> 'it''s (not' AND name <> 'select' AND 'selected' > ''"
      #expect(
        try PolygonLayer(reading: folder.path("a.gpkg"), .init(condition: quoted)).features.count
          == 1)
    }
  }

  @Test("fields and conditions that do not fit are refused, each with its slug")
  func fields() throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("p.gpkg")
      try [Self.park].write(to: path, crs: "EPSG:4326")
      let field = failure(path, .init(idField: "code"))
      #expect(field?.slug == "field-unknown")
      #expect(field?.fix.contains("park_id, name") == true)
      let condition = failure(
        path, .init(condition: "nothing =" + String(repeating: " ", count: 5000)))
      #expect(condition?.slug == "bad-condition")
      // Our own words first, and no whole query after them.
      #expect(condition?.what.hasPrefix("it is no condition for these features") == true)
      #expect(condition.map { $0.what.count < 500 } == true)
      #expect(failure(folder.path("none.gpkg"))?.slug == "input-missing")
      try folder.write("no vector", to: "p.txt")
      #expect(failure(folder.path("p.txt"))?.slug == "not-vector")
    }
  }

  @Test("identifiers and names come from the fields named, else from the feature and its name")
  func names() throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("p.gpkg")
      try [Self.park, NamedPolygon("8", "Eight", .box(2, 2, 3, 3))].write(
        to: path, crs: "EPSG:4326")
      let plain = try PolygonLayer(reading: path, .init())
      #expect(plain.features.map(\.id) == ["1", "2"])
      #expect(plain.features.map(\.name) == ["Seven", "Eight"])
      let named = try PolygonLayer(
        reading: path, .init(condition: "name = 'Eight'", idField: "PARK_ID"))
      #expect(named.features.map(\.id) == ["8"])
      #expect(plain.crs?.isSame(as: try CoordinateReferenceSystem(userInput: "EPSG:4326")) == true)
    }
  }

  @Test("a whole number is written as one, however the file stores it")
  func wholeNumbers() throws {
    try TemporaryFolder.with { folder in
      let path = folder.path("p.gpkg")
      let writer = try VectorWriter(creating: path)
      try writer.addLayer(
        "parks", crs: CoordinateReferenceSystem(userInput: "EPSG:4326"), kind: .polygon,
        fields: [("id", .real)],
        features: [12, 2.5].map { (.polygon(Self.park.shape), [.real($0)]) })
      try writer.close()
      let layer = try PolygonLayer(reading: path, .init(idField: "id"))
      #expect(layer.features.map(\.id) == ["12", "2.5"])
    }
  }

  @Test("a file without a CRS has none")
  func noCRS() throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write("WKT,id\n\"\(Self.park.shape.wellKnownText)\",1\n", to: "p.csv")
      let layer = try PolygonLayer(reading: path, .init())
      #expect(layer.crs == nil)
      #expect(layer.features.map { Self.area($0.shape) } == [1])
    }
  }
}
