import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite struct FeatureReaderTests {
  private static func parts(
    of text: String, named name: String, _ selection: FeatureReader.Selection
  ) throws -> (parts: [FeatureGeometry], reader: String) {
    try TemporaryFolder.with { folder in
      let path = try folder.write(text, to: name)
      let reader = try FeatureReader(reading: path, selection)
      var parts: [FeatureGeometry] = []
      let count = try reader.forEachPart { parts.append($0) }
      return (
        parts, "\(reader.layers.joined(separator: ",")) \(count) \(reader.crs?.name ?? "none")"
      )
    }
  }

  private static func geoJSON(_ features: [(properties: String, geometry: String)]) -> String {
    let list = features.map {
      "{\"type\":\"Feature\",\"properties\":{\($0.properties)},\"geometry\":\($0.geometry)}"
    }
    return "{\"type\":\"FeatureCollection\",\"features\":[\(list.joined(separator: ","))]}"
  }

  @Test("collections come apart, heights are dropped, holes stay with their polygon")
  func readsParts() throws {
    let text = Self.geoJSON([
      (
        "",
        """
        {"type":"GeometryCollection","geometries":[
          {"type":"Point","coordinates":[1,2,30]},
          {"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[2,2],[3,3],[4,2]]]},
          {"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}]}
        """
      ),
      ("", "null"),
    ])
    let (parts, reader) = try Self.parts(of: text, named: "a.geojson", .init(.roads))
    func point(_ x: Double, _ y: Double) -> Point { Point(x: x, y: y) }
    #expect(
      parts == [
        .point(point(1, 2)), .line([point(0, 0), point(1, 1)]),
        .line([point(2, 2), point(3, 3), point(4, 2)]),
        .polygon([
          [point(0, 0), point(4, 0), point(4, 4), point(0, 4)],
          [point(1, 1), point(2, 1), point(2, 2)],
        ]),
      ])
    #expect(reader == "a 2 EPSG:4979")
  }

  @Test("a condition narrows, and one that makes no sense is refused")
  func takesConditions() throws {
    let line = "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,1]]}"
    let text = Self.geoJSON([("\"class\":1", line), ("\"class\":2", line), ("\"class\":2", line)])
    let selection = FeatureReader.Selection(.roads, condition: "class = 2")
    #expect(try Self.parts(of: text, named: "a.geojson", selection).parts.count == 2)
    let error = #expect(throws: HabitatError.self) {
      _ = try Self.parts(of: text, named: "a.geojson", .init(.roads, condition: "klass = 2"))
    }
    #expect(error?.slug == "bad-condition")
  }

  // MARK: OpenStreetMap

  /// A square of four nodes, ways around and along it, a place and a relation.
  private static let osm = """
    <?xml version="1.0" encoding="UTF-8"?>
    <osm version="0.6" generator="by hand">
      <node id="1" lat="43.0" lon="131.0"/>
      <node id="2" lat="43.0" lon="131.01"/>
      <node id="3" lat="43.01" lon="131.01"/>
      <node id="4" lat="43.01" lon="131.0"/>
      <node id="5" lat="43.2" lon="131.2"><tag k="place" v="village"/><tag k="name" v="Село"/></node>
      <node id="6" lat="43.3" lon="131.3"><tag k="place" v="locality"/></node>
      <node id="7" lat="43.4" lon="131.4"><tag k="highway" v="primary"/></node>
      <way id="10"><nd ref="1"/><nd ref="2"/><tag k="highway" v="tertiary_link"/></way>
      <way id="11"><nd ref="2"/><nd ref="3"/><tag k="highway" v="track"/></way>
      <way id="12"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/>
        <tag k="highway" v="secondary"/><tag k="junction" v="roundabout"/>
        <tag k="landuse" v="grass"/></way>
      <way id="13"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/>
        <tag k="landuse" v="residential"/></way>
      <way id="14"><nd ref="1"/><nd ref="3"/><nd ref="4"/><nd ref="1"/>
        <tag k="landuse" v="forest"/></way>
      <way id="15"><nd ref="1"/><nd ref="2"/><nd ref="4"/><nd ref="1"/>
        <tag k="place" v="city"/><tag k="boundary" v="administrative"/></way>
      <way id="16"><nd ref="4"/><nd ref="3"/><nd ref="2"/><nd ref="4"/></way>
      <relation id="20"><member type="way" ref="16" role="outer"/>
        <tag k="type" v="multipolygon"/><tag k="landuse" v="industrial"/></relation>
    </osm>
    """

  @Test("of an OSM extract roads are the highways from motorway to tertiary, roundabouts too")
  func readsRoads() throws {
    let (parts, reader) = try Self.parts(of: Self.osm, named: "a.osm", .init(.roads))
    let lengths = parts.map { part in if case .line(let line) = part { line.count } else { 0 } }
    #expect(lengths == [2, 4])
    #expect(reader == "lines,multipolygons 2 EPSG:4326")
  }

  @Test("of an OSM extract settlements are places and residential, industrial and commercial land")
  func readsSettlements() throws {
    let parts = try Self.parts(of: Self.osm, named: "a.osm", .init(.settlements)).parts
    let points = parts.filter { if case .point = $0 { true } else { false } }
    #expect(points == [.point(Point(x: 131.2, y: 43.2))])
    let sides = parts.compactMap { part in
      if case .polygon(let rings) = part { rings[0].count } else { nil }
    }
    // Way 13 and the relation; neither forest nor the area of an administration.
    #expect(sides.sorted() == [3, 4])
  }

  @Test("a condition narrows what a theme takes of OSM")
  func narrowsOSM() throws {
    let selection = FeatureReader.Selection(.roads, condition: "highway = 'secondary'")
    #expect(try Self.parts(of: Self.osm, named: "a.osm", selection).parts.count == 1)
  }

  @Test("an extract that is cut short is refused")
  func refusesCutExtract() throws {
    let error = #expect(throws: HabitatError.self) {
      _ = try Self.parts(of: String(Self.osm.prefix(900)), named: "a.osm", .init(.roads))
    }
    #expect(error?.slug == "unreadable-features")
  }

  // MARK: Layers

  @Test("of several layers the one called as the theme is read, else one must be named")
  func choosesLayers() throws {
    try TemporaryFolder.with { folder in try chooseLayers(at: folder.path("a.gpkg")) }
  }

  private func chooseLayers(at path: String) throws {
    let crs = try CoordinateReferenceSystem(userInput: "EPSG:32652")
    do {
      let writer = try VectorWriter(creating: path)
      for name in ["Roads", "rails"] {
        try writer.addLayer(
          name, crs: crs, kind: .line, fields: [],
          features: [(.line([Point(x: 0, y: 0), Point(x: 9, y: 9)]), [])])
      }
      try writer.close()
    }
    #expect(try FeatureReader(reading: path, .init(.roads)).layers == ["Roads"])
    #expect(try FeatureReader(reading: path, .init(.roads, layer: "rails")).layers == ["rails"])
    let ambiguous = #expect(throws: HabitatError.self) {
      _ = try FeatureReader(reading: path, .init(.settlements))
    }
    #expect(ambiguous?.slug == "layer-ambiguous")
    let unknown = #expect(throws: HabitatError.self) {
      _ = try FeatureReader(reading: path, .init(.roads, layer: "ways"))
    }
    #expect(unknown?.slug == "layer-unknown")
  }
}
