import Foundation
import TestSupport
import Testing
import ZonalStatistics

@Suite("Interpolation between the nodes of a lattice")
struct ArealScaleLatticeTests {
  @Test("a polynomial of degree five comes back", arguments: [2, 3, 4, 6, 11])
  func polynomials(nodes: Int) {
    let degree = Double(min(5, nodes - 1))
    func quantity(_ x: Double, _ y: Double) -> Double {
      3 + pow(x / 50, degree) + pow(y / 40, degree) * x / 50
    }
    // Uneven nodes.
    let columns = (0..<nodes).map { 50 * pow(Double($0) / Double(nodes - 1), 1.2) }
    let rows = (0..<nodes).map { 40 * Double($0) / Double(nodes - 1) }
    let lattice = ArealScaleLattice(
      columns: columns, rows: rows, values: rows.flatMap { y in columns.map { quantity($0, y) } })
    for (x, y) in [(0.0, 0.0), (0.5, 39.5), (13, 7), (49.5, 21.5), (50, 40), (25, 20)] {
      #expect(abs(lattice.value(column: x, row: y) - quantity(x, y)) < 1e-12)  // rounding
    }
  }

  @Test("an exponential keeps to the documented error")
  func documentedError() {
    // h = 0.5 in the exponent, so f⁽⁶⁾h⁶ = 0.0156 · f.
    let nodes = ArealScaleLattice.nodes(cells: 100, intervals: 10)
    let lattice = ArealScaleLattice(columns: nodes, rows: [0], values: nodes.map { exp($0 / 20) })
    for cell in 0..<100 {
      let place = Double(cell) + 0.5
      let error = abs(lattice.value(column: place, row: 3) - exp(place / 20))
      let isOuter = cell < 20 || cell >= 80
      // The largest f⁽⁶⁾ is that at the far end of the six nodes, e^2.5 times the one here.
      #expect(error < (isOuter ? 0.024 : 0.005) * 0.0156 * exp(place / 20 + 2.5))
    }
  }

  @Test("nodes without a value take the nearest one's")
  func filling() {
    let lattice = ArealScaleLattice(
      columns: [0, 1, 2], rows: [0, 1, 2],
      values: [.nan, 2, .infinity, -1, 0, .nan, 3, .nan, .nan])
    #expect(lattice.filledNodes == 7)
    #expect(lattice.value(column: 0, row: 0) == 2)
    #expect(lattice.value(column: 2, row: 2) == 3)
    let whole = ArealScaleLattice(columns: [0], rows: [0], values: [4])
    #expect(whole.filledNodes == 0 && whole.value(column: -5, row: 99) == 4)
  }
}
