import GeoIO
import GroundGeometry
import RasterCore
import TestSupport
import Testing
import ZonalStatistics

@testable import HabitatKit

@Suite("Areas of coarse cells")
struct CoarseCellTests {
  /// By pyproj 3.7.2: `Geod.polygon_area_perimeter` of the cell's outline with 160,000 points.
  @Test(
    "a cell has the area that its outline has on the ellipsoid",
    arguments: [
      // Far from the pole and over it.
      ("EPSG:3413", -500_000.0, 500_000.0, 100_000.0, 10_575.337473),
      ("EPSG:3413", -50_000, 50_000, 100_000, 10_631.000291),
      ("EPSG:3031", -50_000, 50_000, 100_000, 10_567.474433),
      // The pole is a corner.
      ("EPSG:3995", 0, 100_000, 100_000, 10_566.792805),
      ("EPSG:6931", -50_000, 50_000, 100_000, 10_000),
      ("EPSG:5070", 2_000_000, 2_200_000, 200_000, 40_000),
      ("EPSG:3034", 5_000_000, 5_200_000, 200_000, 36_838.594277),
      // Six zones off.
      ("EPSG:32652", 3_000_000, 5_100_000, 100_000, 8563.336827),
      ("EPSG:3857", 0, 8_000_000, 2_000_000, 1_455_842.426056),
    ])
  func cells(crs: String, west: Double, north: Double, step: Double, expected: Double) throws {
    let grid = try Grid.northUp(crs, west: west, north: north, step: step, columns: 1, rows: 1)
    let areas = try CellAreas(of: grid, on: grid.crs.geographicBase)
    let area = areas.unit.squareMetres(areas.area(column: 0, row: 0)) / 1e6
    // Gauss–Legendre leaves less than 1e-8; PROJ's series for Lambert's map is good to 1e-7 at the pole.
    #expect(abs(area / expected - 1) < 1e-7, "\(area)")
    let box = try grid.area(on: grid.crs.geographicBase) / 1e6
    #expect(abs(box / expected - 1) < 1e-8, "\(box)")
  }

  @Test(
    "cells of a grid sum to its box", arguments: [("EPSG:3413", 100_000.0), ("EPSG:32652", 2500)])
  func sum(crs: String, step: Double) throws {
    let grid = try Grid.northUp(
      crs, west: 400_000 - 5 * step, north: 5 * step, step: step, columns: 10, rows: 10)
    let areas = try CellAreas(of: grid, on: grid.crs.geographicBase)
    let sum = areas.unit.squareMetres(areas.units(of: grid.window))
    let box = try grid.area(on: grid.crs.geographicBase)
    #expect(abs(sum / box - 1) < 1e-8)
  }

  /// Parks with edges askew, 76 cells large.
  @Test("what the cells hold of a park sums to its area", arguments: ["EPSG:3413", "EPSG:3031"])
  func parks(crs: String) throws {
    let grid = try Grid.northUp(
      crs, west: -450_000, north: 450_000, step: 100_000, columns: 9, rows: 9)
    let ground = grid.crs.geographicBase
    let shape = PolygonShape(rings: [
      [(-350_000, -350_000), (410_000, -350_000), (410_000, 350_000), (-350_000, 440_000)]
        .map { Point(x: $0.0, y: $0.1) }
    ])
    let measure = try ParkGeometry(parksCRS: grid.crs, grid: grid)
      .measure(shape, GroundShares(of: grid, on: ground), at: "")
    let areas = try CellAreas(of: grid, on: ground)
    var sum = 0.0
    for row in 0..<9 {
      for column in 0..<9 {
        sum +=
          measure.coverage.coverageFraction(column: column, row: row)
          * areas.unit.squareMetres(areas.area(column: column, row: row))
      }
    }
    // Shares of the plane leave 5e-5.
    #expect(abs(sum / measure.area - 1) < 1e-6)
  }

  /// Robinson's map is drawn through points 5° apart, so its scale is not smooth there.
  @Test("nodes come closer until the scale between them is right") func nodes() throws {
    let grid = try Grid.northUp(
      "+proj=robin +datum=WGS84", west: -6e6, north: 8e6, step: 200_000, columns: 60, rows: 80)
    let areas = try CellAreas(of: grid, on: grid.crs.geographicBase)
    let sum = areas.unit.squareMetres(areas.units(of: grid.window))
    let box = try grid.area(on: grid.crs.geographicBase)
    #expect(abs(sum / box - 1) < 1e-5)
  }
}
