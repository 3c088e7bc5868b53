package import RasterCore

extension Corridor {
  /// How wide the corridor is where its path is narrowest: twice the least distance from a cell of the path outside of
  /// both cores to a cell that does not belong to the corridor. What lies beyond the grid's edge is not known and does
  /// not count.
  ///
  /// - Returns: in the unit of `steps`, and where; `nil` where the path has no cell outside of the cores, or the corridor
  ///   has no end.
  package func narrowestPlace(
    along path: LeastCostPath, cores: [Core], columns: Int, steps: StepLengths
  ) -> (width: Double, cell: GridCell)? {
    let measure = DistanceOutside(corridor: self, columns: columns, steps: steps)
    var (least, place) = (Double.infinity, GridCell?.none)
    // No distance shrinks by more than the way that was gone: cells that cannot be the narrowest are passed over.
    // Eastward distances are taken between rows, which bends them by no more than the rows differ.
    let bend = (steps.east.max() ?? 1) / (steps.east.min() ?? 1)
    var (known, walked) = (0.0, 0.0)
    for (index, cell) in path.cells.enumerated() {
      if index > 0 { walked += path.stepLengths[index - 1] * bend }
      if cores.contains(where: { $0.contains(cell) }) { continue }
      if (1 - 1e-9) * known / bend - walked > least { continue }
      let found = measure.distance(from: cell)
      (known, walked) = (found, 0)
      if found < least { (least, place) = (found, cell) }
    }
    return place.map { (2 * least, $0) }
  }
}

/// Looks for the nearest cell outside of a corridor, ring by ring.
private struct DistanceOutside {
  let corridor: Corridor
  let columns: Int
  let steps: StepLengths
  private let southings: [Double]
  /// No two neighbours are nearer.
  private let leastStep: Double

  init(corridor: Corridor, columns: Int, steps: StepLengths) {
    (self.corridor, self.columns, self.steps) = (corridor, columns, steps)
    southings = steps.southings
    leastStep = steps.least
  }

  /// Infinite where all cells of the grid belong to the corridor.
  func distance(from cell: GridCell) -> Double {
    var least = Double.infinity
    var ring = 0
    while Double(ring) * leastStep < least, ring <= max(steps.rows, columns) {
      for row in max(0, cell.row - ring)...min(steps.rows - 1, cell.row + ring) {
        let isWhole = abs(row - cell.row) == ring
        let span = (cell.column - ring)...(cell.column + ring)
        for column in isWhole ? Array(span) : [span.lowerBound, span.upperBound] {
          let other = GridCell(row: row, column: column)
          guard (0..<columns).contains(column), corridor[other] == nil else { continue }
          least = min(least, distance(cell, other))
        }
      }
      ring += 1
    }
    return least
  }

  private func distance(_ one: GridCell, _ other: GridCell) -> Double {
    let south = southings[one.row] - southings[other.row]
    let east =
      Double(one.column - other.column) * (steps.east[one.row] + steps.east[other.row]) / 2
    return (south * south + east * east).squareRoot()
  }
}
