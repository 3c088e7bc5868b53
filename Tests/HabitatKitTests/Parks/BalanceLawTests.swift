import Foundation
import GeoIO
import GroundGeometry
import RasterCore
import TestSupport
import Testing
import ZonalStatistics

@testable import HabitatKit

/// The bound of the interface on random grids and parks, near the poles most of all.
@Suite("The law of the balance")
struct BalanceLawTests {
  @Test("what is left over keeps the bound, up to 89° of latitude", arguments: UInt64(0)..<100)
  func bound(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func uniform(_ low: Double, _ high: Double) -> Double {
      Double.random(in: low...high, using: &random)
    }
    let north = Bool.random(using: &random) ? 1.0 : -1
    let latitude = north * uniform(seed % 2 == 0 ? 0 : 70, 88.7)
    let longitude = uniform(-175, 175)
    let (side, stretch) = (pow(10, uniform(1.3, 3.7)), pow(10, uniform(-1, 0.7)))
    let zone =
      "EPSG:\(north > 0 ? 326 : 327)\(Int((longitude + 180) / 6 + 101).description.suffix(2))"
    let polar = north > 0 ? "EPSG:3413" : "EPSG:3031"
    var maps = ["EPSG:4326"]
    if abs(latitude) < 82 { maps += ["EPSG:3857", zone] }
    if abs(latitude) > 60 { maps.append(polar) }
    let parksCRS = maps.randomElement(using: &random)!
    let gridCRS = seed % 3 == 0 ? maps.randomElement(using: &random)! : "EPSG:4326"

    let count = 20
    let crs = try CoordinateReferenceSystem(userInput: gridCRS)
    let degrees = try CoordinateReferenceSystem(userInput: "EPSG:4326")
    let middle = try CoordinateTransform(from: degrees, to: crs)
      .transform(Point(x: longitude, y: latitude))
    var (width, height) = (side, side)
    if crs.isGeographic {
      height = side / 111_000
      width = min(0.5, height * stretch / max(0.2, cos(latitude * .pi / 180)))
    }
    let half = Double(count / 2)
    let grid = try Grid.northUp(
      gridCRS, west: middle.x - half * width, north: middle.y + half * height, step: width,
      rowStep: height, columns: count, rows: count)
    guard !crs.isGeographic || abs(middle.y) + half * height < 89.3 else { return }

    let corners = Int.random(in: 4...9, using: &random)
    let reach = pow(10, uniform(-0.2, 0.95))
    var ring = (0..<corners).map { corner in
      let angle = (Double(corner) + uniform(-0.2, 0.2)) * 2 * .pi / Double(corners)
      return Point(
        x: middle.x + reach * uniform(0.6, 1) * width * cos(angle),
        y: middle.y + reach * uniform(0.6, 1) * height * sin(angle))
    }
    let parks = try CoordinateReferenceSystem(userInput: parksCRS)
    try CoordinateTransform(from: crs, to: parks).transform(&ring)

    let ground = parks.geographicBase
    let measure = try ParkGeometry(parksCRS: parks, grid: grid)
      .measure(PolygonShape(rings: [ring]).madeValid, GroundShares(of: grid, on: ground), at: "")
    let areas = try CellAreas(of: grid, on: ground)
    func area(_ column: Int, _ row: Int) -> Double {
      areas.unit.squareMetres(areas.area(column: column, row: row)) / 1e6
    }
    var (inside, cut) = (0.0, 0)
    for row in measure.coverage.rowRange {
      for run in measure.coverage.runs(inRow: row) {
        for column in run.columns { inside += run.fraction * area(column, row) }
        if run.share < CoverageRun.whole { cut += run.columns.count }
      }
    }
    let whole = measure.area / 1e6
    let (left, cell) = (whole - inside - measure.outside / 1e6, area(count / 2, count / 2))
    #expect(whole > 0)
    #expect(abs(left) <= max(1e-5 * whole + 1e-4 * cell + 4e-6, 1e-4 * cell * Double(cut)))
  }
}
