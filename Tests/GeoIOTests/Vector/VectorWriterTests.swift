import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite("GeoPackages and overlays")
struct VectorWriterTests {
  static let parks = [
    NamedPolygon("1", "Земля леопарда", .box(130, 42, 131, 43)),
    NamedPolygon(
      "2", "with a hole",
      PolygonShape(rings: [
        Extent(minX: 0, minY: 0, maxX: 4, maxY: 4).corners,
        Extent(minX: 1, minY: 1, maxX: 2, maxY: 2).corners.reversed(),
      ])),
  ]

  @Test("the same content is the same bytes, a second later too")
  func sameBytes() throws {
    try TemporaryFolder.with { folder in
      try Self.parks.write(to: folder.path("one.gpkg"), crs: "EPSG:4326")
      // GeoPackages hold times in milliseconds.
      Thread.sleep(forTimeInterval: 0.02)
      try Self.parks.write(to: folder.path("two.gpkg"), crs: "EPSG:4326")
      #expect(try folder.contents(of: "one.gpkg") == folder.contents(of: "two.gpkg"))
    }
  }

  @Test("shapes, holes and texts are read back as written")
  func roundTrip() throws {
    try TemporaryFolder.with { folder in
      try Self.parks.write(to: folder.path("p.gpkg"), crs: "EPSG:4326")
      let layer = try PolygonLayer(
        reading: folder.path("p.gpkg"), .init(idField: "park_id", nameField: "name"))
      #expect(layer.features.map(\.name) == Self.parks.map(\.name))
      #expect(layer.features.map(\.shape.rings.count) == [1, 2])
      // 1 × 1; 4 × 4 less 1 × 1.
      #expect(layer.features.map { PolygonLayerTests.area($0.shape) } == [1, 15])
    }
  }

  /// Two squares of 2 × 2 that share one of 1 × 1.
  @Test("what two squares share, leave and cover adds up")
  func overlay() throws {
    let (a, b) = (PolygonShape.box(0, 0, 2, 2), PolygonShape.box(1, 1, 3, 3))
    #expect(PolygonLayerTests.area(try PolygonOverlay.intersection(a, b)) == 1)
    #expect(PolygonLayerTests.area(try PolygonOverlay.difference(a, b)) == 3)
    #expect(PolygonLayerTests.area(try PolygonOverlay.union([a, b])) == 7)
  }

  @Test("squares that only touch share nothing")
  func touch() throws {
    #expect(
      try PolygonOverlay.intersection(.box(0, 0, 1, 1), .box(1, 0, 2, 1)).isEmpty)
  }
}
