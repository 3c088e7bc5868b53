/// Which links between cores are to be sought, and by which rules they are judged: the work of a network of corridors,
/// in groups that threads can take.
package struct CorridorPlan: Sendable {
  package let surface: ResistanceSurface
  /// By number.
  package let cores: [Core]
  package let rules: LinkRules
  package let threshold: CorridorThreshold
  /// All pairs of cores, in rising order.
  package let candidates: [LinkCandidate]
  /// Those of the candidates that need a path.
  package let groups: [LinkSearch.Group]

  /// Takes the zones of the cores by cost and as the crow flies: one sweep over all of the land.
  ///
  /// - Parameters:
  ///   - cores: in any order; their numbers differ, and no cell is of two (`Core.withoutOverlaps`).
  ///   - distance: of a pair as the crow flies, in the unit of `rules.mostDistance`; by default of centres of cells.
  package init(
    cores: [Core], on surface: ResistanceSurface, rules: LinkRules, threshold: CorridorThreshold,
    distance: ((CorePair) -> Double)? = nil
  ) {
    let cores = cores.sorted { $0.id < $1.id }
    (self.surface, self.cores, self.rules, self.threshold) = (surface, cores, rules, threshold)
    var costs = CostSurface(surface)
    let byCost = Set(costs.allocate(to: cores).adjacentPairs)
    let byDistance = Set(
      ZoneMap.nearest(of: cores, columns: surface.columns, steps: surface.steps).adjacentPairs)
    var candidates: [LinkCandidate] = []
    for (index, one) in cores.enumerated() {
      for other in cores[(index + 1)...] {
        let pair = CorePair(one.id, other.id)
        let isAdjacent = (byDistance.contains(pair), byCost.contains(pair))
        candidates.append(
          LinkCandidate(
            pair: pair,
            distance: distance?(pair)
              ?? one.centreDistance(to: other, columns: surface.columns, steps: surface.steps),
            isAdjacentByDistance: isAdjacent.0, isAdjacentByCost: isAdjacent.1,
            // Zones of cores that touch do so, too.
            sharedBorder: isAdjacent.0 ? one.sharedBorder(with: other, steps: surface.steps) : 0))
      }
    }
    self.candidates = candidates
    groups = LinkSearch.groups(
      candidates.lazy.filter { rules.verdictWithoutPath($0) == nil }.map(\.pair))
  }

  /// Finds the links of one group; corridors only of links that no rule of their own is against.
  ///
  /// - Parameter search: of the plan's surface; each thread has its own.
  package func links(
    of group: LinkSearch.Group, with search: inout LinkSearch
  ) -> [FoundLink] {
    let byNumber = Dictionary(uniqueKeysWithValues: cores.map { ($0.id, $0) })
    return search.links(
      from: byNumber[group.first]!, to: group.seconds.map { byNumber[$0]! }, threshold: threshold
    ) { pair, path in
      rules.verdictByPath(passage(pair, path)).status.isKept
    }
  }

  /// The network from what was found of all groups, in any order.
  package func network(_ found: [FoundLink]) -> CorridorNetwork {
    let byPair = Dictionary(uniqueKeysWithValues: found.map { ($0.pair, $0) })
    let verdicts = rules.verdicts(candidates) { passage($0.pair, byPair[$0.pair]?.path) }
    let links = zip(candidates, verdicts).enumerated().map { index, link in
      let found = byPair[link.0.pair]
      return CorridorNetwork.Link(
        number: index + 1, candidate: link.0, verdict: link.1, path: found?.path,
        corridor: link.1.status.isKept ? found?.corridor : nil)
    }
    return CorridorNetwork(surface: surface, cores: cores, links: links)
  }

  /// All of it on one thread.
  package func run() -> CorridorNetwork {
    var search = LinkSearch(surface)
    return network(groups.flatMap { links(of: $0, with: &search) })
  }

  private func passage(_ pair: CorePair, _ path: LeastCostPath?) -> LinkCandidate.Passage {
    guard let path else { return .none }
    return .path(cost: path.cost, coresCrossed: path.coresCrossed(cores, other: pair))
  }
}
