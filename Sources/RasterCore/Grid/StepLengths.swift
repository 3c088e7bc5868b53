/// How far apart the centres of neighbouring cells lie, by row, in one unit (metres on the ground, or units of
/// the map).
///
/// A path is as long as its steps; a link between two cells has its length times their mean resistance. Whoever makes
/// them says what a length is; on a geographic grid the lengths of a step are those at its middle latitude.
package struct StepLengths: Hashable, Sendable {
  /// From a cell to the next of its row; one a row.
  package let east: [Double]
  /// From a row to the next; one a row but the last.
  package let south: [Double]
  /// From a cell to the diagonal ones of the next row; one a row but the last.
  package let diagonal: [Double]

  /// - Precondition: all lengths are positive and finite; `south` and `diagonal` are one shorter than `east`.
  package init(east: [Double], south: [Double], diagonal: [Double]) {
    precondition(south.count == max(0, east.count - 1) && diagonal.count == south.count)
    precondition((east + south + diagonal).allSatisfy { $0 > 0 && $0.isFinite })
    (self.east, self.south, self.diagonal) = (east, south, diagonal)
  }

  /// Cells of one size.
  package init(cellWidth: Double, cellHeight: Double, rows: Int) {
    let diagonal = (cellWidth * cellWidth + cellHeight * cellHeight).squareRoot()
    let between = max(0, rows - 1)
    self.init(
      east: Array(repeating: cellWidth, count: rows),
      south: Array(repeating: cellHeight, count: between),
      diagonal: Array(repeating: diagonal, count: between))
  }

  package var rows: Int { east.count }
}
