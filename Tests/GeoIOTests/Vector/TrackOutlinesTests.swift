import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite("Tracks of GPX files as outlines")
struct TrackOutlinesTests {
  private typealias Place = (x: Double, y: Double)

  /// A square of a tenth of a degree at the equator: 11.1 km a side, 44.4 km round.
  private static let square: [Place] = [(10, 0), (10.1, 0), (10.1, 0.1), (10, 0.1), (10, 0)]

  private static func gpx(_ body: String) -> String {
    "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"t\" "
      + "xmlns=\"http://www.topografix.com/GPX/1/1\">\(body)</gpx>"
  }

  private static func points(_ element: String, _ places: [Place]) -> String {
    places.map { "<\(element) lat=\"\($0.y)\" lon=\"\($0.x)\"><ele>7</ele></\(element)>" }.joined()
  }

  private static func track(_ name: String, _ segments: [[Place]]) -> String {
    "<trk><name>\(name)</name>"
      + segments.map { "<trkseg>\(points("trkpt", $0))</trkseg>" }.joined() + "</trk>"
  }

  private static func read(
    _ body: String, layer: String? = nil
  ) throws -> PolygonLayer {
    try TemporaryFolder.with { folder in
      try PolygonLayer(
        reading: folder.write(gpx(body), to: "t.gpx"), .init(layer: layer))
    }
  }

  @Test("a track, a route and segments that follow one another are their polygon, without a word")
  func closed() throws {
    let whole = [Self.square]
    let parts = [Array(Self.square[0...2]), Array(Self.square[2...4])]
    for body in [
      Self.track("A", whole), Self.track("A", parts),
      "<rte><name>A</name>\(Self.points("rtept", Self.square))</rte>",
      "<wpt lat=\"1\" lon=\"1\"><name>Camp</name></wpt>" + Self.track("A", whole),
      // The other way round.
      Self.track("A", [Self.square.reversed()]),
    ] {
      let layer = try Self.read(body)
      #expect(layer.features.map(\.name) == ["A"] && layer.warnings.isEmpty)
      #expect(layer.features[0].isPolygonal && layer.features[0].drawn == nil)
      // 0.1 × 0.1 degrees.
      #expect(abs(PolygonLayerTests.area(layer.features[0].shape) - 0.01) < 1e-12)
      #expect(layer.crs?.name == "EPSG:4326")
    }
  }

  @Test("a small gap is closed and told in metres, a large one refused")
  func gaps() throws {
    // 0.002° of latitude on the sphere of 6371 km are 222.4 m, half a per cent of the 44.5 km round.
    let near = Array(Self.square.dropLast()) + [(10, 0.002)]
    let layer = try Self.read(Self.track("Near", [near]) + Self.track("Whole", [Self.square]))
    #expect(layer.features.count == 2)
    #expect(layer.warnings.map(\.slug) == ["track-closed"])
    #expect(layer.warnings[0].what.hasSuffix("straight line: Near (222.4 m)"))
    // 0.02° are 2.2 km, five per cent.
    let far = Array(Self.square.dropLast()) + [(10, 0.02)]
    let error = #expect(throws: HabitatError.self) { try Self.read(Self.track("Far", [far])) }
    #expect(error?.slug == "parks-not-polygons" && error?.kind == .input)
    #expect(error?.what.contains("Far") == true && error?.what.contains("2,224 of") == true)
    #expect(error?.fix.contains("name <> 'Far'") == true)
  }

  @Test("segments that each close are polygons, put together")
  func loops() throws {
    let other = Self.square.map { (x: $0.x + 1, y: $0.y) }
    let layer = try Self.read(Self.track("A", [Self.square, other]))
    #expect(abs(PolygonLayerTests.area(layer.features[0].shape) - 0.02) < 1e-12)
    #expect(layer.warnings.isEmpty)
  }

  @Test("tracks and routes are told apart, points are no outline")
  func layers() throws {
    let route = "<rte><name>R</name>\(Self.points("rtept", Self.square))</rte>"
    let both = Self.track("T", [Self.square]) + route
    let error = #expect(throws: HabitatError.self) { try Self.read(both) }
    #expect(error?.slug == "layer-ambiguous" && error?.fix.contains("routes, tracks") == true)
    #expect(try Self.read(both, layer: "routes").features.map(\.name) == ["R"])
    let camp = "<wpt lat=\"1\" lon=\"1\"/>"
    let points = #expect(throws: HabitatError.self) { try Self.read(camp) }
    #expect(points?.slug == "parks-not-polygons" && points?.what.contains("no track") == true)
    let stub = #expect(throws: HabitatError.self) {
      try Self.read(Self.track("S", [[(10, 0), (10.1, 0), (10, 0)]]))
    }
    #expect(stub?.what.contains("fewer than three points") == true)
  }

  @Test("a point that is no place, and a file that was cut short, are refused")
  func damage() throws {
    let sound = Self.track("A", [Self.square])
    for (part, other, what) in [
      ("lat=\"0.1\" lon=\"10.1\"", "lat=\"x.1\" lon=\"10.1\"", "\"x.1\" is no coordinate"),
      ("lat=\"0.1\" lon=\"10.1\"", "lat=\"0,1\" lon=\"10.1\"", "\"0,1\" is no coordinate"),
      ("lat=\"0.1\" lon=\"10.1\"", "lat=\"0.1\"", "a point has no lon"),
    ] {
      let body = sound.replacing(part, with: other)
      try #require(body != sound)
      let error = #expect(throws: HabitatError.self) { try Self.read(body) }
      #expect(error?.slug == "unreadable-features" && error?.what.contains(what) == true)
    }
    let cut = try TemporaryFolder.with { folder in
      // GDAL looks at the first thousands of bytes when it opens the file.
      let long = (0..<500).map { (x: 10 + Double($0) / 5000, y: 0.2) }
      let text = Self.gpx(sound + Self.track("B", [long]))
      let path = try folder.write(String(text.prefix(text.count - 60)), to: "cut.gpx")
      return #expect(throws: HabitatError.self) { try PolygonLayer(reading: path, .init()) }
    }
    #expect(cut?.slug == "unreadable-features" && cut?.fix.contains("damaged") == true)
  }

  @Test("a GPX file of roads and one of villages need no layer named")
  func otherThemes() throws {
    try TemporaryFolder.with { folder in
      let tracks = try folder.write(Self.gpx(Self.track("T", [Self.square])), to: "r.gpx")
      #expect(try FeatureReader(reading: tracks, .init(.roads)).layers == ["tracks"])
      let places = try folder.write(Self.gpx("<wpt lat=\"1\" lon=\"1\"/>"), to: "v.gpx")
      #expect(try FeatureReader(reading: places, .init(.settlements)).layers == ["waypoints"])
    }
  }
}
