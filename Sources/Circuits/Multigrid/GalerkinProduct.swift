extension GridLevel {
  /// The equations of the coarser grid, Pᵀ A P: what the finer ones say of voltages that follow the coarse cells.
  ///
  /// They are summed in Float64, two coarse rows at a time: sums of a row of the equations are small differences.
  convenience init(galerkin fine: GridLevel, _ interpolation: Interpolation) {
    self.init(interpolation.coarse)
    let product = GalerkinRows(fine, interpolation)
    for row in 0..<shape.rows { product.finish(coarseRow: row, into: self) }
    completeDiagonal()
  }
}

/// A fine cell's weights of the four coarse cells around it: north-west, north-east, south-west, south-east, of which
/// the first stands at half its row and column.
private typealias Weights = SIMD4<Double>

@safe private final class GalerkinRows {
  /// Of a coarse cell: diagonal, east, south, south-east, south-west, and one for what is always 0.
  private static let slots = 8

  private let fine: GridLevel
  private let interpolation: Interpolation
  /// Of the coarse row that is being finished and the next.
  private let sums: UnsafeMutablePointer<Double>
  private let rowSize: Int
  /// Of the fine row at hand and the next, with a border.
  private var weights: [Weights]
  private var nextWeights: [Weights]
  private let targets: [[Target]]

  init(_ fine: GridLevel, _ interpolation: Interpolation) {
    (self.fine, self.interpolation) = (fine, interpolation)
    rowSize = (interpolation.coarse.columns + 2) * Self.slots
    unsafe sums = .allocate(capacity: 2 * rowSize)
    unsafe sums.initialize(repeating: 0, count: 2 * rowSize)
    weights = Array(repeating: .zero, count: fine.shape.columns + 2)
    nextWeights = weights
    targets = Target.table(rowSize: rowSize, slots: Self.slots)
    readWeights(ofRow: 0)
  }

  deinit { unsafe sums.deallocate() }

  /// Adds the two fine rows that belong to a coarse one, and rounds its equations into `level`.
  func finish(coarseRow: Int, into level: GridLevel) {
    for row in [2 * coarseRow, 2 * coarseRow + 1] where row < fine.shape.rows { add(row) }
    let first = level.shape.index(row: coarseRow, column: 0)
    for column in 0..<level.shape.columns {
      let cell = column * Self.slots
      // Sums of weights that cancel may come out as a trace below 0.
      level.diagonal[first + column] = unsafe Float(max(0, sums[cell]))
      level.east[first + column] = unsafe Float(sums[cell + 1])
      level.south[first + column] = unsafe Float(sums[cell + 2])
      level.southEast[first + column] = unsafe Float(sums[cell + 3])
      level.southWest[first + column] = unsafe Float(sums[cell + 4])
    }
    unsafe sums.update(from: sums + rowSize, count: rowSize)
    unsafe (sums + rowSize).update(repeating: 0, count: rowSize)
  }

  /// Into `nextWeights`; all 0 after the last row.
  private func readWeights(ofRow row: Int) {
    guard row < fine.shape.rows else {
      for index in nextWeights.indices { nextWeights[index] = .zero }
      return
    }
    let first = interpolation.coarse.index(row: row / 2, column: 0)
    for column in 0..<fine.shape.columns {
      let place = first + column / 2
      let own: SIMD4<Float>
      switch (column & 1, row & 1) {
      case (0, 0): own = [interpolation.own[place], 0, 0, 0]
      case (1, 0): own = [interpolation.west[place], interpolation.east[place], 0, 0]
      case (0, _): own = [interpolation.north[place], 0, interpolation.south[place], 0]
      default:
        own = [
          interpolation.northWest[place], interpolation.northEast[place],
          interpolation.southWest[place], interpolation.southEast[place],
        ]
      }
      nextWeights[column + 1] = Weights(own)
    }
  }

  private func add(_ row: Int) {
    swap(&weights, &nextWeights)
    readWeights(ofRow: row + 1)
    let first = fine.shape.index(row: row, column: 0)
    for column in 0..<fine.shape.columns {
      let own = weights[column + 1]
      guard own != .zero else { continue }
      let place = first + column
      let cell = column / 2 * Self.slots
      addDiagonal(Double(fine.diagonal[place]), own, at: cell)
      let table = 4 * (2 * (row & 1) + (column & 1))
      addLink(fine.east[place], own, weights[column + 2], targets[table], at: cell)
      addLink(fine.south[place], own, nextWeights[column + 1], targets[table + 1], at: cell)
      addLink(fine.southEast[place], own, nextWeights[column + 2], targets[table + 2], at: cell)
      addLink(fine.southWest[place], own, nextWeights[column], targets[table + 3], at: cell)
    }
  }

  @inline(__always) private func addDiagonal(_ value: Double, _ p: Weights, at cell: Int) {
    let (right, down) = (cell + Self.slots, cell + rowSize)
    let squares = value * p * p
    unsafe sums[cell] += squares[0]
    unsafe sums[right] += squares[1]
    unsafe sums[down] += squares[2]
    unsafe sums[down + Self.slots] += squares[3]
    unsafe sums[cell + 1] -= value * p[0] * p[1]
    unsafe sums[down + 1] -= value * p[2] * p[3]
    unsafe sums[cell + 2] -= value * p[0] * p[2]
    unsafe sums[right + 2] -= value * p[1] * p[3]
    unsafe sums[cell + 3] -= value * p[0] * p[3]
    unsafe sums[right + 4] -= value * p[1] * p[2]
  }

  @inline(__always) private func addLink(
    _ link: Float, _ p: Weights, _ q: Weights, _ targets: [Target], at cell: Int
  ) {
    guard link != 0 else { return }
    for one in 0..<4 where p[one] != 0 {
      let products = Double(link) * p[one] * q
      for other in 0..<4 {
        let target = targets[4 * one + other]
        unsafe sums[cell + target.offset] += target.factor * products[other]
      }
    }
  }
}

/// Where the product of two weights goes, from the coarse cell to the north-west of the first fine cell on.
private struct Target {
  var offset: Int
  /// A link takes twice its product from a diagonal, and adds it to a link.
  var factor: Double

  /// By parity of row and column, link (east, south, south-east, south-west), first and second weight.
  static func table(rowSize: Int, slots: Int) -> [[Target]] {
    var table: [[Target]] = []
    for (rowParity, columnParity) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
      for (right, down) in [(1, 0), (0, 1), (1, 1), (-1, 1)] {
        // The neighbour's own coarse cell to the north-west; >> rounds down, −1 too.
        let (x, y) = ((columnParity + right) >> 1, (rowParity + down) >> 1)
        table.append(
          (0..<16).map { pair in
            let (one, other) = (pair / 4, pair % 4)
            let from = (x: one % 2, y: one / 2)
            let to = (x: x + other % 2, y: y + other / 2)
            return target(from, to, rowSize: rowSize, slots: slots)
          })
      }
    }
    return table
  }

  private static func target(
    _ from: (x: Int, y: Int), _ to: (x: Int, y: Int), rowSize: Int, slots: Int
  ) -> Target {
    // The link stands with the earlier of its cells.
    let isForward = (from.y, from.x) <= (to.y, to.x)
    let (first, last) = isForward ? (from, to) : (to, from)
    let step = (x: last.x - first.x, y: last.y - first.y)
    let slot: Int? =
      switch (step.x, step.y) {
      case (0, 0): 0
      case (1, 0): 1
      case (0, 1): 2
      case (1, 1): 3
      case (-1, 1): 4
      // Cells farther apart never both have a weight.
      default: nil
      }
    guard let slot, first.y < 2, first.x >= -1 else { return Target(offset: 5, factor: 0) }
    return Target(
      offset: first.y * rowSize + first.x * slots + slot, factor: slot == 0 ? -2 : 1)
  }
}
