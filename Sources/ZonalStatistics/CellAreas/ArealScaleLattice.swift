/// A smooth quantity known at the nodes of a lattice and interpolated between them.
///
/// Lagrange's polynomial through the six nearest nodes of each axis (all, where there are fewer), so a
/// quantity that is a polynomial of degree five comes back exactly; otherwise the error is at most
/// 0.005·h⁶·f⁽⁶⁾ away from the rim and 0.024 times that in the outermost spacing h. A value depends on
/// the place alone, never on which neighbours are asked for with it.
public struct ArealScaleLattice: Hashable, Sendable {
  let columnAxis: LatticeAxis
  let rowAxis: LatticeAxis
  /// Row by row, every one finite and above zero.
  let values: [Double]
  /// The largest value.
  let maximum: Double
  let isConstant: Bool
  /// Nodes that came without a usable value and took that of the nearest node.
  public let filledNodes: Int

  /// - Parameters:
  ///   - columns: strictly increasing positions in index space (0 is the west edge of the grid, or of the whole
  ///     that it is a part of).
  ///   - rows: the same for rows.
  ///   - values: *rows* × *columns* values, row by row. Those not finite or not above zero (nodes off the
  ///     projection's domain) take the nearest usable one of their row, else that of the nearest
  ///     row; at least one must be usable.
  public init(columns: [Double], rows: [Double], values: [Double]) {
    self.init(columns: LatticeNodes(columns), rows: LatticeNodes(rows), values: values)
  }

  /// The same with nodes beyond a whole, for its parts that reach there.
  public init(columns: LatticeNodes, rows: LatticeNodes, values: [Double]) {
    let (across, down) = (columns.positions, rows.positions)
    precondition(values.count == across.count * down.count, "a lattice needs a value at each node")
    (columnAxis, rowAxis) = (
      LatticeAxis(across, core: columns.core), LatticeAxis(down, core: rows.core)
    )
    (self.values, filledNodes) = Self.filled(values, columns: across.count)
    let (minimum, maximum) = self.values.reduce((Double.infinity, 0.0)) {
      (min($0.0, $1), max($0.1, $1))
    }
    (self.maximum, isConstant) = (maximum, minimum == maximum)
  }

  /// Positions of `intervals` + 1 nodes spread evenly over `cells` cells, edge to edge.
  public static func nodes(cells: Int, intervals: Int) -> [Double] {
    (0...max(intervals, 1)).map { Double(cells) * Double($0) / Double(max(intervals, 1)) }
  }

  /// The quantity at a position in index space.
  public func value(column: Double, row: Double) -> Double {
    let interval = columnAxis.interval(of: column)
    return withValues(ofRow: row, at: columnAxis.nodes(interval)) { values in
      columnAxis.polynomial(interval, values).value(at: column)
    }
  }

  /// Calls `body` with the cells of `columns` that a polynomial along a row is for, from left to right.
  @inline(__always) func forEachPolynomial(
    row: Double, columns: Range<Int>,
    _ body: (_ cells: Range<Int>, LatticeAxis.Polynomial) -> Void
  ) {
    guard !columns.isEmpty else { return }
    let first = columnAxis.interval(of: Double(columns.lowerBound) + 0.5)
    let last = columnAxis.interval(of: Double(columns.upperBound) - 0.5)
    let nodes =
      columnAxis.nodes(first).lowerBound..<columnAxis.nodes(last).upperBound
    withValues(ofRow: row, at: nodes) { values in
      for interval in first...last {
        let cells = columnAxis.cells(interval).clamped(to: columns)
        if !cells.isEmpty { body(cells, columnAxis.polynomial(interval, values)) }
      }
    }
  }

  /// Calls `body` with one number a column node, right for some of them.
  @inline(__always) private func withValues<Result>(
    ofRow row: Double, at nodes: Range<Int>, _ body: (Span<Double>) -> Result
  ) -> Result {
    let count = columnAxis.positions.count
    let (first, weights) = rowAxis.weights(at: row)
    let order = rowAxis.order
    return unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { line in
      unsafe line.initialize(repeating: 0)
      for column in nodes {
        var value = 0.0
        for node in 0..<order { value += weights[node] * values[(first + node) * count + column] }
        unsafe line[column] = value
      }
      return body(unsafe UnsafeBufferPointer(line).span)
    }
  }

  private static func filled(_ values: [Double], columns: Int) -> ([Double], Int) {
    let usable = values.map { $0.isFinite && $0 > 0 }
    let missing = usable.count { !$0 }
    guard missing > 0 else { return (values, 0) }
    precondition(missing < values.count, "a lattice needs a usable value")
    var filled = values
    let rows = values.count / columns
    var emptyRows: [Int] = []
    for row in 0..<rows {
      let known = (0..<columns).filter { usable[row * columns + $0] }
      guard !known.isEmpty else {
        emptyRows.append(row)
        continue
      }
      for column in 0..<columns where !usable[row * columns + column] {
        let nearest = known.min { abs($0 - column) < abs($1 - column) } ?? column
        filled[row * columns + column] = values[row * columns + nearest]
      }
    }
    let knownRows = (0..<rows).filter { !emptyRows.contains($0) }
    for row in emptyRows {
      let nearest = knownRows.min { abs($0 - row) < abs($1 - row) } ?? row
      for column in 0..<columns {
        filled[row * columns + column] = filled[nearest * columns + column]
      }
    }
    return (filled, missing)
  }
}
