/// Finds corridors from the costs of one of their cores; kept between them for its memory.
package struct CorridorSweep: Sendable {
  private let surface: ResistanceSurface
  private var costs: SparseCosts

  package init(_ surface: ResistanceSurface) {
    self.surface = surface
    costs = SparseCosts(PaddedGrid(columns: surface.columns, rows: surface.rows))
  }

  /// The corridor between the core that `reached` starts from and `core`; `nil` where that was not reached.
  ///
  /// A second sweep spreads from `core` and leaves out each cell over which the way from core to core costs more than
  /// the corridor allows. By the triangle inequality the cheapest way to a cell of the corridor leads over cells of the
  /// corridor only: costs are those of a sweep over the whole grid, and only the corridor is visited.
  ///
  /// - Parameters:
  ///   - reached: costs up to the least-cost distance and the threshold at least (`SweepStop.behind`).
  ///   - pair: both cores by number.
  package mutating func corridor(
    from reached: CostSurface, to core: Core, pair: CorePair, threshold: CorridorThreshold
  ) -> Corridor? {
    guard let leastCost = reached.nearestCell(of: core)?.cost else { return nil }
    precondition(reached.knownUpTo >= threshold.bound(leastCost: leastCost), "costs end too early")
    let slack = threshold.slack(leastCost: leastCost)
    var corridor = Corridor(
      pair: pair, leastCost: leastCost, slack: slack, rows: surface.rows)
    costs.clear()
    var field = PrunedField(
      reached: reached, costs: costs, bound: threshold.bound(leastCost: leastCost))
    // While the field holds them, so that they are not copied.
    costs = SparseCosts.none
    var sweep = BucketSweep(surface)
    for cell in core.cells { sweep.start(at: reached.grid.index(cell), &field) }
    while sweep.visitNextBucket(&field) {}
    costs = field.costs
    let rounding = 1e-9 * leastCost
    costs.visitReached { index, cost in
      var excess = reached.cost(index) + cost - leastCost
      precondition(excess >= -rounding, "a way is cheaper than the least-cost path")
      if excess <= rounding { excess = 0 }
      guard excess <= slack, excess < .infinity else { return }
      corridor.append(Float(excess), at: reached.grid.cell(index))
    }
    return corridor
  }
}

/// Costs of the cells over which the way from core to core costs no more than `bound`.
private struct PrunedField: CostField {
  let reached: CostSurface
  var costs: SparseCosts
  let bound: Double

  @inline(__always) func resistance(_ cell: Int) -> Float { reached.cells[cell].resistance }
  @inline(__always) func cost(_ cell: Int) -> Double { costs[cell] }

  @inline(__always) mutating func offer(_ cost: Double, to cell: Int, from _: Int) -> Bool {
    guard cost + reached.cost(cell) <= bound else { return false }
    return costs.lower(cost, at: cell)
  }
}
