/// The cheapest way from one core to another.
package struct LeastCostPath: Hashable, Sendable {
  /// From the cell where the search ended to the one where it began, of the core that costs were taken from.
  package let cells: [GridCell]
  package let cost: Double
  /// One shorter than `cells`, in the unit of `StepLengths`.
  package let stepLengths: [Double]

  package var length: Double { stepLengths.reduce(0, +) }
  /// The mean resistance along the path; `nil` for a path without length.
  package var costPerLength: Double? { length > 0 ? cost / length : nil }
}

extension CostSurface {
  /// The least-cost path to `core`; `nil` where it was not reached.
  ///
  /// It starts at the core's cell of least cost, and each step goes to the neighbour over which that cost came; of
  /// several the first one row by row. Nothing but the costs is needed for that, so it does not depend on the order in
  /// which cells were visited.
  package func leastCostPath(to core: Core) -> LeastCostPath? {
    guard let nearest = nearestCell(of: core) else { return nil }
    var path = [nearest.cell]
    var lengths: [Double] = []
    while self[path[path.count - 1]] > 0 {
      let cell = path[path.count - 1]
      guard let next = previousCell(of: cell) else {
        // Only where a step is so cheap that it vanishes in the sum: resistances beyond fifteen orders of magnitude.
        preconditionFailure("no neighbour of \(cell) is nearer")
      }
      lengths.append(surface.steps.length(from: cell, to: next))
      path.append(next)
    }
    return LeastCostPath(cells: path, cost: nearest.cost, stepLengths: lengths)
  }

  private func previousCell(of cell: GridCell) -> GridCell? {
    let own = Double(surface[cell] ?? 0)
    var (best, least) = (GridCell?.none, Double.infinity)
    for row in max(0, cell.row - 1)...min(grid.rows - 1, cell.row + 1) {
      for column in max(0, cell.column - 1)...min(grid.columns - 1, cell.column + 1) {
        let neighbour = GridCell(row: row, column: column)
        guard self[neighbour] < self[cell], let resistance = surface[neighbour] else { continue }
        if surface.diagonals == .withoutCracks, surface.isCrack(from: cell, to: neighbour) {
          continue
        }
        let half = surface.steps.length(from: cell, to: neighbour) / 2
        let cost = self[neighbour] + half * (Double(resistance) + own)
        if cost < least { (best, least) = (neighbour, cost) }
      }
    }
    return best
  }
}
