import GeoIO
import RasterCore

/// Turns differences of height on a DEM into the steepness of the ground.
///
/// With the metric *G* of a cell's steps and the gradient *g* in heights per cell, the squared slope
/// is gᵀ·G⁻¹·g, whatever the angle between the axes.
struct GradientMetric: Sendable {
  /// What the cells of a row weigh Horn's sums with, which are eight times the gradient: the square of
  /// the one along the row, the product of both, the square of the one down the column.
  enum RowWeights {
    case alike(along: Float, both: Float, down: Float)
    /// First of all cells for the one along the row, then for both, then for the one down the column.
    case differing([Float])
  }

  /// G⁻¹ ÷ 64: of the column difference, twice that of both, of the row difference.
  private typealias Node = SIMD4<Double>

  private enum Form {
    /// Of every row alike: a geographic grid.
    case byRow([Node])
    /// At nodes `spacing` cells apart, from cell centre (0, 0), and linear between them.
    case byNode([Node], across: Int, spacing: Int)
  }
  private let form: Form

  /// - Throws: `.input`, slug `no-transform`.
  init(of grid: Grid) throws(HabitatError) {
    if grid.crs.isGeographic {
      form = .byRow(Self.rows(of: grid))
      return
    }
    // 5 km: between nodes that far apart the scale of a projection bends by less than 1e-6.
    let cell = grid.middleCellArea.squareRoot()
    let spacing = max(Int(5000 / cell), max(grid.columns, grid.rows) / 512, 1)
    let across = (grid.columns - 1) / spacing + 2
    let down = (grid.rows - 1) / spacing + 2
    var places: [Point] = []
    for row in 0..<down {
      for column in 0..<across {
        places.append(Point(x: Double(column * spacing) + 0.5, y: Double(row * spacing) + 0.5))
      }
    }
    let metrics = try GroundMetric.measured(at: places, of: grid, on: grid.crs.geographicBase)
    let nodes = metrics.map { metric -> Node in
      guard let metric else { return Node(repeating: .nan) }
      let factor = 1 / (64 * metric.area * metric.area)
      return Node(metric.rowSquared, -2 * metric.product, metric.columnSquared, 0) * factor
    }
    form = .byNode(nodes, across: across, spacing: spacing)
  }

  private static func rows(of grid: Grid) -> [Node] {
    let (unit, steps) = (grid.crs.unit, grid.geotransform)
    return (0..<grid.rows).map { row in
      let latitude = steps.point(column: 0.5, row: Double(row) + 0.5).y * unit
      let metres = grid.crs.ellipsoid.metresPerRadian(latitude: latitude)
      let east = metres.east * steps.columnStepX * unit
      let north = metres.north * steps.rowStepY * unit
      return Node(1 / (64 * east * east), 0, 1 / (64 * north * north), 0)
    }
  }

  /// The weights of some columns of a row.
  func weights(row: Int, columns: Range<Int>) -> RowWeights {
    switch form {
    case .byRow(let rows):
      let node = SIMD4<Float>(rows[row])
      return .alike(along: node.x, both: 0, down: node.z)
    case .byNode(let nodes, let across, let spacing):
      let count = columns.count
      var numbers = [Float](repeating: 0, count: 3 * count)
      let (above, t) = (row / spacing * across, Double(row % spacing) / Double(spacing))
      for column in columns {
        let node = above + column / spacing
        let s = Double(column % spacing) / Double(spacing)
        let north = nodes[node] + s * (nodes[node + 1] - nodes[node])
        let south = nodes[node + across] + s * (nodes[node + across + 1] - nodes[node + across])
        let mixed = SIMD4<Float>(north + t * (south - north))
        for line in 0..<3 { numbers[line * count + column - columns.lowerBound] = mixed[line] }
      }
      return .differing(numbers)
    }
  }
}
