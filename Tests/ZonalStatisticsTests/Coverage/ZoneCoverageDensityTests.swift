import Foundation
import RasterCore
import Testing
import ZonalStatistics

@Suite("Coverage by area on the ellipsoid")
struct ZoneCoverageDensityTests {
  @Test(
    "shares times areas sum to the polygon's area, however coarse the cells",
    arguments: UInt64(0)..<10)
  func coarse(seed: UInt64) {
    let grid = Shapes.geographicGrid(west: 0, north: 70, step: 1, columns: 40, rows: 30)
    let areas = CellAreas(geographic: grid)
    // From half a cell to half the grid.
    let radius = [0.3, 0.7, 2, 5, 14][Int(seed % 5)]
    let ring = Shapes.star(seed: seed, center: Point(x: 20.4, y: 55.3), radius: radius, points: 30)
    let coverage = ZoneCoverage(
      of: PolygonShape(rings: [ring]), in: grid, density: areas.rowDensity)
    var sum = 0.0
    for row in coverage.rowRange {
      for run in coverage.runs(inRow: row) {
        sum +=
          Double(run.columns.count) * run.fraction
          * areas.unit.squareMetres(areas.area(column: 0, row: row))
      }
    }
    let expected = Ellipsoid.wgs84.area(
      ofRings: [ring.map { Point(x: $0.x * .pi / 180, y: $0.y * .pi / 180) }])
    // The density is cut off after its second degree: (1° = 0.0175)³ · tan 55° ÷ 300 of a cell at
    // most; without any density it would be 3e-3 of a cell.
    let cell = areas.unit.squareMetres(areas.area(column: 0, row: 15))
    #expect(abs(sum - expected) < 1e-7 * cell * Double(coverage.cellCount))
  }

  @Test("coarse cells of Web Mercator sum to the polygon's area", arguments: UInt64(0)..<5)
  func webMercator(seed: UInt64) {
    let mercator = WebMercator(north: 60, step: 25_000, columns: 24, rows: 40)
    let areas = CellAreas(grid: mercator.grid, arealScale: mercator.lattice(intervals: 20))
    let radius = [0.3, 0.7, 2, 5, 11][Int(seed)]
    let ring = Shapes.star(seed: seed, center: Point(x: 12.4, y: 20.3), radius: radius, points: 30)
    let coverage = ZoneCoverage(
      indexRings: [ring], columns: 24, rows: 40, density: areas.rowDensity)
    var sum = 0.0
    for row in coverage.rowRange {
      for run in coverage.runs(inRow: row) {
        for column in run.columns {
          sum += run.fraction * areas.unit.squareMetres(areas.area(column: column, row: row))
        }
      }
    }
    // North is up here, so the ring turns over; its edges are straight in the map.
    let places = Shapes.cut(ring.reversed(), pieces: 500).map {
      Point(x: mercator.longitude($0.x), y: mercator.latitude($0.y))
    }
    let expected = Ellipsoid.wgs84.area(ofRings: [places])
    // The mean of a cell is taken at its centre: (25 km ÷ 6,378 km)² · 4/24 = 2.6e-6.
    #expect(abs(sum / expected - 1) < 5e-6)
  }

  @Test("the southern half of a cell is its larger half")
  func halves() {
    let grid = Shapes.geographicGrid(west: 0, north: 61, step: 1, columns: 1, rows: 1)
    let areas = CellAreas(geographic: grid)
    let south = ZoneCoverage(
      indexRings: [Shapes.box(0, 0.5, 1, 1)], columns: 1, rows: 1, density: areas.rowDensity)
    func band(_ from: Double, _ to: Double) -> Double {
      Ellipsoid.wgs84.authalicFunction(from: from * .pi / 180, to: to * .pi / 180)
    }
    let expected = band(60, 60.5) / band(60, 61)
    #expect(expected > 0.503)
    #expect(abs(south.coverageFraction(column: 0, row: 0) - expected) < 3e-8)
  }
}
