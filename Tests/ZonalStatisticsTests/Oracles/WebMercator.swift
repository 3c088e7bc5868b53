import Foundation
import RasterCore
import ZonalStatistics

/// A grid in Web Mercator with its first column at Greenwich, and all of it in closed form.
struct WebMercator {
  let grid: Grid
  private let axis = Ellipsoid.wgs84.semiMajorAxis

  /// - Parameter north: latitude of the upper edge in degrees.
  init(north: Double, step: Double, columns: Int, rows: Int) {
    grid = Grid(
      crs: Shapes.plane,
      geotransform: Geotransform(
        originX: 0, columnStepX: step, originY: axis * asinh(tan(north * .pi / 180)),
        rowStepY: -step),
      columns: columns, rows: rows)
  }

  /// Radians at a place in index space.
  func longitude(_ column: Double) -> Double {
    grid.geotransform.point(column: column, row: 0).x / axis
  }

  /// Radians at a place in index space.
  func latitude(_ row: Double) -> Double {
    atan(sinh(grid.geotransform.point(column: 0, row: row).y / axis))
  }

  /// M·N·cos² φ ÷ a², the area on the ellipsoid of a square unit of the map.
  func lattice(intervals: Int) -> ArealScaleLattice {
    let nodes = ArealScaleLattice.nodes(cells: grid.rows, intervals: intervals)
    let squared = Ellipsoid.wgs84.squaredEccentricity
    let values = nodes.flatMap { node -> [Double] in
      let (sine, cosine) = (sin(latitude(node)), cos(latitude(node)))
      let scale = (1 - squared) / pow(1 - squared * sine * sine, 2) * cosine * cosine
      return [scale, scale]
    }
    return ArealScaleLattice(columns: [0, Double(grid.columns)], rows: nodes, values: values)
  }
}
