import RasterCore

/// Neighbouring cells of a row.
package struct CellRun: Hashable, Sendable {
  package let row: Int
  package let columns: Range<Int>

  package init(row: Int, columns: Range<Int>) { (self.row, self.columns) = (row, columns) }
}

/// A rectangle of a grid.
struct CellWindow: Hashable, Sendable {
  let rows: Range<Int>
  let columns: Range<Int>

  /// The part of a run that lies within.
  func part(of run: CellRun) -> CellRun? {
    guard rows.contains(run.row), run.columns.overlaps(columns) else { return nil }
    return CellRun(row: run.row, columns: run.columns.clamped(to: columns))
  }

  /// The numbers, in the rectangle, of those cells of `runs` that lie within.
  func cells(of runs: [CellRun]) -> [Int] {
    runs.compactMap(part).flatMap { run in
      let first = (run.row - rows.lowerBound) * columns.count - columns.lowerBound
      return run.columns.map { first + $0 }
    }
  }
}

extension RasterCircuit {
  /// The circuit of some cells of a rectangle: the others insulate, and nothing leads out.
  func cut(to window: CellWindow, keeping areas: [[CellRun]]) -> RasterCircuit {
    var kept = [Float](repeating: 0, count: window.rows.count * window.columns.count)
    for run in areas.joined() {
      guard let part = window.part(of: run) else { continue }
      let from = part.row * columns
      let to =
        (part.row - window.rows.lowerBound) * window.columns.count
        - window.columns.lowerBound
      for column in part.columns { kept[to + column] = values[from + column] }
    }
    let between = window.rows.dropLast()
    return RasterCircuit(
      columns: window.columns.count, values: kept, of: quantity, averaging: averaging,
      neighbours: neighbours,
      lengths: StepLengths(
        east: Array(lengths.east[window.rows]), south: Array(lengths.south[between]),
        diagonal: Array(lengths.diagonal[between])))
  }
}
