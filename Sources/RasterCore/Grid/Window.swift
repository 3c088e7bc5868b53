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

  /// The cells both hold, `nil` when there are none.
  public func intersection(_ other: Window) -> Window? {
    let columns = columnRange.clamped(to: other.columnRange)
    let rows = rowRange.clamped(to: other.rowRange)
    guard !columns.isEmpty, !rows.isEmpty else { return nil }
    return Window(
      column: columns.lowerBound, row: rows.lowerBound, columns: columns.count, rows: rows.count)
  }
}
