/// The equations on one grid of a multigrid hierarchy, in Float32: a symmetric nine-point stencil.
///
/// A cell without an equation has a diagonal of 1 and no links, so that it needs no case of its own: it stays 0.
@safe final class GridLevel {
  let shape: PlaneShape
  let diagonal: Plane<Float>
  /// Conductances to the four neighbours that come later; the other four are those neighbours'.
  let east: Plane<Float>
  let south: Plane<Float>
  let southEast: Plane<Float>
  let southWest: Plane<Float>

  let solution: Plane<Float>
  let source: Plane<Float>
  let residual: Plane<Float>
  /// A row's share of the sums.
  private let rowSums: UnsafeMutablePointer<Float>

  init(_ shape: PlaneShape) {
    self.shape = shape
    func plane() -> Plane<Float> { Plane(shape) }
    (diagonal, east, south, southEast, southWest) = (plane(), plane(), plane(), plane(), plane())
    (solution, source, residual) = (plane(), plane(), plane())
    unsafe rowSums = .allocate(capacity: shape.stride + 16)
    unsafe rowSums.initialize(repeating: 0, count: shape.stride + 16)
  }

  deinit { unsafe rowSums.deallocate() }

  /// The finest grid: the free cells of a circuit.
  convenience init(
    _ equations: CircuitOperator, parts: CircuitParts,
    grounds: [(place: Int, siemens: Double)]
  ) {
    self.init(equations.shape)
    let stride = shape.stride
    let isFree = parts.cells.map { $0 == CircuitParts.Cell.free.rawValue }
    equations.forEachRow { rows, border in
      let (own, up) = (rows.current, rows.above)
      for x in 1...shape.columns where isFree[border + x] {
        let place = border + x
        let (toEast, toSouth) = unsafe (own.east[x], own.south[x])
        let (toSouthEast, toSouthWest) = unsafe (own.southEast[x], own.southWest[x])
        let earlier =
          unsafe (own.east[x - 1] + up.south[x] + up.southEast[x - 1] + up.southWest[x + 1])
        // A fixed neighbour stands in the diagonal alone.
        diagonal[place] = Float(toEast + toSouth + toSouthEast + toSouthWest + earlier)
        if isFree[place + 1] { east[place] = Float(toEast) }
        if isFree[place + stride] { south[place] = Float(toSouth) }
        if isFree[place + stride + 1] { southEast[place] = Float(toSouthEast) }
        if isFree[place + stride - 1] { southWest[place] = Float(toSouthWest) }
      }
    }
    for ground in grounds where isFree[ground.place] {
      diagonal[ground.place] += Float(ground.siemens)
    }
    completeDiagonal()
  }

  /// Cells without an equation get theirs.
  func completeDiagonal() {
    for row in 0..<shape.rows {
      let first = shape.index(row: row, column: 0)
      for place in first..<first + shape.columns where !(diagonal[place] > 0) {
        diagonal[place] = 1
      }
    }
  }

  /// What the rows above and below bring to a row's cells, Σ g v over six neighbours.
  @inline(__always) private func sumOverRows(
    _ first: Int, _ x: Int, _ v: UnsafeMutablePointer<Float>
  ) -> SIMD8<Float> {
    let place = first + x
    let stride = shape.stride
    var sum = unsafe south.numbers[lanes: place] * v[lanes: place + stride]
    unsafe sum += south.numbers[lanes: place - stride] * v[lanes: place - stride]
    unsafe sum += southEast.numbers[lanes: place] * v[lanes: place + stride + 1]
    unsafe sum += southEast.numbers[lanes: place - stride - 1] * v[lanes: place - stride - 1]
    unsafe sum += southWest.numbers[lanes: place] * v[lanes: place + stride - 1]
    unsafe sum += southWest.numbers[lanes: place - stride + 1] * v[lanes: place - stride + 1]
    return sum
  }

  /// Sets `residual` to what the solution leaves of the source.
  func findResidual() {
    let v = unsafe solution.numbers
    for row in 0..<shape.rows {
      let first = shape.index(row: row, column: 0)
      for x in Swift.stride(from: 0, to: shape.columns, by: 8) {
        let place = first + x
        var rest = unsafe source.numbers[lanes: place] + sumOverRows(first, x, v)
        unsafe rest += east.numbers[lanes: place] * v[lanes: place + 1]
        unsafe rest += east.numbers[lanes: place - 1] * v[lanes: place - 1]
        unsafe rest -= diagonal.numbers[lanes: place] * v[lanes: place]
        // Past the end of a row all numbers are the border's, or the next row's, which is yet to be done.
        unsafe residual.numbers[lanes: place] = rest
      }
    }
  }

  /// Solves for every cell of a row with its neighbours as they are: those of even columns, then the odd ones, or the
  /// other way round.
  @inline(__always) fileprivate func relax(row: Int, oddFirst: Bool) {
    let first = shape.index(row: row, column: 0)
    let v = unsafe solution.numbers
    for x in Swift.stride(from: 0, to: shape.columns, by: 8) {
      unsafe rowSums[lanes: x] = source.numbers[lanes: first + x] + sumOverRows(first, x, v)
    }
    let (e, d) = unsafe (east.numbers, diagonal.numbers)
    for parity in oddFirst ? [1, 0] : [0, 1] {
      for x in Swift.stride(from: parity, to: shape.columns, by: 2) {
        let place = first + x
        unsafe v[place] =
          (rowSums[x] + e[place] * v[place + 1] + e[place - 1] * v[place - 1]) / d[place]
      }
    }
  }
}

// Gauss–Seidel relaxation in four colours (Adams and Ortega 1982, "A multi-color SOR method for parallel
// computation", *Proc. ICPP*, 53–56): cells of one colour, by the parity of row and column, have no links between
// them. Rows of one parity have none either, so a row takes both its colours at once, as soon as the row after it
// has.
extension GridLevel {
  /// Even rows before odd ones.
  func relax() {
    for row in Swift.stride(from: 0, through: shape.rows, by: 2) {
      if row < shape.rows { relax(row: row, oddFirst: false) }
      if row > 0 { relax(row: row - 1, oddFirst: false) }
    }
  }

  /// In the opposite order, so that a cycle of both is symmetric.
  func relaxBackwards() {
    for row in Swift.stride(from: 1, through: shape.rows, by: 2) {
      if row < shape.rows { relax(row: row, oddFirst: true) }
      relax(row: row - 1, oddFirst: true)
    }
  }
}
