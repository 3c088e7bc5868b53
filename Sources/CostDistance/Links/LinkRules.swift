/// Which candidate links are kept, by the rules of Linkage Mapper and in its order: adjacency, distance, cost, cores in
/// the way, the nearest neighbours, links that join what is left apart (McRae and Kavanagh 2011, *Linkage Mapper
/// Connectivity Analysis Software*).
///
/// Each candidate gets a verdict; none is dropped silently. Limits are kept by links that just reach them.
package struct LinkRules: Hashable, Sendable {
  package enum Choice: Hashable, Sendable {
    /// Pairs whose zones touch, by cost or as the crow flies.
    case adjacent
    case all
    /// These alone, whatever their length.
    case listed(Set<CorePair>)
  }

  package var choice = Choice.adjacent
  /// As the crow flies, in the unit of the candidates.
  package var mostDistance: Double?
  package var mostCost: Double?
  package var keepsPathsThroughCores = false
  /// How many links by cost each core keeps; a link stays where one of its cores keeps it.
  package var nearest: Int?
  /// Whether the cheapest of the links that are not among the nearest connect the parts of the network.
  package var joinsParts = false

  package init() {}

  /// The verdict that needs no path; `nil` where one has to be sought.
  package func verdictWithoutPath(_ candidate: LinkCandidate) -> LinkVerdict? {
    if candidate.sharedBorder > 0 {
      return LinkVerdict(.touching, .sharedBorder(candidate.sharedBorder))
    }
    switch choice {
    case .listed(let pairs):
      return pairs.contains(candidate.pair) ? nil : LinkVerdict(.notAdjacent, .notListed)
    case .adjacent where !candidate.isAdjacentByDistance && !candidate.isAdjacentByCost:
      return LinkVerdict(.notAdjacent, .zonesApart)
    case .adjacent, .all: break
    }
    if let mostDistance, candidate.distance > mostDistance {
      return LinkVerdict(.tooLongEuclidean, .distance(candidate.distance, limit: mostDistance))
    }
    return nil
  }

  /// The verdict on each candidate, in their order.
  ///
  /// It depends on neither their order nor that of the cores: of links that cost the same the lower pair counts first.
  ///
  /// - Parameter passage: of a candidate for which a path is needed.
  package func verdicts(
    _ candidates: [LinkCandidate], passage: (LinkCandidate) -> LinkCandidate.Passage
  ) -> [LinkVerdict] {
    var verdicts: [LinkVerdict] = []
    var ranking = LinkRanking()
    for candidate in candidates {
      if let verdict = verdictWithoutPath(candidate) {
        // Neighbours that touch are the nearest of all.
        if verdict.status == .touching { ranking.add(candidate.pair, cost: 0) }
        verdicts.append(verdict)
      } else {
        let passage = passage(candidate)
        let verdict = verdictByPath(passage)
        if verdict.status == .active, case .path(let cost, _) = passage {
          ranking.add(candidate.pair, cost: cost)
        }
        verdicts.append(verdict)
      }
    }
    if let nearest { keepNearest(nearest, ranking, candidates, &verdicts) }
    return verdicts
  }

  /// The verdict of the rules that look at one link alone.
  func verdictByPath(_ passage: LinkCandidate.Passage) -> LinkVerdict {
    guard case .path(let cost, let crossed) = passage else {
      return LinkVerdict(.unreachable, .noWay)
    }
    if case .listed = choice { return LinkVerdict(.listed) }
    if let mostCost, cost > mostCost {
      return LinkVerdict(.tooLongCost, .cost(cost, limit: mostCost))
    }
    if !keepsPathsThroughCores, !crossed.isEmpty {
      return LinkVerdict(.throughCore, .coresCrossed(crossed))
    }
    return LinkVerdict(.active)
  }

  private func keepNearest(
    _ nearest: Int, _ ranking: LinkRanking, _ candidates: [LinkCandidate],
    _ verdicts: inout [LinkVerdict]
  ) {
    let ranks = ranking.ranks
    var parts = CoreParts()
    for (candidate, verdict) in zip(candidates, verdicts) {
      let rank = ranks[candidate.pair] ?? .max
      if verdict.status == .touching || verdict.status == .active && rank <= nearest {
        parts.join(candidate.pair)
      }
    }
    var joining: Set<CorePair> = []
    if joinsParts {
      for pair in ranking.byCost where parts.join(pair) { joining.insert(pair) }
    }
    for (index, candidate) in candidates.enumerated() where verdicts[index].status == .active {
      let rank = ranks[candidate.pair]!
      let status: LinkStatus =
        rank <= nearest ? .active : joining.contains(candidate.pair) ? .joinsParts : .notNearest
      verdicts[index] = LinkVerdict(status, .rank(rank, limit: nearest))
    }
  }
}
