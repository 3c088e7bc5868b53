package import RasterCore

extension Core {
  /// The least distance between centres of cells of both, in the unit of `steps`.
  ///
  /// An eastward distance is measured at the mean of both rows' lengths.
  ///
  /// - Complexity: O(*n m*) for outlines of *n* and *m* cells.
  package func centreDistance(to other: Core, columns: Int, steps: StepLengths) -> Double {
    let grid = PaddedGrid(columns: columns, rows: steps.rows)
    let southings = steps.southings
    let others = other.outlineCells(grid).map(grid.cell)
    var least = Double.infinity
    for cell in outlineCells(grid).map(grid.cell) {
      for other in others {
        let south = southings[cell.row] - southings[other.row]
        let east =
          Double(cell.column - other.column) * (steps.east[cell.row] + steps.east[other.row]) / 2
        least = min(least, south * south + east * east)
      }
    }
    return least.squareRoot()
  }

  /// How long the border is along which cells of both share an edge; 0 where they do not touch, or at corners only.
  package func sharedBorder(with other: Core, steps: StepLengths) -> Double {
    var length = 0.0
    for cell in cells {
      let (row, column) = (cell.row, cell.column)
      // A cell is as high as it is far from the next; the last row is like the one before.
      let height =
        steps.south.isEmpty ? steps.east[row] : steps.south[min(row, steps.south.count - 1)]
      for side in [-1, 1] {
        if other.contains(GridCell(row: row, column: column + side)) { length += height }
        if other.contains(GridCell(row: row + side, column: column)) { length += steps.east[row] }
      }
    }
    return length
  }
}
