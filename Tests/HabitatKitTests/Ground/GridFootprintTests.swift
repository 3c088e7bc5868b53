import Foundation
import GeoIO
import RasterCore
import Reporting
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Where a grid lies on the Earth")
struct GridFootprintTests {
  private static func grid(
    _ crs: String, _ west: Double, _ north: Double, _ step: Double, _ columns: Int, _ rows: Int
  ) throws -> Grid {
    try .northUp(crs, west: west, north: north, step: step, columns: columns, rows: rows)
  }

  private static func isClose(_ one: Point, _ two: (x: Double, y: Double)) -> Bool {
    abs(one.x - two.x) < 1.5e-7 && abs(one.y - two.y) < 1.5e-7
  }

  @Test("a geographic grid has its own four corners")
  func geographic() throws {
    let footprint = try Self.grid("EPSG:4326", 130.72, 43.34, 0.0035, 40, 32).footprint()
    #expect(footprint.box == [130.72, 43.228, 130.86, 43.34])
    #expect(
      footprint.outlines == [
        [
          Point(x: 130.72, y: 43.34), Point(x: 130.72, y: 43.228), Point(x: 130.86, y: 43.228),
          Point(x: 130.86, y: 43.34),
        ]
      ])
  }

  /// Corners by Krüger's series to the fourth order.
  @Test("a projected grid has its corners where the series of the projection puts them")
  func projected() throws {
    let footprint = try Self.grid("EPSG:32652", 640_000, 4_800_000, 300, 40, 32).footprint()
    let corners = [
      (130.7271483, 43.3398128), (130.7247038, 43.2534077), (130.8724611, 43.2510838),
      (130.8751148, 43.3374819),
    ]
    for corner in corners {
      #expect(footprint.outlines[0].contains { Self.isClose($0, corner) })
    }
    #expect(
      Self.isClose(Point(x: footprint.box[0], y: footprint.box[1]), (130.7247038, 43.2510838)))
    #expect(
      Self.isClose(Point(x: footprint.box[2], y: footprint.box[3]), (130.8751148, 43.3398128)))
  }

  /// A parallel is an arc on a conic or azimuthal map: a straight northern edge rises above its ends.
  @Test("a long edge gets the points that keep it on its curve")
  func curved() throws {
    let grid = try Self.grid(
      "+proj=laea +lat_0=50 +lon_0=130 +datum=WGS84", -1_500_000, 1_000_000, 10_000, 300, 200)
    let footprint = try grid.footprint()
    let toDegrees = try CoordinateTransform(
      from: grid.crs, to: try CoordinateReferenceSystem(userInput: "EPSG:4326"))
    let middle = toDegrees.transform(Point(x: 0, y: 1_000_000))
    let corner = toDegrees.transform(Point(x: -1_500_000, y: 1_000_000))
    #expect(middle.y > corner.y + 1)
    #expect(abs(footprint.box[3] - middle.y) < 1e-6)
    #expect(footprint.outlines[0].count > 20)
    // The rim at places that were not looked at, against the nearest piece of the outline.
    let ring = footprint.outlines[0]
    for share in stride(from: 0.0123, to: 1, by: 0.0371) {
      let place = toDegrees.transform(Point(x: -1_500_000 + share * 3_000_000, y: 1_000_000))
      let distance = ring.indices.map { index in
        Self.distance(place, ring[index], ring[(index + 1) % ring.count])
      }.min()!
      // Pieces of 12 km bend by 3 m there.
      #expect(distance < 5e-5)
    }
  }

  private static func distance(_ p: Point, _ a: Point, _ b: Point) -> Double {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let share = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy)
    let clamped = min(max(share, 0), 1)
    return hypot(p.x - a.x - clamped * dx, p.y - a.y - clamped * dy)
  }

  /// UTM zone 60 runs from 174° to 180°; corners by Krüger's series to the fourth order.
  @Test("a grid over the antimeridian is cut in two")
  func antimeridian() throws {
    let footprint = try Self.grid("EPSG:32660", 600_000, 6_700_000, 1000, 100, 100).footprint()
    #expect(
      Self.isClose(Point(x: footprint.box[0], y: footprint.box[1]), (178.7677654, 59.4906256)))
    #expect(
      Self.isClose(
        Point(x: footprint.box[2], y: footprint.box[3]), (180.6293417 - 360, 60.4238988)))
    #expect(footprint.outlines.count == 2)
    let east = try #require(Extent(around: footprint.outlines[0]))
    let west = try #require(Extent(around: footprint.outlines[1]))
    #expect(east.maxX == 180 && east.minX == footprint.box[0])
    #expect(west.minX == -180 && west.maxX == footprint.box[2])
  }

  @Test("a geographic grid that runs on beyond 180° is cut in two")
  func geographicAntimeridian() throws {
    for west in [178.0, -182] {
      let footprint = try Self.grid("EPSG:4326", west, 66, 0.5, 8, 4).footprint()
      #expect(footprint.box == [178, 64, -178, 66])
      #expect(footprint.outlines.count == 2)
    }
  }

  @Test("a grid that holds a pole is all round it")
  func pole() throws {
    let footprint = try Self.grid("EPSG:3413", -1_000_000, 1_000_000, 10_000, 200, 200).footprint()
    #expect([footprint.box[0], footprint.box[2], footprint.box[3]] == [-180, 180, 90])
    // 1414 km from the pole to a corner: near 77°.
    #expect((76...78).contains(footprint.box[1]))
  }

  @Test("a grid that reaches beyond the edge of a world map has the box of what is on Earth")
  func beyondEarth() throws {
    // A MODIS tile whose western corners lie beyond the edge: 60°–70° N, 20 columns of tiles west.
    let side = 1_111_950.5197
    let footprint = try Self.grid(
      "+proj=sinu +R=6371007.181", -9 * side, 7 * side, side / 100, 100, 100
    ).footprint()
    #expect(footprint.outlines.count == 1)
    #expect(abs(footprint.box[1] - 60) < 0.3 && footprint.box[3] <= 70.01)
    #expect(footprint.box[0] >= -180 && footprint.box[0] < -178)
  }

  @Test("a grid of the whole Earth is the whole Earth")
  func world() throws {
    let geographic = try Self.grid("EPSG:4326", -180, 90, 1, 360, 180).footprint()
    #expect(geographic.box == [-180, -90, 180, 90])
    let mercator = try Self.grid("EPSG:3857", -20_037_508, 10_000_000, 100_187.54, 400, 200)
      .footprint()
    #expect(mercator.box[0] < -179.99 && mercator.box[2] > 179.99)
  }
}
