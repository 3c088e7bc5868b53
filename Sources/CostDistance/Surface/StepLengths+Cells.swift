package import RasterCore

extension StepLengths {
  package var least: Double { all.reduce(.infinity, min) }
  package var greatest: Double { all.reduce(0, max) }

  /// From a cell to one of its eight neighbours.
  package func length(from cell: GridCell, to neighbour: GridCell) -> Double {
    guard cell.row != neighbour.row else { return east[cell.row] }
    let upper = min(cell.row, neighbour.row)
    return cell.column == neighbour.column ? south[upper] : diagonal[upper]
  }

  /// Southward from the first row's centre to each row's.
  package var southings: [Double] {
    var sums = [0.0]
    for length in south { sums.append(sums.last! + length) }
    return sums
  }

  private var all: [Double] { east + south + diagonal }
}

/// Where a cell lies in its grid.
package struct GridCell: Hashable, Comparable, Sendable {
  package var row: Int
  package var column: Int

  package init(row: Int, column: Int) { (self.row, self.column) = (row, column) }

  /// Row by row.
  package static func < (one: GridCell, other: GridCell) -> Bool {
    (one.row, one.column) < (other.row, other.column)
  }
}
