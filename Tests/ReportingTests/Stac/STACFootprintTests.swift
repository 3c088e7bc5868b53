import Documents
import RasterCore
import Reporting
import Testing

@Suite("The footprint of a raster")
struct STACFootprintTests {
  private static func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double)
    -> [Point]
  {
    Extent(minX: west, minY: south, maxX: east, maxY: north).corners
  }

  @Test("an outline within the longitudes stays as it is, counter-clockwise and closed in GeoJSON")
  func plain() {
    let ring = Self.box(130, 42, 131.5, 43)
    for ring in [ring, ring.reversed()] {
      let footprint = STACFootprint(ring: ring)
      #expect(footprint.box == [130, 42, 131.5, 43])
      #expect(footprint.outlines.count == 1)
      #expect(
        footprint.geometry.compactText
          == "{\"type\":\"Polygon\",\"coordinates\":"
          + "[[[130,42],[131.5,42],[131.5,43],[130,43],[130,42]]]}")
    }
  }

  @Test(
    "over the antimeridian it is cut in two and the box begins in the east",
    arguments: [0.0, 360, -360])
  func antimeridian(turn: Double) {
    let footprint = STACFootprint(ring: Self.box(177 + turn, 60, 182 + turn, 62))
    #expect(footprint.box == [177, 60, -178, 62])
    #expect(footprint.outlines.count == 2)
    #expect(
      Extent(around: footprint.outlines[0]) == Extent(minX: 177, minY: 60, maxX: 180, maxY: 62))
    #expect(
      Extent(around: footprint.outlines[1]) == Extent(minX: -180, minY: 60, maxX: -178, maxY: 62))
    #expect(footprint.geometry.compactText.hasPrefix("{\"type\":\"MultiPolygon\""))
  }

  @Test("a sloping edge is cut where it meets the meridian")
  func slope() {
    // From (178, 60) to (182, 64): at 180 it has come half the way.
    let ring = [Point(x: 178, y: 60), Point(x: 182, y: 60), Point(x: 182, y: 64)]
    let footprint = STACFootprint(ring: ring)
    #expect(footprint.outlines[0].contains(Point(x: 180, y: 62)))
    #expect(footprint.outlines[1].contains(Point(x: -180, y: 62)))
  }

  @Test("what ends at the antimeridian is not cut, on either side")
  func touching() {
    #expect(STACFootprint(ring: Self.box(178, 0, 180, 1)).box == [178, 0, 180, 1])
    #expect(STACFootprint(ring: Self.box(180, 0, 182, 1)).box == [-180, 0, -178, 1])
    #expect(STACFootprint(ring: Self.box(180 - 1e-12, 0, 182, 1)).outlines.count == 1)
  }

  @Test("what is as wide as the Earth is all round it")
  func world() {
    for west in [-180.0, 0, -90] {
      let footprint = STACFootprint(ring: Self.box(west, -60, west + 360, 80))
      #expect(footprint.box == [-180, -60, 180, 80])
      #expect(footprint.outlines.count == 1)
    }
  }
}
