import GeoIO
package import RasterCore

extension Window {
  /// This window and at least `metres` of ground on each of its sides, as far as the grid goes; `nil` where it lies
  /// beside the grid, and farther off than that.
  ///
  /// How many cells that takes is measured all over the window that comes out, for cells shrink towards a pole
  /// and in projections: cells that lie farther off than needed may come along, none is left out.
  ///
  /// - Parameters:
  ///   - metres: 0 or more, on the ellipsoid of `ground`.
  ///   - grid: in whose cells the window counts.
  ///   - ground: a geographic CRS.
  /// - Throws: `.input`, slug `no-transform`.
  package func expanded(
    byMetres metres: Double, on grid: Grid, _ ground: CoordinateReferenceSystem
  ) throws(HabitatError) -> Window? {
    guard metres > 0 else { return intersection(grid.window) }
    let transform = try CoordinateTransform(from: grid.crs, to: ground)
    var wide = self
    // Each round can only widen it, and less each time, but towards a pole, where it soon reaches the grid's rim.
    for _ in 0..<Self.rounds {
      let spacing = wide.leastSpacing(on: grid, ground, by: transform)
      let (across, down) = (
        Self.steps(of: metres, spacing.columns, most: grid.columns),
        Self.steps(of: metres, spacing.rows, most: grid.rows)
      )
      let (west, north) = (max(0, column - across), max(0, row - down))
      let (east, south) = (
        min(grid.columns, column + columns + across), min(grid.rows, row + rows + down)
      )
      guard west < east, north < south else { return nil }
      let next = Window(column: west, row: north, columns: east - west, rows: south - north)
      if next == wide { break }
      wide = next
    }
    return wide
  }

  private static let rounds = 16
  /// Lines of cells across the window at whose crossings cells are measured.
  private static let lines = 16

  private static func steps(of metres: Double, _ spacing: Double, most: Int) -> Int {
    let steps = (metres / spacing).rounded(.up)
    // Written so that NaN counts as far.
    return steps < Double(most) ? Int(steps) : most
  }

  /// Least metres between neighbouring columns, and between rows: the height of a cell over the side that both
  /// share.
  private func leastSpacing(
    on grid: Grid, _ ground: CoordinateReferenceSystem, by transform: borrowing CoordinateTransform
  ) -> (columns: Double, rows: Double) {
    let positions = (0...Self.lines).flatMap { down in
      (0...Self.lines).map { across in
        Point(
          x: Double(column) + Double(columns * across) / Double(Self.lines),
          y: Double(row) + Double(rows * down) / Double(Self.lines))
      }
    }
    var least = (columns: Double.infinity, rows: Double.infinity)
    for case let metric? in GroundMetric.measured(
      at: positions, of: grid, on: ground, by: transform)
    {
      least.columns = min(least.columns, metric.area / metric.rowSquared.squareRoot())
      least.rows = min(least.rows, metric.area / metric.columnSquared.squareRoot())
    }
    return least
  }
}
