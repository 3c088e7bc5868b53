/// An area between which connections are sought: its cells, as runs.
package struct Core: Hashable, Sendable {
  /// Neighbouring cells of a row.
  package struct Run: Hashable, Sendable {
    package let row: Int
    package let columns: Range<Int>

    package init(row: Int, columns: Range<Int>) { (self.row, self.columns) = (row, columns) }
  }

  package let id: Int
  /// By row, and in it by column; none overlap.
  package let runs: [Run]

  /// - Precondition: no cell stands in two runs.
  package init(id: Int, runs: [Run]) {
    self.id = id
    self.runs = runs.sorted { ($0.row, $0.columns.lowerBound) < ($1.row, $1.columns.lowerBound) }
  }

  /// The cores of a raster of their numbers, by number.
  ///
  /// - Parameter labels: row by row; below 1 = no core.
  package static func cores(labels: [Int32], columns: Int) -> [Core] {
    var runs: [Int32: [Run]] = [:]
    var start = 0
    while start < labels.count {
      let label = labels[start]
      let (row, first) = (start / columns, start % columns)
      var end = start + 1
      while end < (row + 1) * columns, labels[end] == label { end += 1 }
      if label > 0 {
        runs[label, default: []].append(Run(row: row, columns: first..<first + end - start))
      }
      start = end
    }
    return runs.keys.sorted().map { Core(id: Int($0), runs: runs[$0]!) }
  }

  package var cellCount: Int { runs.reduce(0) { $0 + $1.columns.count } }

  /// Row by row.
  package var cells: some Sequence<GridCell> {
    runs.lazy.flatMap { run in run.columns.lazy.map { GridCell(row: run.row, column: $0) } }
  }

  /// - Complexity: O(log *n*) for *n* runs.
  package func contains(_ cell: GridCell) -> Bool {
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      let run = runs[middle]
      if (run.row, run.columns.upperBound - 1) < (cell.row, cell.column) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < runs.count && runs[low].row == cell.row && runs[low].columns.contains(cell.column)
  }
}
