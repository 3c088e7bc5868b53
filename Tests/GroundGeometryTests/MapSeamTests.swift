import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing
import ZonalStatistics

@testable import GroundGeometry

@Suite("Parks across the seam of a map")
struct MapSeamTests {
  /// In km²: the park's area, what of it lies beyond the grid, and what the grid's cells hold of it.
  private func measure(
    _ shape: PolygonShape, _ crs: String = "EPSG:4326", on grid: Grid
  ) throws -> (area: Double, outside: Double, inside: Double) {
    let parksCRS = try CoordinateReferenceSystem(userInput: crs)
    let ground = parksCRS.geographicBase
    let measure = try ParkGeometry(parksCRS: parksCRS, grid: grid)
      .measure(shape, GroundShares(of: grid, on: ground), at: "")
    let areas = try CellAreas(of: grid, on: ground)
    var inside = 0.0
    for row in measure.coverage.rowRange {
      for run in measure.coverage.runs(inRow: row) {
        for column in run.columns {
          inside += run.fraction * areas.unit.squareMetres(areas.area(column: column, row: row))
        }
      }
    }
    return (measure.area / 1e6, measure.outside / 1e6, inside / 1e6)
  }

  private static let parts =
    PolygonShape.box(170, 60, 180, 70).rings
    + PolygonShape.box(-180, 60, -170, 70).rings
  /// 170° E to 170° W, 60° to 70° N, as RFC 7946 wants it and as one polygon at either turn.
  private static let forms: [PolygonShape] = [
    PolygonShape(rings: parts), .box(170, 60, 190, 70), .box(-190, 60, -170, 70),
  ]
  /// By pyproj 3.7.2, `Geod.polygon_area_perimeter` of 40,000 points.
  private static let expected = 1_050_528.325

  @Test(
    "a park over 180° has all of its area on any map of the world",
    arguments: [
      ("EPSG:4326", -180.0, 90.0, 2.0, 180, 90), ("EPSG:4326", 0, 90, 2, 180, 90),
      ("EPSG:3857", -20_400_000, 20_400_000, 400_000, 102, 102),
      ("+proj=sinu +datum=WGS84", -20_400_000, 10_400_000, 400_000, 102, 52),
      ("+proj=moll +datum=WGS84", -18_400_000, 9_200_000, 400_000, 92, 46),
      // The seam lies at 30° W, far from the park.
      ("+proj=moll +lon_0=150 +datum=WGS84", -18_400_000, 9_200_000, 400_000, 92, 46),
      // A datum 10″ to the east or west of the parks'.
      ("+proj=sinu +ellps=bessel +towgs84=600,200,600", -20_400_000, 10_400_000, 400_000, 102, 52),
    ], forms)
  func wholeWorld(
    _ map: (crs: String, west: Double, north: Double, step: Double, columns: Int, rows: Int),
    _ park: PolygonShape
  ) throws {
    let grid = try Grid.northUp(
      map.crs, west: map.west, north: map.north, step: map.step, columns: map.columns,
      rows: map.rows)
    let found = try measure(park, on: grid)
    #expect(abs(found.area / Self.expected - 1) < 1e-9)
    #expect(abs(found.outside) < 1e-4)
    #expect(abs(found.inside / Self.expected - 1) < 1e-5)  // the bound of a run's balance
  }

  @Test(
    "a map that is not centred on Greenwich is cut elsewhere",
    arguments: [
      // Equal Earth of Asia and the Pacific, and Mercator, both cut at 30° W.
      ("EPSG:8859", -17_600_000, 8_800_000, 400_000, 88, 44),
      ("+proj=merc +lon_0=150 +datum=WGS84", -20_400_000, 20_400_000, 400_000, 102, 102),
      ("+proj=moll +lon_0=150 +datum=WGS84", -18_400_000, 9_200_000, 400_000, 92, 46),
    ])
  func otherMeridian(
    _ map: (crs: String, west: Double, north: Double, step: Double, columns: Int, rows: Int)
  ) throws {
    let grid = try Grid.northUp(
      map.crs, west: map.west, north: map.north, step: map.step, columns: map.columns,
      rows: map.rows)
    let found = try measure(.box(-32, 60, -28, 64), on: grid)
    // By pyproj 3.7.2, as above.
    #expect(abs(found.area / 93_412.789353 - 1) < 1e-9)
    #expect(abs(found.outside) < 1e-3)
    // The bound of a run's balance: 1e-5 of the park and 1e-4 of a cell.
    #expect(abs(found.inside - found.area) < 1e-5 * found.area + 16)
  }

  /// 1,401,191.840 km² by pyproj 3.7.2, as above. No corner lies within 30° of the seam, which two edges cross.
  @Test(
    "an edge across the seam is cut there, however far its ends",
    arguments: ["+proj=sinu +datum=WGS84", "+proj=moll +datum=WGS84"])
  func longEdge(map: String) throws {
    let grid = try Grid.northUp(
      map, west: -20_400_000, north: 10_400_000, step: 400_000, columns: 102, rows: 52)
    let found = try measure(.box(150, 60, 210, 64), on: grid)
    #expect(abs(found.area / 1_401_191.83987 - 1) < 1e-9)
    #expect(abs(found.outside) < 1e-3)
    #expect(abs(found.inside - found.area) < 1e-5 * found.area + 16)
  }

  @Test("the rim of a map has its way back to the Earth") func rim() throws {
    let grid = try Grid.northUp(
      "ESRI:54009", west: 9_600_000, north: 7_600_000, step: 20_000, columns: 40, rows: 20)
    let found = try measure(.box(178, 65, 183, 67), on: grid)
    #expect(abs(found.inside + found.outside - found.area) < 1e-4 * found.area)
    #expect(found.inside > 0 && found.outside > 0)
  }

  @Test("a hole over the pole stays one on a grid in degrees") func holeOverPole() throws {
    let grid = try Grid.northUp(
      "EPSG:4326", west: -180, north: 90, step: 0.25, columns: 1440, rows: 120)
    func circle(_ radius: Double, from start: Double) -> [Point] {
      (0..<360).map { degree in
        let angle = (start + Double(degree)) / 180 * Double.pi
        return Point(x: radius * cos(angle), y: radius * sin(angle))
      }
    }
    let ring = PolygonShape(rings: [
      circle(1_000_000, from: 10), circle(500_000, from: 130).reversed(),
    ])
    let found = try measure(ring, "EPSG:3571", on: grid)
    // Lambert's map is of equal area: two polygons of 360 corners.
    let expected = 180 * sin(Double.pi / 180) * (1_000_000.0 * 1_000_000 - 500_000 * 500_000) / 1e6
    #expect(abs(found.area / expected - 1) < 1e-8)
    #expect(abs(found.outside) < 1e-6)
    #expect(abs(found.inside / found.area - 1) < 1e-5)
  }

  @Test("a drawing of a park over 180° has its parts at both ends of the map") func drawing() throws
  {
    let grid = try Grid.northUp(
      "EPSG:3857", west: -20_000_000, north: 20_000_000, step: 400_000, columns: 100, rows: 100)
    let geometry = try ParkGeometry(
      parksCRS: CoordinateReferenceSystem(userInput: "EPSG:4326"), grid: grid, tolerance: 1000)
    let drawn = geometry.imageNearGrid(of: .box(178, 60, 183, 64))
    let boxes = try #require(drawn).rings.compactMap { Extent(around: $0) }.sorted {
      $0.minX < $1.minX
    }
    #expect(boxes.count == 2)
    // Three degrees in the west, two in the east, of 111,319.49 m each.
    #expect(abs(boxes[0].width - 3 * 111_319.49) < 1 && abs(boxes[1].width - 2 * 111_319.49) < 1)
    #expect(boxes[0].minX < -20_000_000 && boxes[1].maxX > 20_000_000)
  }

  @Test("a park over Greenwich has both halves on a grid from 0 to 360") func greenwich() throws {
    let grid = try Grid.northUp("EPSG:4326", west: 0, north: 60, step: 0.5, columns: 720, rows: 40)
    let whole = try measure(.box(-3, 45, 4, 50), on: grid)
    #expect(whole.outside == 0)
    #expect(abs(whole.inside / whole.area - 1) < 1e-9)  // along the cells' edges
  }

  @Test("an outline of all longitudes meets a grid over the antimeridian on both sides")
  func ringRoundTheEarth() throws {
    let grid = try Grid.northUp(
      "EPSG:4326", west: 100, north: 80, step: 0.5, columns: 200, rows: 40)
    let found = try measure(.box(-180, 65, 180, 75), on: grid)
    // 100 of 360 degrees.
    #expect(abs(found.inside / found.area - 100.0 / 360) < 1e-9)
    #expect(abs((found.inside + found.outside) / found.area - 1) < 1e-9)
  }

  @Test("a park over the pole lies on a grid in degrees") func pole() throws {
    let grid = try Grid.northUp(
      "EPSG:4326", west: -180, north: 90, step: 0.25, columns: 1440, rows: 60)
    // Off the pole, which it holds.
    let found = try measure(.box(-400_000, -300_000, 500_000, 600_000), "EPSG:3571", on: grid)
    // Lambert's map is of equal area: 900 km × 900 km.
    #expect(abs(found.area / 810_000 - 1) < 1e-8)
    #expect(abs(found.outside) < 1e-6)
    #expect(abs(found.inside / found.area - 1) < 1e-5)
  }
}
