import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import RasterLoader

@Suite("Positions of cells on another grid")
struct PositionFieldTests {
  /// Two grids and how the second lies on the first.
  struct Pair: Sendable, CustomTestStringConvertible {
    let name: String
    let source: Grid
    let target: Grid
    var testDescription: String { name }
  }

  static func pairs() throws -> [Pair] {
    let utm = try Grid.northUp(
      "EPSG:32652", west: 600_000, north: 4_800_000, step: 300, columns: 150, rows: 130)
    let degrees = try Grid.northUp(
      "EPSG:4326", west: 129, north: 45, step: 1.0 / 1200, columns: 5000, rows: 5000)
    return [
      Pair(name: "UTM on degrees", source: utm, target: degrees),
      Pair(
        name: "degrees on UTM",
        source: try .northUp(
          "EPSG:4326", west: 130, north: 43.5, step: 0.01, columns: 90, rows: 70), target: utm),
      Pair(
        name: "degrees near the pole on a polar projection",
        source: try .northUp(
          "EPSG:4326", west: 10, north: 90, step: 0.25, columns: 100, rows: 40),
        target: try .northUp(
          "EPSG:3413", west: -4e6, north: 4e6, step: 25_000, columns: 320, rows: 320)),
      Pair(
        name: "over the antimeridian",
        source: try .northUp(
          "EPSG:32660", west: 500_000, north: 7_200_000, step: 5000, columns: 100, rows: 50),
        target: try .northUp(
          "EPSG:4326", west: 170, north: 70, step: 0.05, columns: 400, rows: 200)),
      Pair(name: "the same grid", source: utm, target: utm),
    ]
  }

  /// Positions of all cells of a window, by index.
  private func positions(_ field: borrowing PositionField, of window: Window) -> [Point] {
    var found = [Point](repeating: Point(x: .nan, y: .nan), count: window.cellCount)
    for patch in field.patches(holding: window) {
      guard let cells = patch.window.intersection(window) else { continue }
      for row in cells.rowRange {
        let start = (row - window.row) * window.columns + cells.column - window.column
        field.forEachPosition(
          of: cells.columnRange, row: row, offset: 0.5, samples: 1, in: patch
        ) { found[start + $0] = Point(x: $1.x, y: $1.y) }
      }
    }
    return found
  }

  @Test("a position is where PROJ puts the cell's centre, to 2e-5 cells", arguments: try pairs())
  func accuracy(pair: Pair) throws {
    let field = try PositionField(from: pair.source, to: pair.target)
    let transform = try CoordinateTransform(from: pair.source.crs, to: pair.target.crs)
    let found = positions(field, of: pair.source.window)
    let turn = 360 / pair.target.geotransform.columnStepX
    var worst = 0.0
    for row in 0..<pair.source.rows {
      for column in 0..<pair.source.columns {
        let point = pair.source.geotransform.point(
          column: Double(column) + 0.5, row: Double(row) + 0.5)
        let exact = pair.target.geotransform.index(of: transform.transform(point))
        let position = found[row * pair.source.columns + column]
        var off = abs(position.x - exact.x)
        // Longitudes a turn apart are one place.
        if pair.target.crs.isGeographic { off = min(off, abs(off - turn)) }
        worst = max(worst, off, abs(position.y - exact.y))
        if position.x.isNaN || position.y.isNaN { worst = .infinity }
      }
    }
    #expect(worst < 2e-5)
  }

  @Test(
    "a position depends on the cell alone, not on the window it is asked in",
    arguments: try pairs())
  func independence(pair: Pair) throws {
    let field = try PositionField(from: pair.source, to: pair.target)
    let whole = positions(field, of: pair.source.window)
    for window in [
      Window(column: 63, row: 31, columns: 5, rows: 2),
      Window(column: 1, row: 0, columns: 1, rows: 9),
      Window(column: 17, row: 5, columns: 70, rows: 33),
    ] {
      let part = positions(field, of: window)
      let same = window.rowRange.allSatisfy { row in
        window.columnRange.allSatisfy { column in
          part[(row - window.row) * window.columns + column - window.column]
            == whole[row * pair.source.columns + column]
        }
      }
      #expect(same)
    }
  }

  @Test("the bounds of a window hold the positions of its cells", arguments: try pairs())
  func bounds(pair: Pair) throws {
    let field = try PositionField(from: pair.source, to: pair.target)
    var outside = 0
    for patch in field.patches(holding: pair.source.window) {
      guard let cells = patch.window.intersection(pair.source.window) else { continue }
      guard let box = field.bounds(of: cells, in: patch, samples: 1) else { continue }
      for row in cells.rowRange {
        for offset in [0.01, 0.99] {
          field.forEachPosition(
            of: cells.columnRange, row: row, offset: offset, samples: 2, in: patch
          ) { _, point in
            // A position's own error, and a rounding at the rim.
            let margin = 1e-4
            if point.x < box.minX - margin || point.x > box.maxX + margin
              || point.y < box.minY - margin || point.y > box.maxY + margin
            {
              outside += 1
            }
          }
        }
      }
    }
    #expect(outside == 0)
  }
}
