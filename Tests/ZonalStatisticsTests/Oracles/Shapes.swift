import Foundation
import RasterCore
import TestSupport
import ZonalStatistics

/// Shapes and grids that tests build.
enum Shapes {
  static let plane = CoordinateReferenceSystem(
    wkt: "", name: "plane", isGeographic: false, ellipsoid: .wgs84, datumIsKnown: true, unit: 1)
  static let geographic = CoordinateReferenceSystem(
    wkt: "", name: "WGS 84", isGeographic: true, ellipsoid: .wgs84, datumIsKnown: true,
    unit: .pi / 180)

  static func geographicGrid(
    west: Double, north: Double, step: Double, columns: Int, rows: Int
  ) -> Grid {
    Grid(
      crs: geographic,
      geotransform: Geotransform(
        originX: west, columnStepX: step, originY: north, rowStepY: -step),
      columns: columns, rows: rows)
  }

  static func planarGrid(step: Double, columns: Int, rows: Int) -> Grid {
    Grid(
      crs: plane,
      geotransform: Geotransform(
        originX: 0, columnStepX: step, originY: step * Double(rows), rowStepY: -step),
      columns: columns, rows: rows)
  }

  /// One unit of area a cell of 1 m².
  static func unitAreas(columns: Int, rows: Int) -> CellAreas {
    CellAreas(
      grid: planarGrid(step: 1, columns: columns, rows: rows),
      arealScale: ArealScaleLattice(columns: [0], rows: [0], values: [1]))
  }

  /// Areas that differ from cell to cell.
  static func unevenAreas(seed: UInt64, columns: Int, rows: Int) -> CellAreas {
    var random = SeededGenerator(seed: seed)
    let nodes = (
      ArealScaleLattice.nodes(cells: columns, intervals: 8),
      ArealScaleLattice.nodes(cells: rows, intervals: 3)
    )
    let values = (0..<nodes.0.count * nodes.1.count).map { _ in
      Double.random(in: 0.5...1.5, using: &random)
    }
    return CellAreas(
      grid: planarGrid(step: 30, columns: columns, rows: rows),
      arealScale: ArealScaleLattice(columns: nodes.0, rows: nodes.1, values: values))
  }

  static func box(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> [Point] {
    [
      Point(x: left, y: top), Point(x: right, y: top), Point(x: right, y: bottom),
      Point(x: left, y: bottom),
    ]
  }

  /// A ring round a centre with radii between a half and the whole of `radius`, never crossing itself;
  /// its signed area is positive.
  static func star(seed: UInt64, center: Point, radius: Double, points: Int) -> [Point] {
    var random = SeededGenerator(seed: seed)
    return (0..<points).map { index in
      let angle =
        2 * Double.pi * (Double(index) + .random(in: 0..<0.9, using: &random)) / Double(points)
      let length = radius * .random(in: 0.5...1, using: &random)
      return Point(x: center.x + length * cos(angle), y: center.y + length * sin(angle))
    }
  }

  /// A star with a hole of 0.4 radii; the chords of the shell's 24 points stay beyond 0.44.
  static func starWithHole(seed: UInt64, center: Point, radius: Double) -> [[Point]] {
    [
      star(seed: seed, center: center, radius: radius, points: 24),
      star(seed: seed &+ 1000, center: center, radius: radius * 0.4, points: 12).reversed(),
    ]
  }

  /// The same ring with every edge cut into equal pieces.
  static func cut(_ ring: [Point], pieces: Int) -> [Point] {
    zip(ring, ring.dropFirst() + ring.prefix(1)).flatMap { start, end in
      (0..<pieces).map { piece in
        let share = Double(piece) / Double(pieces)
        return Point(
          x: start.x + share * (end.x - start.x), y: start.y + share * (end.y - start.y))
      }
    }
  }

  static func signedArea(_ ring: [Point]) -> Double {
    guard let origin = ring.first else { return 0 }
    return zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { sum, edge in
      sum
        + ((edge.0.x - origin.x) * (edge.1.y - origin.y)
          - (edge.1.x - origin.x) * (edge.0.y - origin.y)) / 2
    }
  }
}
