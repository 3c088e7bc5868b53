/// A rectangle of cells of a grid.
public struct Window: Hashable, Sendable {
  public var column: Int
  public var row: Int
  public var columns: Int
  public var rows: Int

  public init(column: Int, row: Int, columns: Int, rows: Int) {
    (self.column, self.row) = (column, row)
    (self.columns, self.rows) = (columns, rows)
  }

  public var cellCount: Int { columns * rows }
  public var columnRange: Range<Int> { column..<column + columns }
  public var rowRange: Range<Int> { row..<row + rows }

  /// As many cells elsewhere.
  public func moved(columns: Int, rows: Int) -> Window {
    Window(column: column + columns, row: row + rows, columns: self.columns, rows: self.rows)
  }

  /// The corner of the square of `size` cells in which the window begins; squares are laid from cell (0, 0),
  /// west and north of it, too.
  public func firstSquare(of size: Int) -> (column: Int, row: Int) {
    (column.roundedDown(toMultipleOf: size), row.roundedDown(toMultipleOf: size))
  }

  /// The least window of whole squares of `size` cells that holds this one; squares as in `firstSquare`.
  public func outToSquares(of size: Int) -> Window {
    let (west, north) = firstSquare(of: size)
    let end = Window(
      column: columnRange.upperBound - 1, row: rowRange.upperBound - 1, columns: 1, rows: 1
    )
    .firstSquare(of: size)
    return Window(
      column: west, row: north, columns: end.column + size - west, rows: end.row + size - north)
  }

  /// The least window that holds both.
  public func union(_ other: Window) -> Window {
    let (west, north) = (min(column, other.column), min(row, other.row))
    return Window(
      column: west, row: north,
      columns: max(columnRange.upperBound, other.columnRange.upperBound) - west,
      rows: max(rowRange.upperBound, other.rowRange.upperBound) - north)
  }

  /// The same cells, counted from the first one of another window.
  public func counted(from other: Window) -> Window {
    moved(columns: -other.column, rows: -other.row)
  }

  /// The two halves along the longer side, of at least two cells.
  public var halves: [Window] {
    if columns >= rows {
      let west = columns / 2
      return [
        Window(column: column, row: row, columns: west, rows: rows),
        Window(column: column + west, row: row, columns: columns - west, rows: rows),
      ]
    }
    let north = rows / 2
    return [
      Window(column: column, row: row, columns: columns, rows: north),
      Window(column: column, row: row + north, columns: columns, rows: rows - north),
    ]
  }

  /// The cells both hold, `nil` when there are none.
  public func intersection(_ other: Window) -> Window? {
    let columns = columnRange.clamped(to: other.columnRange)
    let rows = rowRange.clamped(to: other.rowRange)
    guard !columns.isEmpty, !rows.isEmpty else { return nil }
    return Window(
      column: columns.lowerBound, row: rows.lowerBound, columns: columns.count, rows: rows.count)
  }
}

extension Int {
  /// The greatest multiple of `size`, which is positive, that is not above the number.
  public func roundedDown(toMultipleOf size: Int) -> Int { self - (self % size + size) % size }
}
