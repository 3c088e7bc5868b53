import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite("The CRS of a GeoJSON file") struct GeoJSONReferenceTests {
  private static func layer(_ member: String) throws -> PolygonLayer {
    try TemporaryFolder.with { folder in
      let feature =
        "{\"type\":\"Feature\",\"properties\":{\"crs\":{\"type\":\"x\"}},\"geometry\":{\"type\":"
        + "\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}}"
      // Before the features or behind them.
      let first = "{\"type\":\"FeatureCollection\",\(member)\"features\":[\(feature)]}"
      let last =
        "{\"type\":\"FeatureCollection\",\"features\":[\(feature)]\(member.isEmpty ? "" : ",")"
        + "\(member.dropLast())}"
      let layers = try [first, last].enumerated().map {
        try PolygonLayer(reading: folder.write($0.element, to: "\($0.offset).geojson"), .init())
      }
      #expect(layers[0].crs == layers[1].crs)
      #expect(layers[0].unreadableCRS == layers[1].unreadableCRS)
      return layers[0]
    }
  }

  @Test(
    "a CRS that nobody knows is none, and its words are kept for the message",
    arguments: [
      "{\"type\":\"name\",\"properties\":{\"name\":\"my local grid\"}}",
      "{\"type\":\"name\",\"properties\":{\"name\":null}}",
      "{\"type\":\"link\",\"properties\":{\"href\":\"http://127.0.0.1:9/32652.wkt\"}}",
      "{\"type\":\"EPSG\",\"properties\":{\"code\":\"x\"}}", "{}", "\"EPSG:32652\"",
    ])
  func unknown(value: String) throws {
    let layer = try Self.layer("\"crs\": \(value),")
    #expect(layer.crs == nil)
    #expect(layer.unreadableCRS?.hasPrefix(value) == true, "\(layer.unreadableCRS ?? "nil")")
  }

  @Test(
    "a CRS in any of its forms is taken; none, or null, is longitude and latitude",
    arguments: [
      ("", "EPSG:4326"), ("\"crs\":null,", "EPSG:4326"),
      (
        "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},",
        "OGC:CRS84"
      ),
      ("\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:32652\"}},", "EPSG:32652"),
      (
        "\"crs\":{\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::32652\"},\"type\":\"name\"},",
        "EPSG:32652"
      ),
      ("\"crs\":{\"type\":\"EPSG\",\"properties\":{\"code\":32652}},", "EPSG:32652"),
    ])
  func known(member: String, name: String) throws {
    let layer = try Self.layer(member)
    let expected = try CoordinateReferenceSystem(userInput: name)
    #expect(layer.unreadableCRS == nil)
    #expect(layer.crs?.isSame(as: expected) == true, "\(layer.crs?.name ?? "nil")")
  }
}
