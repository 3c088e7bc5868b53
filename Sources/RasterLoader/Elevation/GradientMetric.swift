import GeoIO
import RasterCore

/// Turns differences of height per cell of a DEM into the steepness of the ground.
///
/// With the metric *G* of a cell's steps and the gradient *g* in heights per cell, the squared slope
/// is gᵀ·G⁻¹·g, whatever the angle between the axes.
struct GradientMetric: Sendable {
  /// The inverse of the metric: of the column difference, of both, of the row difference.
  struct Weights: Hashable, Sendable {
    var column: Double
    var both: Double
    var row: Double
  }

  private enum Form {
    /// Of every row alike: a geographic grid.
    case byRow([Weights])
    /// At nodes `spacing` cells apart, from cell centre (0, 0), and linear between them.
    case byNode([Weights], nodesAcross: Int, spacing: Int)
  }
  private let form: Form

  /// - Throws: `.input`, slug `no-transform`.
  init(of grid: Grid) throws(HabitatError) {
    let geographic = grid.crs.geographicBase
    if grid.crs.isGeographic {
      let (stepX, stepY) = (grid.geotransform.columnStepX, grid.geotransform.rowStepY)
      form = .byRow(
        (0..<grid.rows).map { row in
          let latitude = grid.geotransform.point(column: 0.5, row: Double(row) + 0.5).y
          let metres = grid.crs.ellipsoid.metresPerRadian(latitude: latitude * grid.crs.unit)
          let (east, north) = (
            metres.east * stepX * grid.crs.unit, metres.north * stepY * grid.crs.unit
          )
          return Weights(column: 1 / (east * east), both: 0, row: 1 / (north * north))
        })
      return
    }
    // 5 km: between nodes that far apart the scale of a projection bends by less than 1e-6.
    let cell = grid.middleCellArea.squareRoot()
    let spacing = max(Int(5000 / cell), max(grid.columns, grid.rows) / 512, 1)
    let across = (grid.columns - 1) / spacing + 2
    let down = (grid.rows - 1) / spacing + 2
    let nodes = (0..<down).flatMap { row in
      (0..<across).map { column in
        Point(x: Double(column * spacing) + 0.5, y: Double(row * spacing) + 0.5)
      }
    }
    let metrics = try GroundMetric.measured(at: nodes, of: grid, on: geographic)
    form = .byNode(
      metrics.map { metric in
        guard let metric else { return Weights(column: .nan, both: .nan, row: .nan) }
        let determinant = metric.area * metric.area
        return Weights(
          column: metric.rowSquared / determinant, both: -metric.product / determinant,
          row: metric.columnSquared / determinant)
      }, nodesAcross: across, spacing: spacing)
  }

  /// Calls `body` with the weights of each column of a row.
  @inline(__always)
  func forEachWeight(
    row: Int, columns: Range<Int>, _ body: (_ column: Int, _ weights: Weights) -> Void
  ) {
    switch form {
    case .byRow(let rows):
      let weights = rows[row]
      for column in columns { body(column, weights) }
    case .byNode(let nodes, let across, let spacing):
      let (above, t) = (row / spacing * across, Double(row % spacing) / Double(spacing))
      for column in columns {
        let node = above + column / spacing
        let s = Double(column % spacing) / Double(spacing)
        let north = nodes[node].mixed(with: nodes[node + 1], s)
        let south = nodes[node + across].mixed(with: nodes[node + across + 1], s)
        body(column, north.mixed(with: south, t))
      }
    }
  }
}

extension GradientMetric.Weights {
  fileprivate func mixed(with other: Self, _ t: Double) -> Self {
    Self(
      column: column + t * (other.column - column), both: both + t * (other.both - both),
      row: row + t * (other.row - row))
  }
}
