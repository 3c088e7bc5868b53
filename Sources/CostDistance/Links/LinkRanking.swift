/// Links by what they cost, among those of each of their cores.
struct LinkRanking {
  private var links: [(pair: CorePair, cost: Double)] = []

  mutating func add(_ pair: CorePair, cost: Double) { links.append((pair, cost)) }

  /// Of links that cost the same the lower pair first.
  var byCost: [CorePair] {
    links.sorted { ($0.cost, $0.pair) < ($1.cost, $1.pair) }.map(\.pair)
  }

  /// From 1; of both cores the better place.
  var ranks: [CorePair: Int] {
    var seen: [Int: Int] = [:]
    var ranks: [CorePair: Int] = [:]
    for pair in byCost {
      seen[pair.first, default: 0] += 1
      seen[pair.second, default: 0] += 1
      ranks[pair] = min(seen[pair.first]!, seen[pair.second]!)
    }
    return ranks
  }
}

/// Which cores are connected already (union-find by halving paths, Tarjan and van Leeuwen 1984, *Journal of the ACM*
/// 31, 245–281).
struct CoreParts {
  private var parents: [Int: Int] = [:]

  /// Says whether the two were apart.
  @discardableResult mutating func join(_ pair: CorePair) -> Bool {
    let (one, other) = (root(pair.first), root(pair.second))
    parents[max(one, other)] = min(one, other)
    return one != other
  }

  private mutating func root(_ core: Int) -> Int {
    var core = core
    while let parent = parents[core], parent != core {
      let above = parents[parent] ?? parent
      parents[core] = above
      core = above
    }
    return core
  }
}
