import RasterCore
import TestSupport
import Testing

@testable import GeoIO

@Suite("What is known of outlines before they are read") struct OutlineSizeTests {
  private func ring(_ count: Int) -> [Point] {
    (0..<count).map { Point(x: Double($0), y: Double($0 * $0)) }
  }

  @Test("GeoJSON is counted as text, whatever stands in its texts and however it is cut")
  func json() {
    let park = #"{"type":"Feature","properties":{"name":"a [1,2] \" { b"},"geometry":"#
    let one = park + #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}"#
    let two =
      park + #"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]],"#
      + #"[[0, 0], [1, 0],[1,1],[0,0]]]]}}"#
    let bytes = Array(#"{"type":"FeatureCollection","features":[\#(one),\#(two)]}"#.utf8)
    for length in [1, 7, bytes.count] {
      var scan = JSONOutlineScan()
      for start in stride(from: 0, to: bytes.count, by: length) {
        scan.add(Array(bytes[start..<min(start + length, bytes.count)]))
      }
      #expect(scan.vertices == 12)
      #expect(scan.largest.vertices == 8)
      #expect(abs(scan.largest.bytes - two.utf8.count) <= 1)
    }
    var single = JSONOutlineScan()
    single.add(Array(one.utf8))
    #expect(single.largest.vertices == 4)
  }

  @Test(
    "files tell of their outlines at least what reading them counts",
    arguments: [
      ("parks.gpkg", "GPKG"), ("parks.shp", "ESRI Shapefile"), ("parks.geojson", "GeoJSON"),
    ])
  func files(name: String, driver: String) throws {
    try TemporaryFolder.with { folder in
      let crs = try CoordinateReferenceSystem(userInput: "EPSG:32652")
      let writer = try VectorWriter(creating: folder.path(name), driver: driver)
      try writer.addLayer(
        "parks", crs: driver == "GeoJSON" ? nil : crs, kind: .polygon, fields: [("code", .text)],
        features: [40, 300, 7].map { count in
          (.polygon(PolygonShape(rings: [ring(count)])), [.text(String(count))])
        })
      try writer.close()
      let layer = try PolygonLayer(reading: folder.path(name), .init())
      // Rings are closed in files.
      #expect(layer.size.vertices >= 41 + 301 + 8 && layer.size.vertices < 2 * 350)
      #expect(layer.size.largest >= 301 && layer.size.largest < 360)
    }
  }
}
