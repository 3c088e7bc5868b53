import Foundation
package import GeoIO
package import RasterCore

/// What a step of one cell measures on the ground: the first fundamental form of the surface in
/// columns and rows.
package struct GroundMetric: Hashable, Sendable {
  /// Squared metres of a step along the row, the product of both steps, of a step down the column.
  package let columnSquared: Double
  package let product: Double
  package let rowSquared: Double

  /// Square metres of ground in a cell, were the metric the same all over it.
  package var area: Double { (columnSquared * rowSquared - product * product).squareRoot() }

  /// The metrics at `positions` (columns and rows of `grid`), measured on the ellipsoid of the
  /// geographic CRS `ground`; `nil` where the projection has no image.
  ///
  /// Central differences over ±100 m of points on the ellipsoid in three dimensions, which no pole
  /// disturbs; the chord is shorter than the arc by less than 1e-10.
  package static func measured(
    at positions: [Point], of grid: Grid, on ground: CoordinateReferenceSystem
  ) throws(HabitatError) -> [GroundMetric?] {
    measured(
      at: positions, of: grid, on: ground, by: try CoordinateTransform(from: grid.crs, to: ground))
  }

  /// The same by a transform from the grid's CRS to `ground`, for those who ask many times.
  package static func measured(
    at positions: [Point], of grid: Grid, on ground: CoordinateReferenceSystem,
    by transform: borrowing CoordinateTransform
  ) -> [GroundMetric?] {
    let geotransform = grid.geotransform
    let step = 100 / (grid.middleCellArea.squareRoot())
    var points: [Point] = []
    points.reserveCapacity(positions.count * 4)
    for position in positions {
      for (dx, dy) in [(step, 0), (-step, 0), (0, step), (0, -step)] {
        points.append(geotransform.point(column: position.x + dx, row: position.y + dy))
      }
    }
    transform.transform(&points)
    let places = points.map {
      ground.ellipsoid.geocentric(longitude: $0.x * ground.unit, latitude: $0.y * ground.unit)
    }
    return positions.indices.map { index in
      let along = (places[4 * index] - places[4 * index + 1]) / (2 * step)
      let down = (places[4 * index + 2] - places[4 * index + 3]) / (2 * step)
      let metric = GroundMetric(
        columnSquared: (along * along).sum(), product: (along * down).sum(),
        rowSquared: (down * down).sum())
      return metric.area.isFinite ? metric : nil
    }
  }
}
