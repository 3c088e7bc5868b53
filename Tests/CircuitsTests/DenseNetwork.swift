import Circuits
import RasterCore
import TestSupport

/// A circuit the slow and plain way: a node for each conductor and each other cell, all links in one dense matrix,
/// Gaussian elimination with pivots.
struct DenseNetwork {
  struct Solution {
    let resistance: Double
    /// By cell.
    let voltages: [Double]
    let currents: [Double]
  }

  let problem: Problem
  let conductors: [[Int]]
  /// By cell; −1 where there is none.
  private var node: [Int]
  private let nodeCount: Int
  private var conductance: [[Double]]

  init(_ problem: Problem, conductors: [[Int]]) {
    (self.problem, self.conductors) = (problem, conductors)
    node = Array(repeating: -1, count: problem.values.count)
    for (number, cells) in conductors.enumerated() { for cell in cells { node[cell] = number } }
    var count = conductors.count
    for cell in node.indices where problem.values[cell] > 0 && node[cell] < 0 {
      node[cell] = count
      count += 1
    }
    nodeCount = count
    conductance = Array(repeating: Array(repeating: 0, count: count), count: count)
    for cell in node.indices {
      for other in node.indices
      where node[cell] >= 0 && node[other] >= 0 && node[cell] != node[other] {
        conductance[node[cell]][node[other]] += problem.link(cell, other)
      }
    }
  }

  /// One ampere from the first to the second conductor, which is at 0 V; `nil` where they are not joined.
  func pair(_ source: Int, _ sink: Int) -> Solution? {
    let part = reached(from: sink)
    guard part[source] else { return nil }
    let unknown = (0..<nodeCount).filter { part[$0] && $0 != sink }
    var matrix = unknown.map { row in
      unknown.map { column in
        row == column ? conductance[row].reduce(0, +) : -conductance[row][column]
      } + [row == source ? 1.0 : 0]
    }
    let solved = Self.eliminate(&matrix)
    var volts = [Double](repeating: 0, count: nodeCount)
    for (node, value) in zip(unknown, solved) { volts[node] = value }
    let currents = (0..<nodeCount).map { node in
      let flows = (0..<nodeCount).map { conductance[node][$0] * (volts[node] - volts[$0]) }
      return max(flows.reduce(0) { $0 + max($1, 0) }, flows.reduce(0) { $0 + max(-$1, 0) })
    }
    return Solution(
      resistance: volts[source], voltages: node.map { $0 < 0 ? 0 : volts[$0] },
      currents: node.map { $0 < 0 ? 0 : currents[$0] })
  }

  private func reached(from start: Int) -> [Bool] {
    var isReached = [Bool](repeating: false, count: nodeCount)
    isReached[start] = true
    var waiting = [start]
    while let node = waiting.popLast() {
      for other in 0..<nodeCount where conductance[node][other] > 0 && !isReached[other] {
        isReached[other] = true
        waiting.append(other)
      }
    }
    return isReached
  }

  /// The last column is the right side.
  private static func eliminate(_ rows: inout [[Double]]) -> [Double] {
    let size = rows.count
    for pivot in 0..<size {
      let best = (pivot..<size).max { abs(rows[$0][pivot]) < abs(rows[$1][pivot]) }!
      rows.swapAt(pivot, best)
      for row in pivot + 1..<max(size, pivot + 1) where rows[row][pivot] != 0 {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot...size { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    var x = [Double](repeating: 0, count: size)
    for row in (0..<size).reversed() {
      let rest = (row + 1..<max(size, row + 1)).reduce(rows[row][size]) {
        $0 - rows[row][$1] * x[$1]
      }
      x[row] = rest / rows[row][row]
    }
    return x
  }
}

/// A grid and how its links are made.
struct Problem {
  var columns: Int
  var values: [Float]
  var quantity = RasterCircuit.Quantity.resistance
  var averaging = RasterCircuit.Averaging.resistance
  var neighbours = RasterCircuit.Neighbours.eight
  var lengths: StepLengths

  init(columns: Int, values: [Float], lengths: StepLengths? = nil) {
    (self.columns, self.values) = (columns, values)
    self.lengths = lengths ?? StepLengths(cellWidth: 1, cellHeight: 1, rows: values.count / columns)
  }

  /// A rough grid with holes, rows of unlike lengths, one of the eight ways of links by the seed.
  init(seed: UInt64, columns: Int = 13, rows: Int = 11, insulating: Int = 30) {
    var random = SeededGenerator(seed: seed)
    let values = (0..<columns * rows).map { _ -> Float in
      Int.random(in: 0..<100, using: &random) < insulating
        ? 0 : .random(in: 1...50, using: &random)
    }
    let south = (0..<rows - 1).map { 1 + Double($0) / Double(2 * rows) }
    self.init(
      columns: columns, values: values,
      lengths: StepLengths(
        east: (0..<rows).map { 1.2 - Double($0) / Double(2 * rows) }, south: south,
        diagonal: south.map { ($0 * $0 + 1).squareRoot() }))
    quantity = seed & 1 == 0 ? .resistance : .conductance
    averaging = seed & 2 == 0 ? .resistance : .conductance
    neighbours = seed & 4 == 0 ? .eight : .four
  }

  var circuit: RasterCircuit {
    RasterCircuit(
      columns: columns, values: values, of: quantity, averaging: averaging,
      neighbours: neighbours, lengths: lengths)
  }

  /// The conductance between two cells, whichever they are; an insulating one has 0 siemens.
  func link(_ one: Int, _ other: Int) -> Double {
    let (first, last) = (min(one, other), max(one, other))
    let (row, step) = (
      first / columns, (last / columns - first / columns, last % columns - first % columns)
    )
    let length: Double
    switch step {
    case (0, 1): length = lengths.east[row]
    case (1, 0): length = lengths.south[row]
    case (1, 1), (1, -1):
      guard neighbours == .eight else { return 0 }
      length = lengths.diagonal[row]
    default: return 0
    }
    func siemens(_ cell: Int) -> Double {
      guard values[cell] > 0 else { return 0 }
      return quantity == .conductance ? Double(values[cell]) : 1 / Double(values[cell])
    }
    let (a, b) = (siemens(first), siemens(last))
    guard averaging == .resistance else { return (a + b) / 2 / length }
    return a > 0 && b > 0 ? 1 / ((1 / a + 1 / b) / 2) / length : 0
  }
}
