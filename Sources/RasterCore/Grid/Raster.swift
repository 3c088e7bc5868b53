/// Values of a rectangle of cells, row by row from the north-west.
public struct Raster<Cell: Sendable>: Sendable {
  public let columns: Int
  public let rows: Int
  public var cells: [Cell]

  public init(columns: Int, rows: Int, cells: [Cell]) {
    precondition(cells.count == columns * rows, "a raster needs columns × rows cells")
    (self.columns, self.rows, self.cells) = (columns, rows, cells)
  }

  public init(columns: Int, rows: Int, filledWith cell: Cell) {
    self.init(
      columns: columns, rows: rows, cells: [Cell](repeating: cell, count: columns * rows))
  }

  @inlinable public subscript(column: Int, row: Int) -> Cell {
    get { cells[row * columns + column] }
    set { cells[row * columns + column] = newValue }
  }
}
