import RasterCore

/// The conductances of a circuit's links, worked out row by row in Float64.
///
/// Four links of a cell are kept, to the east, south, south-east and south-west; the other four are its neighbours'.
/// Held for all cells they would take as much memory as everything else together.
@safe final class LinkRows {
  /// By column from 1 on, with a border; links to insulating cells have 0 siemens.
  @safe final class Row {
    fileprivate let shape: PlaneShape
    private let storage: Plane<Double>
    let east: UnsafeMutablePointer<Double>
    let south: UnsafeMutablePointer<Double>
    let southEast: UnsafeMutablePointer<Double>
    let southWest: UnsafeMutablePointer<Double>
    /// What the cells of the row bring into a mean.
    fileprivate let shares: UnsafeMutablePointer<Double>

    fileprivate init(columns: Int) {
      // Rows apart by more than a vector reads past the end.
      shape = PlaneShape(columns: columns + 8, rows: 5)
      storage = Plane(shape)
      unsafe east = storage.numbers
      unsafe south = east + shape.stride
      unsafe southEast = south + shape.stride
      unsafe southWest = southEast + shape.stride
      unsafe shares = southWest + shape.stride
    }

    fileprivate func clearLinks() {
      unsafe storage.numbers.update(repeating: 0, count: 4 * shape.stride)
    }
  }

  private let circuit: RasterCircuit
  /// Insulating cells that are part of a conductor, in rising order.
  private let joined: [Int]
  /// Of the row before the current one.
  private(set) var above: Row
  private(set) var current: Row
  private var next: Row
  private var row = -1
  private var nextJoined = 0

  init(_ circuit: RasterCircuit, joined: [Int]) {
    (self.circuit, self.joined) = (circuit, joined)
    above = Row(columns: circuit.columns)
    current = Row(columns: circuit.columns)
    next = Row(columns: circuit.columns)
  }

  /// Before the first row.
  func rewind() {
    (row, nextJoined) = (-1, 0)
    current.clearLinks()
    readShares(ofRow: 0)
  }

  /// To the next row; `above` is then that which was current.
  func advance() {
    row += 1
    (above, current, next) = (current, next, above)
    if row + 1 < circuit.rows { readShares(ofRow: row + 1) }
    switch circuit.averaging {
    case .resistance: join(.meanResistance)
    case .conductance: join(.meanConductance)
    }
  }

  /// Into `next`.
  private func readShares(ofRow row: Int) {
    let first = row * circuit.columns
    let outside = circuit.share(0)
    unsafe next.shares[0] = outside
    for column in 0..<circuit.columns {
      unsafe next.shares[column + 1] = circuit.share(circuit.values[first + column])
    }
    // Vectors read on; what they find there must insulate.
    for column in circuit.columns..<circuit.columns + 9 {
      unsafe next.shares[column + 1] = outside
    }
    while nextJoined < joined.count, joined[nextJoined] < first + circuit.columns {
      unsafe next.shares[joined[nextJoined] - first + 1] = circuit.share(0, isJoined: true)
      nextJoined += 1
    }
  }

  private enum Mean { case meanResistance, meanConductance }

  @inline(__always) private func join(_ mean: Mean) {
    let lengths = circuit.lengths
    // 1 / (ℓ · mean resistance), or mean conductance / ℓ.
    @inline(__always) func factor(_ length: Double) -> Double {
      mean == .meanResistance ? 2 / length : 0.5 / length
    }
    @inline(__always) func conductance(
      _ factor: Double, _ one: SIMD4<Double>, _ other: SIMD4<Double>
    ) -> SIMD4<Double> {
      guard mean == .meanConductance else { return factor / (one + other) }
      let links = factor * (one + other)
      return links.replacing(with: 0, where: .!(links .> 0))
    }
    let east = factor(lengths.east[row])
    let isLast = row + 1 == circuit.rows
    let south = isLast ? 0 : factor(lengths.south[row])
    let diagonal = isLast || circuit.neighbours == .four ? 0 : factor(lengths.diagonal[row])
    let (own, below) = unsafe (current.shares, next.shares)
    for column in Swift.stride(from: 1, through: circuit.columns, by: 4) {
      let shares = unsafe own[lanes: column]
      unsafe current.east[lanes: column] = conductance(east, shares, own[lanes: column + 1])
      guard !isLast else { continue }
      unsafe current.south[lanes: column] = conductance(south, shares, below[lanes: column])
      guard diagonal > 0 else { continue }
      unsafe current.southEast[lanes: column] =
        conductance(diagonal, shares, below[lanes: column + 1])
      unsafe current.southWest[lanes: column] =
        conductance(diagonal, shares, below[lanes: column - 1])
    }
    if isLast { unsafe current.south.update(repeating: 0, count: 3 * current.shape.stride) }
  }
}
