import GeoIO
import RasterCore
import Testing

@Suite("Overlays of polygons") struct PolygonOverlayTests {
  private static func square(_ x: Double, _ y: Double, _ side: Double) -> PolygonShape {
    PolygonShape(
      rings: [Extent(minX: x, minY: y, maxX: x + side, maxY: y + side).corners])
  }

  @Test("two squares of 4, a quarter of each in common") func squares() throws {
    let (a, b) = (Self.square(0, 0, 2), Self.square(1, 1, 2))
    #expect(PolygonLayerTests.area(try PolygonOverlay.intersection(a, b)) == 1)
    #expect(PolygonLayerTests.area(try PolygonOverlay.difference(a, b)) == 3)
    #expect(PolygonLayerTests.area(try PolygonOverlay.union([a, b])) == 7)
    // Neighbours share an edge and no land.
    #expect(try PolygonOverlay.intersection(a, Self.square(2, 0, 2)).isEmpty)
  }

  @Test("an outline that crosses itself is cut once it is repaired, and simpler ones are valid")
  func repair() throws {
    // Two triangles of 1 that meet in (1, 1).
    let bowTie = PolygonShape(rings: [
      [(0, 0), (2, 2), (2, 0), (0, 2)].map { Point(x: $0.0, y: $0.1) }
    ])
    let whole = Self.square(-1, -1, 4)
    for shape in [bowTie.repaired, bowTie.simplified(within: 0.01)] {
      #expect(abs(PolygonLayerTests.area(shape) - 2) < 1e-12)
      #expect(
        abs(PolygonLayerTests.area(try PolygonOverlay.intersection(shape, whole)) - 2) < 1e-12)
    }
    #expect(whole.repaired == whole)
    // A line there and back has no area.
    let line = PolygonShape(rings: [[(0, 0), (1, 0), (2, 0)].map { Point(x: $0.0, y: $0.1) }])
    #expect(line.repaired.isEmpty)
  }

  @Test("outlines that GEOS cannot cut are refused, with the way to repair them") func failure() {
    // Two loops over one another, so that a place is both inside and outside.
    let crossed = PolygonShape(rings: [
      [(0, 0), (4, 4), (4, 0), (0, 4), (2, 6), (4, 2), (-1, 1)].map { Point(x: $0.0, y: $0.1) }
    ])
    let square = Self.square(1, 1, 2)
    for error in [
      #expect(throws: HabitatError.self) { try PolygonOverlay.intersection(crossed, square) },
      #expect(throws: HabitatError.self) { try PolygonOverlay.difference(crossed, square) },
    ] {
      #expect(error?.slug == "polygon-overlay" && error?.kind == .input)
      #expect(error?.fix.contains("-makevalid") == true)
    }
  }
}
