import GeoIO
import RasterCore
import Testing

@testable import HabitatKit

@Suite("Parks at two turns of longitude") struct ParksAcrossTurnsTests {
  /// In degrees over the antimeridian, 179.8° E to 179.8° W.
  private let grid: Grid

  init() throws {
    grid = Grid(
      crs: try CoordinateReferenceSystem(userInput: "EPSG:4326"),
      geotransform: Geotransform(
        originX: 179.8, columnStepX: 0.002, originY: 66.2, rowStepY: -0.002),
      columns: 200, rows: 200)
  }

  private func box(_ west: Double, _ east: Double) -> [Point] {
    [(west, 66), (east, 66), (east, 66.1), (west, 66.1)].map { Point(x: $0.0, y: $0.1) }
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
