import RasterCore

/// The numbering of cells that searches use: row by row, with a border of impassable cells around the grid, so
/// that every cell has eight neighbours.
struct PaddedGrid: Hashable, Sendable {
  let columns: Int
  let rows: Int
  /// Cells of a row, border included.
  let stride: Int
  /// ⌊2⁶⁴ / stride⌋ + 1: the high word of its product with a number below 2³² is that number divided by `stride`
  /// (Lemire, Kaser and Kurz 2019, *Software: Practice and Experience* 49, 953–970), without a division.
  private let reciprocal: UInt64

  /// - Precondition: below 2³² cells, border included.
  init(columns: Int, rows: Int) {
    (self.columns, self.rows, stride) = (columns, rows, columns + 2)
    reciprocal = UInt64.max / UInt64(columns + 2) + 1
    precondition(count <= Int(UInt32.max), "cells are numbered in 32 bits")
  }

  var count: Int { stride * (rows + 2) }

  @inline(__always) func index(row: Int, column: Int) -> Int { (row + 1) * stride + column + 1 }
  @inline(__always) func index(_ cell: GridCell) -> Int {
    index(row: cell.row, column: cell.column)
  }

  /// The row of a cell, 0 the border's.
  @inline(__always) func paddedRow(of index: UInt32) -> Int {
    Int(truncatingIfNeeded: reciprocal.multipliedFullWidth(by: UInt64(index)).high)
  }

  func cell(_ index: Int) -> GridCell {
    let row = index / stride
    return GridCell(row: row - 1, column: index - row * stride - 1)
  }
}

/// Half the lengths of the steps out of the cells of a row.
struct HalfSteps {
  var east = 0.0
  var north = 0.0
  var south = 0.0
  var northDiagonal = 0.0
  var southDiagonal = 0.0

  /// One for each row of the padded grid. Where a step would leave the grid it is 0: its border is impassable.
  static func byPaddedRow(_ steps: StepLengths) -> [HalfSteps] {
    var all = Array(repeating: HalfSteps(), count: steps.rows + 2)
    for row in 0..<steps.rows {
      all[row + 1].east = steps.east[row] / 2
      if row > 0 {
        all[row + 1].north = steps.south[row - 1] / 2
        all[row + 1].northDiagonal = steps.diagonal[row - 1] / 2
      }
      if row < steps.rows - 1 {
        all[row + 1].south = steps.south[row] / 2
        all[row + 1].southDiagonal = steps.diagonal[row] / 2
      }
    }
    return all
  }
}
