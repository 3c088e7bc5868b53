import Foundation
import GeoIO
import GroundGeometry
import RasterCore
import TestSupport
import Testing
import ZonalStatistics

@testable import HabitatKit

@Suite("How much lies on tiles") struct TileCoverTests {
  private static let wgs84 = Result { try CoordinateReferenceSystem(userInput: "EPSG:4326") }

  private static func cover(_ tiles: [(grid: Grid, windows: [Window])]) throws -> TileCover {
    TileCover(
      try tiles.map { try TileFootprint(on: $0.grid, windows: $0.windows) },
      ground: try wgs84.get())
  }

  private static func whole(_ grid: Grid) -> (grid: Grid, windows: [Window]) {
    (grid, [grid.window])
  }

  @Test("columns of degrees are counted exactly, gaps between tiles left out") func degrees() throws
  {
    let land = try Grid.northUp("EPSG:4326", west: 10, north: 50, step: 0.1, columns: 40, rows: 20)
    // From 11.05° to 13.05° E, less a tile of 0.5°: 1.5 of 4 degrees, at all latitudes alike.
    let dem = try Grid.northUp(
      "EPSG:4326", west: 11.05, north: 55, step: 0.05, columns: 40, rows: 200)
    let tiles = [
      Window(column: 0, row: 0, columns: 10, rows: 200),
      Window(column: 20, row: 0, columns: 20, rows: 100),
      // Under the one above, and over its border.
      Window(column: 20, row: 90, columns: 20, rows: 110),
    ]
    let area = try Self.cover([(dem, tiles)]).area(of: land)
    let expected = CellAreas(geographic: land)
    let all = expected.unit.squareMetres(expected.units(of: land.window))
    #expect(abs(area.whole / all - 1) < 1e-9)
    #expect(abs(area.onTiles / area.whole - 1.5 / 4) < 1e-9)
  }

  @Test("lattices of two systems hold together what both do, once", arguments: [true, false])
  func twoSystems(isDegreesFirst: Bool) throws {
    let land = try Grid.northUp(
      "EPSG:32652", west: 640_000, north: 4_800_000, step: 300, columns: 40, rows: 32)
    let degrees = try Grid.northUp(
      "EPSG:4326", west: 130.6, north: 43.4, step: 0.004, columns: 56, rows: 80)
    let metres = try Grid.northUp(
      "EPSG:32652", west: 645_100, north: 4_810_000, step: 390, columns: 10, rows: 90)
    let tiles = [Self.whole(degrees), Self.whole(metres)]
    let area = try Self.cover(isDegreesFirst ? tiles : tiles.reversed()).area(of: land)
    // Place by place: 20 × 20 to a cell, each moved to degrees.
    let transform = try CoordinateTransform(from: land.crs, to: degrees.crs)
    var held = 0
    let steps = 20
    for row in 0..<land.rows * steps {
      for column in 0..<land.columns * steps {
        let point = land.geotransform.point(
          column: (Double(column) + 0.5) / Double(steps), row: (Double(row) + 0.5) / Double(steps))
        if (645_100..<649_000).contains(point.x) {
          held += 1
        } else {
          let place = transform.transform(point)
          if place.x < 130.6 + 56 * 0.004 { held += 1 }
        }
      }
    }
    let share = Double(held) / Double(land.cellCount * steps * steps)
    // The borders in metres are those of cells; that in degrees crosses the columns of places.
    #expect(share > 0.5 && share < 0.9)
    #expect(abs(area.onTiles / area.whole - share) < 1e-4)
  }

  @Test("a world from -180° or from 0° is all there is, however the land cover counts")
  func antimeridian() throws {
    for west in [-180.0, 0] {
      let world = try Grid.northUp(
        "EPSG:4326", west: west, north: 90, step: 0.5, columns: 720, rows: 360)
      let cover = try Self.cover([Self.whole(world)])
      for start in [-180.0, -20, 0, 170] {
        let land = try Grid.northUp(
          "EPSG:4326", west: start, north: 70, step: 1, columns: 40, rows: 20)
        let area = try cover.area(of: land)
        #expect(abs(area.onTiles / area.whole - 1) < 1e-12, "\(west) \(start)")
      }
      let all = try Grid.northUp(
        "EPSG:4326", west: -180.5, north: 90.5, step: 1, columns: 360, rows: 181)
      let area = try cover.area(of: all)
      // The surface of WGS 84, the half cells beyond the poles left out.
      #expect(abs(area.whole / 510_065_621_724_089 - 1) < 1e-9)
      #expect(abs(area.onTiles / area.whole - 1) < 1e-9)
    }
  }

  @Test("round the pole a cap of degrees is measured on a polar map") func pole() throws {
    let land = try Grid.northUp(
      "EPSG:3413", west: -1_265_000, north: 1_265_000, step: 230_000, columns: 11, rows: 11)
    // All longitudes from 80° N on, which lies within 1,200 km of the pole.
    let cap = try Grid.northUp(
      "EPSG:4326", west: -180, north: 90, step: 0.5, columns: 720, rows: 20)
    let area = try Self.cover([Self.whole(cap)]).area(of: land)
    let box = CellAreas(geographic: cap)
    let expected = box.unit.squareMetres(box.units(of: cap.window))
    // The cell that holds the pole counts as well.
    #expect(abs(area.onTiles / expected - 1) < 1e-8)
    #expect(area.whole > area.onTiles)
  }

  @Test("tiles elsewhere hold nothing") func elsewhere() throws {
    let land = try Grid.northUp(
      "EPSG:32652", west: 640_000, north: 4_800_000, step: 300, columns: 40, rows: 32)
    let far = try Grid.northUp("EPSG:32610", west: 5e5, north: 1e6, step: 30, columns: 9, rows: 9)
    #expect(try Self.cover([Self.whole(far)]).area(of: land).onTiles == 0)
  }
}
