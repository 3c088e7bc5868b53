import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import GroundGeometry

@Suite("Where parks lie and what they measure")
struct ParkGeometryTests {
  /// In degrees over the antimeridian, 179.8° E to 179.8° W.
  private let grid: Grid

  init() throws {
    grid = try .northUp(
      "EPSG:4326", west: 179.8, north: 66.2, step: 0.002, columns: 200, rows: 200)
  }

  private func box(_ west: Double, _ east: Double) -> [Point] {
    Extent(minX: west, minY: 66, maxX: east, maxY: 66.1).corners
  }

  @Test("a park cut at the antimeridian measures what the whole one does", arguments: [0.0, 360])
  func halves(shift: Double) throws {
    let geometry = try ParkGeometry(parksCRS: grid.crs, grid: grid)
    let whole = PolygonShape(rings: [box(179.9, 180.1)])
    let halves = PolygonShape(rings: [box(179.9, 180), box(-180 + shift, -179.9 + shift)])
    let shares = try GroundShares(of: grid, on: grid.crs)
    let one = try geometry.measure(whole, shares, at: "")
    let two = try geometry.measure(halves, shares, at: "")
    #expect(two.outside == 0)
    #expect(abs(one.area - two.area) < 1e-9 * one.area)  // the same closed form, split in two
  }

  @Test("a park drawn at two turns of longitude is there once")
  func doubled() throws {
    let geometry = try ParkGeometry(parksCRS: grid.crs, grid: grid)
    let shares = try GroundShares(of: grid, on: grid.crs)
    let once = try geometry.measure(PolygonShape(rings: [box(179.9, 180.1)]), shares, at: "")
    let twice = try geometry.measure(
      PolygonShape(rings: [box(179.9, 180.1), box(-180.1, -179.9)]), shares, at: "")
    #expect(abs(twice.area / once.area - 1) < 1e-9 && twice.outside < 1)
  }

  @Test("a hole goes to the antimeridian with its shell")
  func hole() throws {
    let geometry = try ParkGeometry(parksCRS: grid.crs, grid: grid)
    // Half a turn from the grid's middle the middles of shell and hole round to different turns.
    let shape = PolygonShape(rings: [box(-0.2, 0.1), box(0.01, 0.05).reversed()])
    let measure = try geometry.measure(shape, GroundShares(of: grid, on: grid.crs), at: "")
    // Beyond the grid lies all of it; the hole is 0.04 of the shell's 0.3 degrees.
    let shell = try geometry.area(of: PolygonShape(rings: [box(-0.2, 0.1)]), at: "")
    #expect(abs(measure.area / shell - 0.26 / 0.3) < 1e-12)
    #expect(abs(measure.outside - measure.area) < 1e-9 * measure.area)
  }

  @Test("halves at both ends of the range come together with their holes, however many there are")
  func manyHalves() throws {
    let geometry = try ParkGeometry(parksCRS: grid.crs, grid: grid)
    var rings: [[Point]] = []
    for step in 0..<2000 {
      let (x, side) = (179.9 + 1e-4 * Double(step), 8e-5)
      let west = x < 180 ? x : x - 360
      rings += [box(west, west + side), box(west + side / 4, west + side / 2).reversed()]
    }
    let turned = geometry.turned(PolygonShape(rings: rings))
    for (step, pair) in stride(from: 0, to: rings.count, by: 2).enumerated() {
      for ring in turned.rings[pair...pair + 1] {
        #expect(abs(ring[0].x - 179.9 - 1e-4 * Double(step)) < 5e-5)
      }
    }
  }

  @Test("a park over the pole measures the cap round it")
  func pole() throws {
    let crs = try CoordinateReferenceSystem(userInput: "EPSG:3413")
    let polar = Grid(
      crs: crs,
      geotransform: Geotransform(
        originX: -500_000, columnStepX: 5000, originY: 500_000, rowStepY: -5000),
      columns: 200, rows: 200)
    let toGeographic = try CoordinateTransform(from: crs, to: crs.geographicBase)
    let latitude = toGeographic.transform(Point(x: 300_000, y: 0)).y * .pi / 180
    let circle = (0..<3600).map { step -> Point in
      let angle = Double(step) / 1800 * .pi
      return Point(x: 300_000 * cos(angle), y: 300_000 * sin(angle))
    }
    // 2π (Q(90°) − Q(φ)), Q of species-models.md §7.
    let (a, f) = (6_378_137.0, 1 / 298.257_223_563)
    let e = (f * (2 - f)).squareRoot()
    func q(_ sine: Double) -> Double {
      a * a * (1 - e * e) / 2
        * (sine / (1 - e * e * sine * sine) + log((1 + e * sine) / (1 - e * sine)) / (2 * e))
    }
    let cap = 2 * .pi * (q(1) - q(sin(latitude)))
    let measured = try ParkGeometry(parksCRS: crs, grid: polar)
      .measure(
        PolygonShape(rings: [circle]), GroundShares(of: polar, on: crs.geographicBase), at: "")
    // 3,600 chords fall short of the circle by π²·2/(3·3600²), 5e-7 of its area.
    #expect(abs(measured.area / cap - 1) < 1e-6)
    #expect(measured.outside == 0)
  }
}
