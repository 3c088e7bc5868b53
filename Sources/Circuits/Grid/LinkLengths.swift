/// How long the links between neighbouring cells are, by row: a link's resistance is its length times the mean
/// resistance of its two cells.
///
/// In metres on the ground resistances come out in the unit of cost distances; cells of size 1 are Circuitscape's.
package struct LinkLengths: Hashable, Sendable {
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

  /// Square cells of one size.
  package init(cell: Double = 1, rows: Int) {
    let between = max(0, rows - 1)
    self.init(
      east: Array(repeating: cell, count: rows), south: Array(repeating: cell, count: between),
      diagonal: Array(repeating: cell * 2.0.squareRoot(), count: between))
  }

  package var rows: Int { east.count }
}
