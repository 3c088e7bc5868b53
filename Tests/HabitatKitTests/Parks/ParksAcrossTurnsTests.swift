import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Parks at two turns of longitude") struct ParksAcrossTurnsTests {
  /// In degrees over the antimeridian, 179.8° E to 179.8° W.
  private let grid: Grid

  init() throws {
    grid = try .northUp(
      "EPSG:4326", west: 179.8, north: 66.2, step: 0.002, columns: 200, rows: 200)
  }

  private func box(_ west: Double, _ east: Double) -> [Point] {
    Extent(minX: west, minY: 66, maxX: east, maxY: 66.1).corners
  }

  @Test("parks at two turns of longitude share the land that they share")
  func overlapAcrossTurns() throws {
    let parks = [
      Park(id: "1", name: "east of 180°", shape: PolygonShape(rings: [box(179.9, 180.1)])),
      Park(id: "2", name: "west of 180°", shape: PolygonShape(rings: [box(-180, -179.85)])),
    ]
    let zones = try ParkZones(parks, crs: grid.crs, on: grid)
    #expect(zones.sharedZones.count == 1)
    // Of 0.2° the eastern half, and of 0.15° two thirds.
    #expect(abs(zones.areas[2] / zones.areas[0] - 0.5) < 1e-9)
    #expect(abs(zones.areas[2] / zones.areas[1] - 2 / 3) < 1e-9)
  }
}
