import GeoIO
import GroundGeometry
import RasterCore

/// Turns differences of height on a DEM into the steepness of the ground.
///
/// With the metric *G* of a cell's steps and the gradient *g* in heights per cell, the squared slope
/// is gᵀ·G⁻¹·g, whatever the angle between the axes.
struct GradientMetric: Sendable {
  /// What the cells of a part of a row weigh Horn's sums with, which are eight times the gradient: the
  /// square of the one along the row, the product of both, the square of the one down the column.
  ///
  /// They change by a step from cell to cell; the first cell has number `firstNumber`, not always 0.
  struct Run {
    let count: Int
    let firstNumber: Int32
    let (along, both, down): (Float, Float, Float)
    let (alongStep, bothStep, downStep): (Float, Float, Float)

    /// All cells weigh alike.
    var isLevel: Bool { alongStep == 0 && bothStep == 0 && downStep == 0 }

    fileprivate init(count: Int, firstNumber: Int, _ weights: Node, step: Node) {
      let (weights, step) = (SIMD4<Float>(weights), SIMD4<Float>(step))
      (self.count, self.firstNumber) = (count, Int32(truncatingIfNeeded: firstNumber))
      (along, both, down) = (weights.x, weights.y, weights.z)
      (alongStep, bothStep, downStep) = (step.x, step.y, step.z)
    }
  }

  /// G⁻¹ ÷ 64: of the column difference, twice that of both, of the row difference.
  fileprivate typealias Node = SIMD4<Double>

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
    let spacing = max(
      min(Int(bounded: 5000 / cell), 1 << 30), max(grid.columns, grid.rows) / 512, 1)
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

  /// The weights of some columns of a row, in runs from west to east.
  func weights(row: Int, columns: Range<Int>) -> [Run] {
    switch form {
    case .byRow(let rows):
      return [Run(count: columns.count, firstNumber: 0, rows[row], step: .zero)]
    case .byNode(let nodes, let across, let spacing):
      let (above, t) = (row / spacing * across, Double(row % spacing) / Double(spacing))
      func weights(_ node: Int) -> Node {
        let (north, south) = (nodes[above + node], nodes[above + across + node])
        return north + t * (south - north)
      }
      let intervals = columns.lowerBound / spacing...(columns.upperBound - 1) / spacing
      return intervals.map { interval in
        let start = interval * spacing
        let cells = (start..<start + spacing).clamped(to: columns)
        let (west, east) = (weights(interval), weights(interval + 1))
        return Run(
          count: cells.count, firstNumber: cells.lowerBound - start, west,
          step: (east - west) / Double(spacing))
      }
    }
  }
}
