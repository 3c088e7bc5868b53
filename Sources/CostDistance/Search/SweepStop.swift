/// When a sweep may end before it has reached everything.
///
/// Costs up to the bound are those of a sweep without one, to the last bit; those above count as not reached.
package enum SweepStop: Sendable {
  case never
  /// Costs above are not needed.
  case beyond(Double)
  /// Costs are needed up to the dearest of `partners` and the threshold of the corridor to it.
  ///
  /// Cells of the corridor lie no further than the least-cost distance and the threshold, so nothing is clipped. Where
  /// a partner cannot be reached all is visited.
  case behind(partners: [Core], threshold: CorridorThreshold)

  func watch(_ grid: PaddedGrid) -> SweepWatch {
    switch self {
    case .never: SweepWatch(limit: .infinity)
    case .beyond(let cost): SweepWatch(limit: cost)
    case .behind(let partners, let threshold):
      SweepWatch(partners.map { $0.outlineCells(grid) }, threshold)
    }
  }
}

/// How much dearer than the least-cost path the paths through a corridor may be.
package enum CorridorThreshold: Hashable, Sendable {
  /// In the unit of cost.
  case cost(Double)
  /// As a share of the link's own least-cost distance, for example 0.1.
  case share(Double)
  case unlimited

  package func slack(leastCost: Double) -> Double {
    switch self {
    case .cost(let cost): cost
    case .share(let share): share * leastCost
    case .unlimited: .infinity
    }
  }

  /// The most that A's and B's distances may sum to while a sweep goes on.
  ///
  /// Sums over the cells of one path differ by rounding; none must be lost for that.
  func bound(leastCost: Double) -> Double {
    (leastCost + slack(leastCost: leastCost)) * (1 + 1e-9)
  }
}

/// Waits for the partners of a sweep to be settled.
struct SweepWatch {
  private var waiting: [[Int]]
  private let threshold: CorridorThreshold
  private var bound: Double
  private let cellCount: Int
  private var visitsAtLastLook = 0

  init(limit: Double) {
    (waiting, threshold, bound, cellCount) = ([], .unlimited, limit, 0)
  }

  init(_ partners: [[Int]], _ threshold: CorridorThreshold) {
    (waiting, self.threshold, bound) = (partners, threshold, 0)
    cellCount = partners.reduce(0) { $0 + $1.count }
  }

  /// Up to where costs are needed; infinite as long as it is not known.
  mutating func limit(_ sweep: borrowing BucketSweep, _ field: PlainField) -> Double {
    guard !waiting.isEmpty else { return bound }
    // So rarely that looking costs little beside visiting.
    guard sweep.isDone || sweep.visits - visitsAtLastLook >= 16 * cellCount else {
      return .infinity
    }
    visitsAtLastLook = sweep.visits
    waiting.removeAll { cells in
      let least = cells.reduce(Double.infinity) { min($0, field.cost($1)) }
      guard least < .infinity, sweep.isFinal(least) else { return false }
      bound = max(bound, threshold.bound(leastCost: least))
      return true
    }
    return waiting.isEmpty ? bound : .infinity
  }
}

extension Core {
  /// The cells that have a neighbour outside the core: whoever comes from outside meets one of them first.
  func outlineCells(_ grid: PaddedGrid) -> [Int] {
    let inside = Set(cells.map { grid.index($0) })
    let offsets = [
      -grid.stride - 1, -grid.stride, -grid.stride + 1, -1, 1, grid.stride - 1, grid.stride,
      grid.stride + 1,
    ]
    return inside.filter { cell in offsets.contains { !inside.contains(cell + $0) } }
  }
}
