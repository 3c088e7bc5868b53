import Circuits
import TestSupport
import Testing

@Suite("Pinch points within a corridor") struct PinchPointsTests {
  private func runs(_ cells: [Int], _ columns: Int) -> [CellRun] {
    cells.map { CellRun(row: $0 / columns, columns: $0 % columns..<$0 % columns + 1) }
  }

  @Test("the rectangle around a corridor is as good as the grid", arguments: UInt64(0)..<12)
  func window(seed: UInt64) throws {
    var problem = Problem(seed: seed, columns: 21, rows: 17, insulating: 10)
    let columns = problem.columns
    // Two cores that reach beyond the corridor, in the north-west and the south-east.
    let first = (0..<5).flatMap { row in (0..<4).map { row * columns + $0 } }
    let second = (11..<17).flatMap { row in (15..<21).map { row * columns + $0 } }
    let corridor = problem.values.indices.filter { cell in
      let (row, column) = (cell / columns, cell % columns)
      return (4..<13).contains(row) && (3..<18).contains(column) && abs(row - column + 2) < 6
    }
    let points = try problem.circuit.pinchPoints(
      from: runs(first, columns), to: runs(second, columns), within: runs(corridor, columns))
    let kept = Set(corridor + first + second)
    for cell in problem.values.indices where !kept.contains(cell) { problem.values[cell] = 0 }
    guard let whole = try problem.circuit.pair(from: first, to: second) else {
      #expect(points == nil)
      return
    }
    let found = try #require(points)
    #expect(found.rows == 3..<14 && found.columns == 2..<19)
    #expect(
      abs(found.effectiveResistance - whole.effectiveResistance)
        < 1e-9 * whole.effectiveResistance)
    for (index, current) in found.nodeCurrents.enumerated() {
      let row = found.rows.lowerBound + index / found.columns.count
      let column = found.columns.lowerBound + index % found.columns.count
      #expect(abs(current - whole.nodeCurrents[row * columns + column]) < 1e-6)
    }
  }

  @Test("a single gap in a wall takes the whole current") func gap() throws {
    // Three rows; the wall in the middle column is open in the second row.
    let values: [Float] = [1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1]
    let circuit = Problem(columns: 5, values: values).circuit
    let all = (0..<3).map { CellRun(row: $0, columns: 0..<5) }
    let points = try #require(
      try circuit.pinchPoints(
        from: (0..<3).map { CellRun(row: $0, columns: 0..<1) },
        to: (0..<3).map { CellRun(row: $0, columns: 4..<5) }, within: all))
    #expect(abs(points.nodeCurrents[7] - 1) < 1e-9)
    #expect(points.nodeCurrents[2] == 0 && points.nodeCurrents[12] == 0)
    #expect(points.nodeCurrents[6] < 1)
  }
}
