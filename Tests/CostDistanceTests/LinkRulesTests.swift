import CostDistance
import TestSupport
import Testing

@Suite("Candidate links and their verdicts") struct LinkRulesTests {
  private typealias Passage = LinkCandidate.Passage

  private static func candidate(
    _ one: Int, _ other: Int, distance: Double = 1, isAdjacent: Bool = true, border: Double = 0
  ) -> LinkCandidate {
    LinkCandidate(
      pair: CorePair(one, other), distance: distance, isAdjacentByDistance: isAdjacent,
      isAdjacentByCost: false, sharedBorder: border)
  }

  private static func verdicts(
    _ rules: LinkRules, _ links: [(LinkCandidate, Passage)]
  ) -> [LinkVerdict] {
    let passages = Dictionary(uniqueKeysWithValues: links.map { ($0.0.pair, $0.1) })
    return rules.verdicts(links.map(\.0)) { passages[$0.pair]! }
  }

  /// The candidates of the demonstration of Linkage Mapper as an independent program measured them.
  @Test("Linkage Mapper's demonstration: 15 statuses", .enabled(if: SharedData.isPresent))
  func demonstration() throws {
    let vectors = try CorridorVectors("linkage_mapper_demo_links")
    let settings = vectors.inside("settings")
    let links = vectors.list("links")
    var rules = LinkRules()
    rules.mostDistance = settings.number("max_euclidean")
    rules.mostCost = settings.number("max_cost")
    rules.nearest = Int(settings.number("nearest"))
    let found = Self.verdicts(
      rules,
      links.map { link in
        let candidate = LinkCandidate(
          pair: CorePair(Int(link.number("core1")), Int(link.number("core2"))),
          distance: link.number("euc_dist"), isAdjacentByDistance: link.flag("euc_adj"),
          isAdjacentByCost: link.flag("cw_adj"), sharedBorder: 0)
        let crossed = link.numbers("lcp_through").map { Int($0) }
        return (candidate, .path(cost: link.number("cw_dist"), coresCrossed: crossed))
      })
    #expect(found.map(\.status.rawValue) == links.map { $0.text("status") })
    #expect(found.count == 15 && found.count { $0.status == .active } == 8)
    #expect(found[0].reason == .cost(120_021.37240993779, limit: 100_000))
    #expect(found[7].reason == .coresCrossed([3]))
  }

  @Test("each rule has its status and its number, and a limit that is just reached holds")
  func rules() {
    var rules = LinkRules()
    (rules.mostDistance, rules.mostCost) = (40, 100)
    let found = Self.verdicts(
      rules,
      [
        (Self.candidate(1, 2), .path(cost: 100, coresCrossed: [])),
        (Self.candidate(1, 3, distance: 40), .path(cost: 101, coresCrossed: [9])),
        (Self.candidate(1, 4, distance: 41), .none),
        (Self.candidate(1, 5, distance: 50, isAdjacent: false), .none),
        (Self.candidate(1, 6), .path(cost: 5, coresCrossed: [2, 3])),
        (Self.candidate(1, 7), .none),
        (Self.candidate(1, 8, distance: 90, border: 12), .none),
      ])
    #expect(
      found == [
        LinkVerdict(.active), LinkVerdict(.tooLongCost, .cost(101, limit: 100)),
        LinkVerdict(.tooLongEuclidean, .distance(41, limit: 40)),
        LinkVerdict(.notAdjacent, .zonesApart), LinkVerdict(.throughCore, .coresCrossed([2, 3])),
        LinkVerdict(.unreachable, .noWay), LinkVerdict(.touching, .sharedBorder(12)),
      ])
    (rules.choice, rules.keepsPathsThroughCores) = (.all, true)
    rules.mostDistance = nil
    let kept = Self.verdicts(
      rules,
      [
        (Self.candidate(1, 5, isAdjacent: false), .path(cost: 5, coresCrossed: [])),
        (Self.candidate(1, 6), .path(cost: 5, coresCrossed: [2])),
      ])
    #expect(kept.map(\.status) == [.active, .active])
  }

  @Test("a listed pair is kept whatever its length, others are not looked at") func listed() {
    var rules = LinkRules()
    rules.choice = .listed([CorePair(2, 1), CorePair(1, 3), CorePair(1, 4)])
    (rules.mostDistance, rules.mostCost, rules.nearest) = (1, 1, 1)
    let links: [(LinkCandidate, Passage)] = [
      (Self.candidate(1, 2, distance: 99, isAdjacent: false), .path(cost: 9, coresCrossed: [5])),
      (Self.candidate(1, 3), .none),
      (Self.candidate(1, 4, border: 2), .path(cost: 1, coresCrossed: [])),
      (Self.candidate(1, 5), .path(cost: 1, coresCrossed: [])),
    ]
    let found = Self.verdicts(rules, links)
    #expect(found.map(\.status) == [.listed, .unreachable, .touching, .notAdjacent])
    #expect(links.map { rules.verdictWithoutPath($0.0) == nil } == [true, true, false, false])
  }

  /// Cores 1, 2, 3 near one another and 4, 5 near one another; two ways between.
  @Test("the nearest of either core stay, and the cheapest link joins what is apart") func nearest()
  {
    var rules = LinkRules()
    rules.nearest = 1
    let links: [(LinkCandidate, Passage)] = [
      (Self.candidate(1, 2), .path(cost: 10, coresCrossed: [])),
      (Self.candidate(2, 3), .path(cost: 12, coresCrossed: [])),
      (Self.candidate(1, 3), .path(cost: 20, coresCrossed: [])),
      (Self.candidate(4, 5), .path(cost: 7, coresCrossed: [])),
      (Self.candidate(3, 4), .path(cost: 90, coresCrossed: [])),
      (Self.candidate(2, 5), .path(cost: 80, coresCrossed: [])),
    ]
    #expect(
      Self.verdicts(rules, links).map(\.status)
        == [.active, .active, .notNearest, .active, .notNearest, .notNearest])
    rules.joinsParts = true
    let joined = Self.verdicts(rules, links)
    #expect(
      joined.map(\.status)
        == [.active, .active, .notNearest, .active, .notNearest, .joinsParts])
    // Core 3 has a cheaper one, core 1 has one, too: place 2 of both.
    #expect(joined[2].reason == .rank(2, limit: 1))
    // Core 2 has two that are cheaper, core 5 one.
    #expect(joined[5].reason == .rank(2, limit: 1))
    // A neighbour that touches is the nearest of all.
    var touching = links
    touching[0] = (Self.candidate(1, 2, border: 3), .none)
    #expect(Self.verdicts(rules, touching).prefix(2).map(\.status) == [.touching, .active])
    touching[1] = (Self.candidate(2, 3, border: 3), .none)
    #expect(Self.verdicts(rules, touching)[2].status == .notNearest)
  }

  /// The oracle counts for each link how many of either core are cheaper.
  @Test(
    "verdicts depend on no order, and what links connect stays connected", arguments: UInt64(0)..<60
  )
  func laws(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var links: [(LinkCandidate, Passage)] = []
    for one in 1...8 {
      for other in one + 1...9 where Int.random(in: 0..<3, using: &random) > 0 {
        let cost = Double(Int.random(in: 1...20, using: &random))
        let crossed = Int.random(in: 0..<4, using: &random) == 0 ? [10] : []
        let border = Int.random(in: 0..<12, using: &random) == 0 ? 5.0 : 0
        links.append(
          (Self.candidate(one, other, border: border), .path(cost: cost, coresCrossed: crossed)))
      }
    }
    var rules = LinkRules()
    rules.mostCost = 18
    let all = Self.verdicts(rules, links)
    (rules.nearest, rules.joinsParts) = (2, true)
    let found = Self.verdicts(rules, links)
    let order = links.indices.shuffled(using: &random)
    #expect(Self.verdicts(rules, order.map { links[$0] }) == order.map { found[$0] })
    for (index, link) in links.enumerated() where all[index].status == .active {
      guard case .path(let cost, _) = link.1 else { continue }
      let cheaper = [link.0.pair.first, link.0.pair.second].map { core in
        links.indices.count { other in
          let pair = links[other].0.pair
          guard pair.first == core || pair.second == core else { return false }
          guard case .path(let otherCost, _) = links[other].1 else { return false }
          switch all[other].status {
          case .touching: return true
          case .active: return (otherCost, pair) < (cost, link.0.pair)
          default: return false
          }
        }
      }.min()!
      #expect((found[index].status == .active) == (cheaper < 2))
      #expect(found[index].reason == .rank(cheaper + 1, limit: 2))
    }
    func parts(_ verdicts: [LinkVerdict]) -> Set<Set<Int>> {
      var parts = Set((1...9).map { Set([$0]) })
      for (link, verdict) in zip(links, verdicts)
      where verdict.status.isKept || verdict.status == .touching {
        let met = parts.filter { $0.contains(link.0.pair.first) || $0.contains(link.0.pair.second) }
        parts.subtract(met)
        parts.insert(met.reduce([]) { $0.union($1) })
      }
      return parts
    }
    #expect(parts(found) == parts(all))
  }

  @Test("codes are those of Linkage Mapper") func codes() {
    #expect(LinkStatus.active.linkType(byNearest: true) == 10)
    #expect(LinkStatus.active.linkType(byNearest: false) == 1)
    let codes = LinkStatus.allCases.map { $0.linkType(byNearest: true) }
    #expect(codes == [10, 20, 100, 2, -1, -11, -12, -15, -16, -17])
    #expect(LinkStatus.allCases.filter(\.isKept).allSatisfy { $0.linkType(byNearest: false) > 0 })
  }
}
