extension CorridorNetwork {
  /// A place whose restoration would shorten a link.
  package struct BarrierPlace: Hashable, Sendable {
    package let cell: GridCell
    /// See `Barrier`; over all links, as the composite has it.
    package let score: Double
    package let radius: Double
    /// Of the link that gains the most, the number.
    package let link: Int
    /// By how much that link's least-cost distance would fall.
    package let percent: Double
  }

  /// What restoring each place would gain the kept links.
  ///
  /// Two sweeps a link, each no further than its least-cost distance; 24 bytes a cell beside the outcome.
  package func barriers(
    of windows: [BarrierWindow], restored: Double = 1,
    across: BarrierComposite.Across = .greatest
  ) -> BarrierComposite {
    var composite = BarrierComposite(
      columns: surface.columns, rows: surface.rows, across: across)
    var (one, other) = (CostSurface(surface), CostSurface(surface))
    let byNumber = Dictionary(uniqueKeysWithValues: cores.map { ($0.id, $0) })
    let kept = links.filter { $0.verdict.status.isKept && $0.path != nil }
    // Links come in rising order of their pairs, and so do the groups.
    for group in LinkSearch.groups(kept.map(\.pair)) {
      let own = kept.filter { $0.pair.first == group.first }
      one.spread(
        from: byNumber[group.first]!, stop: .beyond(own.map { $0.path!.cost }.max() ?? 0))
      for link in own {
        let leastCost = link.path!.cost
        other.spread(from: byNumber[link.pair.second]!, stop: .beyond(leastCost))
        let search = BarrierSearch(
          one, other, leastCost: leastCost, windows: windows, restored: restored)
        for row in 0..<surface.rows {
          composite.add(search.row(row), row: row, link: link.number - 1)
        }
      }
    }
    return composite
  }

  /// The places of the highest scores, highest first.
  ///
  /// - Parameters:
  ///   - barriers: of this network.
  ///   - windows: that they were sought with.
  package func barrierPlaces(
    _ barriers: BarrierComposite, _ windows: [BarrierWindow], most: Int
  ) -> [BarrierPlace] {
    barriers.top(most).map { cell in
      let barrier = barriers[cell]!
      let radius = windows[barrier.window].radius
      let leastCost = links[barrier.link].path!.cost
      return BarrierPlace(
        cell: cell, score: Double(barrier.score), radius: radius, link: barrier.link + 1,
        percent: 100 * Double(barrier.greatest) * 2 * radius / leastCost)
    }
  }
}
