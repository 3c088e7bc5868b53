package import RasterCore

/// What it costs to cross each cell of a grid, by the unit of length.
///
/// A step between two of the eight neighbours costs its length times the mean of both resistances (Adriaensen et
/// al. 2003, *Landscape and Urban Planning* 64, 233–247).
package struct ResistanceSurface: Sendable {
  /// Whether a step may slip between two impassable cells that touch at a corner (a crack: Rothley 2005,
  /// *Ecology and Society* 10(1):4).
  package enum Diagonals: Sendable { case all, withoutCracks }

  package let columns: Int
  package let rows: Int
  package let steps: StepLengths
  package let diagonals: Diagonals
  /// Row by row; 0 = impassable.
  let values: [Float]
  package let passableCells: Int
  /// Of the passable cells; `nil` where there is none.
  package let range: ClosedRange<Float>?

  /// - Parameter values: row by row; whatever is not a positive finite number is impassable.
  package init(
    columns: Int, values: consuming [Float], steps: StepLengths, diagonals: Diagonals = .all
  ) {
    precondition(columns > 0 && values.count == columns * steps.rows)
    var (least, greatest, count) = (Float.infinity, Float(0), 0)
    for index in values.indices {
      let value = values[index]
      if value > 0, value < .infinity {
        (least, greatest, count) = (min(least, value), max(greatest, value), count + 1)
      } else {
        values[index] = 0
      }
    }
    (self.columns, rows) = (columns, steps.rows)
    (self.values, self.steps, self.diagonals) = (values, steps, diagonals)
    passableCells = count
    range = count == 0 ? nil : least...greatest
  }

  /// `nil` where the cell is impassable.
  package subscript(cell: GridCell) -> Float? {
    let value = values[cell.row * columns + cell.column]
    return value > 0 ? value : nil
  }

  package func isPassable(_ cell: GridCell) -> Bool { self[cell] != nil }

  package func contains(_ cell: GridCell) -> Bool {
    (0..<rows).contains(cell.row) && (0..<columns).contains(cell.column)
  }

  /// Whether a step leads between two impassable cells; only a diagonal can.
  package func isCrack(from cell: GridCell, to neighbour: GridCell) -> Bool {
    cell.row != neighbour.row && cell.column != neighbour.column
      && !isPassable(GridCell(row: cell.row, column: neighbour.column))
      && !isPassable(GridCell(row: neighbour.row, column: cell.column))
  }

  /// How many diagonals lead between two impassable cells.
  package var cracks: Int {
    var count = 0
    for row in 0..<max(0, rows - 1) {
      for column in 0..<columns - 1 {
        let upper = row * columns + column
        let lower = upper + columns
        let falling = values[upper] > 0 && values[lower + 1] > 0
        let rising = values[upper + 1] > 0 && values[lower] > 0
        if falling != rising {
          let others =
            falling ? values[upper + 1] + values[lower] : values[upper] + values[lower + 1]
          if others == 0 { count += 1 }
        }
      }
    }
    return count
  }
}
