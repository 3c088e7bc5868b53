/// The normalized least-cost corridor of a link: the cells through which a way from one core to the other costs
/// little more than the least-cost path, and how much more.
///
/// Of a cell, the sum of its cost-weighted distances from both cores, less the link's least-cost distance (McRae and
/// Kavanagh 2011, *Linkage Mapper Connectivity Analysis Software*): 0 on the path.
package struct Corridor: Hashable, Sendable {
  /// Neighbouring cells of a row.
  package struct Run: Hashable, Sendable {
    package let row: Int
    package let columns: Range<Int>
    /// Where the first cell's value stands.
    fileprivate let offset: Int
  }

  package let pair: CorePair
  package let leastCost: Double
  /// No cell of the corridor costs more than this beyond the least.
  package let slack: Double
  /// By row, and in it by column.
  package private(set) var runs: [Run] = []
  private var values: [Float] = []
  /// By row: the first run that lies in it or below.
  private var firstRuns: [Int]

  init(pair: CorePair, leastCost: Double, slack: Double, rows: Int) {
    (self.pair, self.leastCost, self.slack) = (pair, leastCost, slack)
    firstRuns = []
    firstRuns.reserveCapacity(rows + 1)
  }

  /// Cells come row by row.
  mutating func append(_ value: Float, at cell: GridCell) {
    while firstRuns.count <= cell.row { firstRuns.append(runs.count) }
    if let last = runs.last, last.row == cell.row, last.columns.upperBound == cell.column {
      runs[runs.count - 1] = Run(
        row: last.row, columns: last.columns.lowerBound..<cell.column + 1, offset: last.offset)
    } else {
      runs.append(
        Run(row: cell.row, columns: cell.column..<cell.column + 1, offset: values.count))
    }
    values.append(value)
  }

  package var cellCount: Int { values.count }

  /// In the unit of cost, from 0 to `slack`.
  package func values(of run: Run) -> ArraySlice<Float> {
    values[run.offset..<run.offset + run.columns.count]
  }

  package func runs(ofRow row: Int) -> ArraySlice<Run> {
    guard row < firstRuns.count else { return [] }
    return runs[firstRuns[row]..<(row + 1 < firstRuns.count ? firstRuns[row + 1] : runs.count)]
  }

  /// `nil` outside of the corridor.
  package subscript(cell: GridCell) -> Float? {
    let runs = runs(ofRow: cell.row)
    var (low, high) = (runs.startIndex, runs.endIndex)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].columns.upperBound <= cell.column {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < runs.endIndex, runs[low].columns.contains(cell.column) else { return nil }
    return values[runs[low].offset + cell.column - runs[low].columns.lowerBound]
  }
}
