/// What a link would gain from restoring a place.
package struct Barrier: Hashable, Sendable {
  /// By how much the least-cost distance falls for each unit of the restored place's diameter.
  package let score: Double
  /// The window's number among those that were tried.
  package let window: Int

  package init(score: Double, window: Int) { (self.score, self.window) = (score, window) }
}

/// Looks for the places whose restoration shortens a link the most, cell by cell (McRae et al. 2012, *PLoS ONE* 7(12):
/// e52604).
///
/// A way over the restored place costs what it costs to reach its ring from either core, and its diameter at the
/// resistance of restored land. The score is what the link's least-cost distance then falls by, over the diameter; of
/// several radii that with the best score counts, the first one on ties. Below 0 nothing is gained.
package struct BarrierSearch: Sendable {
  private let one: CostSurface
  private let other: CostSurface
  private let leastCost: Double
  private let windows: [BarrierWindow]
  private let restored: Double
  private let southings: [Double]

  /// - Parameters:
  ///   - one: costs from one core, up to `leastCost` at least; what lies further gains nothing.
  ///   - other: costs from the other core.
  ///   - leastCost: of the link.
  ///   - restored: the resistance of restored land.
  package init(
    _ one: CostSurface, _ other: CostSurface, leastCost: Double, windows: [BarrierWindow],
    restored: Double = 1
  ) {
    precondition(min(one.knownUpTo, other.knownUpTo) >= leastCost, "costs end too early")
    (self.one, self.other, self.leastCost) = (one, other, leastCost)
    (self.windows, self.restored) = (windows, restored)
    southings = one.surface.steps.southings
  }

  /// By column; `nil` where a core is not reached from the ring of any window.
  ///
  /// - Complexity: O(columns · cells of the rings).
  package func row(_ row: Int) -> [Barrier?] {
    let columns = one.surface.columns
    var best = [Barrier?](repeating: nil, count: columns)
    for (number, window) in windows.enumerated() {
      let spans = window.spans(around: row, steps: one.surface.steps, southings: southings)
      let (nearOne, nearOther) = (least(one, spans), least(other, spans))
      let diameter = 2 * window.radius
      for column in 0..<columns {
        let ways = nearOne[column] + nearOther[column]
        guard ways < .infinity else { continue }
        let score = (leastCost - (ways + diameter * restored)) / diameter
        if score > best[column]?.score ?? -.infinity {
          best[column] = Barrier(score: score, window: number)
        }
      }
    }
    return best
  }

  /// By column, the least cost on the ring around it.
  private func least(_ costs: CostSurface, _ spans: [BarrierWindow.Span]) -> [Double] {
    let columns = costs.surface.columns
    var least = [Double](repeating: .infinity, count: columns)
    for span in spans {
      let row = costs.row(span.row)
      guard row.contains(where: { $0 < .infinity }) else { continue }
      for away in span.columns where away < columns {
        // Twice the same where the ring has the middle itself.
        for column in 0..<columns - away {
          if row[column + away] < least[column] { least[column] = row[column + away] }
          if row[column] < least[column + away] { least[column + away] = row[column] }
        }
      }
    }
    return least
  }
}
