/// One axis of a lattice: its nodes and, for each interval between two, the polynomials that
/// interpolate there.
///
/// Nodes beyond the first and the last of the `core` change nothing between these: where the axis is that of a
/// grid's whole, what is interpolated there does not depend on how far a part reaches beyond it.
struct LatticeAxis: Hashable, Sendable {
  let positions: [Double]
  /// Indices of nodes, the last one included.
  private let core: ClosedRange<Int>
  /// Nodes each interpolation uses.
  let order: Int
  /// Of each interval, the Lagrange polynomials of its nodes: *intervals* × *order* nodes, each with its
  /// coefficients in rising powers of the share of the interval, 0 beyond.
  private let basis: [SIMD8<Double>]
  /// The same coefficients, *intervals* × *order* powers, each of all nodes.
  private let basisByPower: [SIMD8<Double>]

  static let maximumOrder = 6

  /// - Parameter core: indices of nodes; all unless given.
  init(_ positions: [Double], core: ClosedRange<Int>? = nil) {
    precondition(!positions.isEmpty, "an axis needs a node")
    precondition(
      zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }, "nodes must increase")
    let core = core ?? 0...positions.count - 1
    (self.positions, self.core) = (positions, core)
    order = min(Self.maximumOrder, core.count)
    var (basis, basisByPower): ([SIMD8<Double>], [SIMD8<Double>]) = ([], [])
    for interval in 0..<max(positions.count - 1, 1) {
      let first = Self.firstNode(interval, order, core, count: positions.count)
      let origin = positions[interval]
      let length = positions.count > 1 ? positions[interval + 1] - origin : 1
      let nodes = positions[first..<first + order].map { ($0 - origin) / length }
      let polynomials = nodes.indices.map { SIMD8(filling: Self.lagrange($0, nodes)) }
      basis += polynomials
      basisByPower += nodes.indices.map { power in SIMD8(filling: polynomials.map { $0[power] }) }
    }
    (self.basis, self.basisByPower) = (basis, basisByPower)
  }

  var intervals: Int { max(positions.count - 1, 1) }

  /// The interval a position lies in; the outer ones reach to infinity.
  func interval(of position: Double) -> Int {
    var (low, high) = (0, intervals)
    while high - low > 1 {
      let middle = (low + high) / 2
      if positions[middle] <= position { low = middle } else { high = middle }
    }
    return low
  }

  /// The cells, of all whole numbers, whose centre `interval(of:)` puts in an interval.
  func cells(_ interval: Int) -> Range<Int> {
    let (isFirst, isLast) = (interval == 0, interval == intervals - 1)
    let first = isFirst ? Int.min : Int((positions[interval] - 0.5).rounded(.up))
    let end = isLast ? Int.max : Int((positions[interval + 1] - 0.5).rounded(.up))
    return first..<end
  }

  /// The nodes an interval depends on.
  func nodes(_ interval: Int) -> Range<Int> {
    let first = firstNode(interval)
    return first..<first + order
  }

  /// The first node a position depends on and the weights of it and those that follow, which sum to 1;
  /// weights beyond the last such node are 0.
  func weights(at position: Double) -> (first: Int, weights: SIMD8<Double>) {
    let interval = interval(of: position)
    let first = firstNode(interval)
    let share = share(of: position, in: interval)
    var weights = SIMD8<Double>.zero
    for power in stride(from: order - 1, through: 0, by: -1) {
      weights = weights * share + basisByPower[interval * order + power]
    }
    return (first, weights)
  }

  /// The polynomial of an interval through the values at the nodes of the axis.
  ///
  /// - Parameter values: at all nodes; those of `nodes(interval)` count.
  func polynomial(_ interval: Int, _ values: Span<Double>) -> Polynomial {
    let first = firstNode(interval)
    var sums = SIMD8<Double>.zero
    for node in 0..<order { sums += basis[interval * order + node] * values[first + node] }
    return Polynomial(
      origin: positions[interval],
      inverseLength: positions.count > 1 ? 1 / (positions[interval + 1] - positions[interval]) : 1,
      c0: sums[0], c1: sums[1], c2: sums[2], c3: sums[3], c4: sums[4], c5: sums[5])
  }

  /// Up to six coefficients, held in place so that a loop over cells touches no memory for them.
  struct Polynomial {
    let origin: Double
    let inverseLength: Double
    let c0, c1, c2, c3, c4, c5: Double

    @inline(__always) func value(at position: Double) -> Double {
      let t = (position - origin) * inverseLength
      return c0 + t * (c1 + t * (c2 + t * (c3 + t * (c4 + t * c5))))
    }
  }

  private func share(of position: Double, in interval: Int) -> Double {
    let length = positions.count > 1 ? positions[interval + 1] - positions[interval] : 1
    return (position - positions[interval]) / length
  }

  private func firstNode(_ interval: Int) -> Int {
    Self.firstNode(interval, order, core, count: positions.count)
  }

  private static func firstNode(
    _ interval: Int, _ order: Int, _ core: ClosedRange<Int>, count: Int
  ) -> Int {
    let isInCore =
      interval >= core.lowerBound && interval < max(core.upperBound, core.lowerBound + 1)
    let range = isInCore ? core : 0...count - 1
    return min(max(interval - (order / 2 - 1), range.lowerBound), range.upperBound + 1 - order)
  }

  private static func lagrange(_ node: Int, _ nodes: [Double]) -> [Double] {
    var coefficients = [1.0]
    for (index, other) in nodes.enumerated() where index != node {
      let factor = 1 / (nodes[node] - other)
      var next = [Double](repeating: 0, count: coefficients.count + 1)
      for (power, coefficient) in coefficients.enumerated() {
        next[power + 1] += coefficient * factor
        next[power] -= coefficient * other * factor
      }
      coefficients = next
    }
    return coefficients
  }
}

extension SIMD8<Double> {
  /// Up to eight numbers and zeros.
  fileprivate init(filling numbers: [Double]) {
    self = .zero
    for (index, number) in numbers.enumerated() { self[index] = number }
  }
}
