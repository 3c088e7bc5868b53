/// What is found between two cores.
package struct FoundLink: Hashable, Sendable {
  package let pair: CorePair
  /// `nil` where no way leads from core to core.
  package let path: LeastCostPath?
  /// `nil` where there is no path, or corridors were not asked for.
  package let corridor: Corridor?
}

/// Finds the least-cost paths and corridors from one core to others; kept between cores for its memory: 12 bytes a
/// cell, and as much for each cell of a corridor.
///
/// What it finds of a pair depends on neither the other pairs nor their order, so threads may have one each.
package struct LinkSearch: Sendable {
  /// The pairs of one core with those of higher numbers.
  package struct Group: Hashable, Sendable {
    package let first: Int
    /// In rising order.
    package let seconds: [Int]
  }

  private var costs: CostSurface
  private var sweep: CorridorSweep

  package init(_ surface: ResistanceSurface) {
    (costs, sweep) = (CostSurface(surface), CorridorSweep(surface))
  }

  /// The pairs by their first core: each group is one sweep over the land. In rising order, each pair once.
  package static func groups(_ pairs: some Sequence<CorePair>) -> [Group] {
    Dictionary(grouping: Set(pairs), by: \.first).sorted { $0.key < $1.key }
      .map { Group(first: $0.key, seconds: $0.value.map(\.second).sorted()) }
  }

  /// One sweep from `core`, and over the corridor to each of its partners one more.
  ///
  /// - Parameters:
  ///   - partners: of higher numbers than `core`.
  ///   - threshold: `nil` for paths alone.
  ///   - deserves: asked of a link's path, whether it is to have a corridor.
  /// - Returns: in the order of the partners.
  package mutating func links(
    from core: Core, to partners: [Core], threshold: CorridorThreshold?,
    where deserves: (CorePair, LeastCostPath) -> Bool = { _, _ in true }
  ) -> [FoundLink] {
    costs.spread(
      from: core, stop: .behind(partners: partners, threshold: threshold ?? .cost(0)))
    return partners.map { partner in
      precondition(core.id < partner.id, "costs are taken from the lower number")
      let pair = CorePair(core.id, partner.id)
      guard let path = costs.leastCostPath(to: partner) else {
        return FoundLink(pair: pair, path: nil, corridor: nil)
      }
      return FoundLink(
        pair: pair, path: path,
        corridor: threshold.flatMap { threshold in
          guard deserves(pair, path) else { return nil }
          return sweep.corridor(from: costs, to: partner, pair: pair, threshold: threshold)
        })
    }
  }
}
