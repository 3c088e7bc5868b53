import CostDistance
import Foundation
import RasterCore
import TestSupport
import Testing

@Suite("Networks of corridors") struct CorridorNetworkTests {
  /// Six cells of resistance 2 and 1 km in a row; cores in the first, the fourth and the last.
  private static let row = Landscape(
    columns: 6, values: Array(repeating: 2, count: 6),
    steps: StepLengths(cellWidth: 1000, cellHeight: 1000, rows: 1),
    cores: [0, 3, 5].enumerated().map { index, column in
      Core(id: index + 1, runs: [Core.Run(row: 0, columns: column..<column + 1)])
    })

  @Test("the table is that worked by hand") func table() {
    let network = CorridorPlan(
      cores: Self.row.cores, on: Self.row.surface, rules: LinkRules(), threshold: .share(0.1)
    ).run()
    var table = LinkTable(network, species: "tiger")
    table.names = [1: "West", 2: "Middle, north", 3: "East"]
    table.parts = [1: 1, 2: 1, 3: 1]
    table.hostileResistance = 1
    table.cellAreas = [1]
    table.currentFlow = [CorePair(1, 2): 2]
    table.effectiveResistance = [CorePair(1, 2): 1500]
    table.dispersal = LinkTable.Dispersal(maximumKilometres: 2, hostileGapKilometres: 2.5)
    table.shareKeys = ["forest"]
    table.shares = [CorePair(1, 2): [0.25]]
    let lines = table.csv.components(separatedBy: "\r\n")
    #expect(lines.count == 5 && lines[4].isEmpty)
    #expect(
      lines[0]
        == "species,link_id,core1,core2,name1,name2,status,link_type,part1,part2,euc_dist,cw_dist,"
        + "euc_adj,cw_adj,lcp_length,cwd_to_euc,cwd_to_path,eff_resist,cwd_to_eff_resist,"
        + "current_flow_centrality,dpc_link,decided_by,threshold,corridor_km2,narrowest_m,"
        + "hostile_km,max_resistance,within_dispersal,forest_share")
    // Two cells between the cores; the next cell that does not belong lies 2 km off the third.
    #expect(
      lines[1]
        == "tiger,1,1,2,West,\"Middle, north\",active,1,1,1,3000.000000,6000.000000,1,1,3000.000000,"
        + "2.000000,2.000000,1500.000000,4.000000,2.000000,,,600.000000,2.000000,4000.000000,"
        + "3.000000,2.000000,long+hostile,0.250000")
    #expect(
      lines[2]
        == "tiger,2,1,3,West,East,not_adjacent,-17,1,1,5000.000000,,0,0,,,,,,,,zones do not touch,"
        + ",,,,,,")
    #expect(
      lines[3]
        == "tiger,3,2,3,\"Middle, north\",East,active,1,1,1,2000.000000,4000.000000,1,1,2000.000000,"
        + "2.000000,2.000000,,,,,,400.000000,1.000000,4000.000000,2.000000,2.000000,yes,")
    #expect(network.composite[GridCell(row: 0, column: 4)]?.link == 2)
  }

  @Test(
    "what decided is worded with its limit",
    arguments: [
      (LinkVerdict.Reason.distance(41_234, limit: 40_000), "41.2 km > 40 km"),
      (.distance(40_001, limit: 40_000), "40.001 km > 40 km"),
      (.distance(41_234, limit: 40_500), "41.2 km > 40.5 km"),
      (.cost(120_021.37, limit: 100_000), "120021.4 > 100000"), (.rank(3, limit: 2), "rank 3 > 2"),
      (.rank(2, limit: 2), "rank 2 <= 2"), (.coresCrossed([3]), "through core 3"),
      (.coresCrossed([3, 5]), "through cores 3 5"), (.sharedBorder(12_345), "12.345 km shared"),
      (.zonesApart, "zones do not touch"), (.noWay, "no way from core to core"), (.none, ""),
    ])
  func reasons(reason: LinkVerdict.Reason, text: String) {
    #expect(reason.text(onGround: true) == text)
  }

  @Test("without a ground, lengths have no unit") func plane() {
    #expect(LinkVerdict.Reason.distance(41, limit: 40).text(onGround: false) == "41.0 > 40")
    #expect(LinkVerdict.Reason.sharedBorder(5).text(onGround: false) == "5.000 shared")
  }

  @Test(
    "cores in any order and groups on any threads give the same bytes", arguments: UInt64(0)..<30)
  func order(seed: UInt64) {
    let landscape = Landscape(seed: seed, columns: 30, rows: 20, cores: 6)
    var rules = LinkRules()
    (rules.nearest, rules.joinsParts) = (2, true)
    func text(_ network: CorridorNetwork) -> String {
      var table = LinkTable(network, species: "corridors")
      table.cellAreas = landscape.steps.east.map { $0 / 3 }
      table.hostileResistance = 20
      return table.csv
    }
    let plan = CorridorPlan(
      cores: landscape.cores, on: landscape.surface, rules: rules, threshold: .share(0.2))
    let expected = plan.run()
    var random = SeededGenerator(seed: seed)
    let mixed = CorridorPlan(
      cores: landscape.cores.shuffled(using: &random), on: landscape.surface, rules: rules,
      threshold: .share(0.2))
    let found = mixed.groups.shuffled(using: &random).flatMap { group in
      var search = LinkSearch(mixed.surface)
      return mixed.links(of: group, with: &search)
    }
    let network = mixed.network(found)
    #expect(text(network) == text(expected))
    let (one, other) = (network.composite, expected.composite)
    for row in 0..<landscape.rows {
      #expect(one.values(ofRow: row) == other.values(ofRow: row))
      #expect(one.links(ofRow: row) == other.links(ofRow: row))
    }
    for link in expected.links {
      #expect((link.corridor != nil) == link.verdict.status.isKept)
      let isMeasured = rules.verdictWithoutPath(link.candidate) == nil
      #expect(isMeasured || link.path == nil)
    }
    #expect(expected.links.map(\.number) == Array(1...15))
  }

  /// The oracle counts cells.
  @Test("corridor areas leave out all cores", arguments: UInt64(0)..<10) func areas(seed: UInt64) {
    let landscape = Landscape(seed: seed, cores: 4)
    let network = CorridorPlan(
      cores: landscape.cores, on: landscape.surface, rules: LinkRules(), threshold: .share(0.5)
    ).run()
    let areas = (0..<landscape.rows).map { 1 + Double($0) / 8 }
    for (link, area) in zip(network.links, network.corridorAreas(cellAreas: areas)) {
      let expected = link.corridor.map { corridor in
        landscape.cells.filter { cell in
          corridor[cell] != nil && !landscape.cores.contains { $0.contains(cell) }
        }.reduce(0) { $0 + areas[$1.row] }
      }
      #expect(area == expected)
    }
  }

  @Test("of two cores that share cells the lower number keeps them") func overlaps() {
    let one = Core(
      id: 1, runs: [Core.Run(row: 0, columns: 2..<4), Core.Run(row: 1, columns: 0..<6)])
    let two = Core(id: 2, runs: [Core.Run(row: 0, columns: 0..<6)])
    let three = Core(id: 3, runs: [Core.Run(row: 1, columns: 1..<3)])
    let found = Core.withoutOverlaps([three, two, one], columns: 6, rows: 2)
    #expect(
      found.cores == [
        one,
        Core(id: 2, runs: [Core.Run(row: 0, columns: 0..<2), Core.Run(row: 0, columns: 4..<6)]),
        Core(id: 3, runs: []),
      ])
    #expect(
      found.lost == [Core(id: 2, runs: [Core.Run(row: 0, columns: 2..<4)]), three])
    let apart = Core.withoutOverlaps(found.cores, columns: 6, rows: 2)
    #expect(apart.cores == found.cores && apart.lost.isEmpty)
  }

  @Test("no core, one core, two that cannot meet") func edges() {
    func run(_ cores: [Core], _ values: [Float]) -> CorridorNetwork {
      CorridorPlan(
        cores: cores,
        on: ResistanceSurface(columns: 6, values: values, steps: Self.row.steps),
        rules: LinkRules(), threshold: .share(0.1)
      ).run()
    }
    #expect(run([], Self.row.values).links.isEmpty)
    #expect(run([Self.row.cores[0]], Self.row.values).links.isEmpty)
    let apart = run(Array(Self.row.cores.prefix(2)), [1, 1, 0, 1, 1, 1])
    #expect(apart.links.map(\.verdict) == [LinkVerdict(.unreachable, .noWay)])
    #expect(apart.composite.links(ofRow: 0).allSatisfy { $0 == 0 })
  }
}
