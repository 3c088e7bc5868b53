import CostDistance
import RasterCore
import TestSupport
import Testing

@Suite("Normalized least-cost corridors") struct CorridorTests {
  /// Corridors are held in Float32.
  private static let tolerance = 1e-6

  /// In the vectors, what is left of rounding on a path is not cut to 0.
  private static func written(_ value: Double) -> Double { value < 1e-9 ? 0 : value }

  private static func composite(
    _ landscape: Landscape, _ threshold: CorridorThreshold
  ) -> CorridorComposite {
    var composite = CorridorComposite(columns: landscape.columns, rows: landscape.rows)
    for (index, link) in landscape.links(threshold).enumerated() {
      if let corridor = link.corridor { composite.add(corridor, link: index) }
    }
    return composite
  }

  @Test(
    "the composite of six links and whose it is are those of an independent program",
    .enabled(if: SharedData.isPresent))
  func planar() throws {
    let (landscape, vectors) = try CorridorVectors.planar()
    let composite = Self.composite(landscape, .unlimited)
    let all = landscape.links(.unlimited)
    let values = vectors.plane("corridor")
    let links = vectors.plane("corridor_link")
    for (index, cell) in landscape.cells.enumerated() {
      let found = composite[cell]
      let value = found.map { Double($0.value) / CorridorVectors.thousandths } ?? .infinity
      #expect(agree(value, Self.written(values[index]), within: Self.tolerance))
      // Where links share their way into a core they are equally good but for rounding: written alike, the first counts.
      let (winner, stated) = (found?.link ?? -1, Int(links[index]))
      if winner != stated {
        #expect(winner < stated)
        #expect(found?.value == all[stated].corridor?[cell])
      }
    }
    let threshold = vectors.number("threshold") * CorridorVectors.thousandths
    let cut = Self.composite(landscape, .cost(threshold))
    let within = landscape.cells.filter { cut[$0] != nil }
    #expect(within.count == Int(vectors.number("cells_within_threshold")))
    #expect(within.allSatisfy { cut[$0]! == composite[$0]! })
  }

  @Test("the same on the ellipsoid", .enabled(if: SharedData.isPresent)) func geographic() throws {
    let (landscape, vectors) = try CorridorVectors.geographic()
    let composite = Self.composite(landscape, .unlimited)
    for (cell, expected) in zip(landscape.cells, vectors.plane("corridor")) {
      let value = composite[cell].map { Double($0.value) / CorridorVectors.thousandths }
      #expect(agree(value ?? .infinity, Self.written(expected), within: Self.tolerance))
    }
  }

  /// The oracle: both cores' plain Dijkstra over the whole grid, added up.
  @Test(
    "only the corridor is searched, and no cell or bit of it is lost", arguments: UInt64(0)..<60,
    [CorridorThreshold.share(0.1), .share(1), .cost(0), .cost(900), .unlimited])
  func oracle(seed: UInt64, threshold: CorridorThreshold) {
    let landscape = Landscape(seed: seed)
    for link in landscape.links(threshold) {
      let one = landscape.slowCosts(from: landscape.core(link.pair.first).cells)
      let other = landscape.slowCosts(from: landscape.core(link.pair.second).cells)
      guard let corridor = link.corridor, let path = link.path else {
        #expect(link.corridor == nil && link.path == nil)
        #expect(zip(one, other).allSatisfy { $0 + $1 == .infinity })
        continue
      }
      let rounding = 1e-9 * path.cost
      var count = 0
      for (index, cell) in landscape.cells.enumerated() {
        let excess = one[index] + other[index] - path.cost
        let written = abs(excess) <= rounding ? 0 : excess
        let isInside = written <= threshold.slack(leastCost: path.cost) && written < .infinity
        #expect(corridor[cell] == (isInside ? Float(written) : nil))
        if isInside { count += 1 }
      }
      #expect(corridor.cellCount == count)
      #expect(path.cells.allSatisfy { corridor[$0] == 0 })
      #expect(corridor.runs.reduce(0) { $0 + $1.columns.count } == count)
      #expect(corridor.runs.allSatisfy { corridor.values(of: $0).allSatisfy { $0 >= 0 } })
    }
  }

  @Test("a corridor may be forbidden cracks", arguments: UInt64(0)..<10) func cracks(seed: UInt64) {
    let landscape = Landscape(seed: seed, impassable: 35)
    var search = LinkSearch(landscape.surface(.withoutCracks))
    let link = search.links(
      from: landscape.cores[0], to: [landscape.cores[1]], threshold: .share(0.5))[0]
    let sums = zip(
      landscape.slowCosts(from: landscape.cores[0].cells, .withoutCracks),
      landscape.slowCosts(from: landscape.cores[1].cells, .withoutCracks)
    ).map { $0 + $1 }
    guard let path = link.path else { return #expect(sums.allSatisfy { $0 == .infinity }) }
    #expect(link.corridor?.cellCount == sums.count { $0 <= path.cost * 1.5 * (1 + 1e-12) })
  }

  @Test(
    "pairs in any order, alone or together, give the same", arguments: UInt64(0)..<20)
  func order(seed: UInt64) {
    let landscape = Landscape(seed: seed, cores: 5)
    let links = landscape.links(.share(0.2))
    #expect(links.map(\.pair) == links.map(\.pair).sorted() && links.count == 10)
    var random = SeededGenerator(seed: seed)
    var search = LinkSearch(landscape.surface)
    for link in links.shuffled(using: &random) {
      let (first, second) = (landscape.core(link.pair.first), landscape.core(link.pair.second))
      #expect(search.links(from: first, to: [second], threshold: .share(0.2)) == [link])
    }
    let pairs = links.map(\.pair).shuffled(using: &random)
    #expect(
      LinkSearch.groups(pairs + pairs.prefix(3)).map { [$0.first] + $0.seconds }
        == [[1, 2, 3, 4, 5], [2, 3, 4, 5], [3, 4, 5], [4, 5]])
    var ordered = CorridorComposite(columns: landscape.columns, rows: landscape.rows)
    var mixed = ordered
    for (index, link) in links.enumerated() {
      if let corridor = link.corridor { ordered.add(corridor, link: index) }
    }
    for (index, link) in links.enumerated().shuffled(using: &random) {
      if let corridor = link.corridor { mixed.add(corridor, link: index) }
    }
    for row in 0..<landscape.rows {
      #expect(ordered.values(ofRow: row) == mixed.values(ofRow: row))
      #expect(ordered.links(ofRow: row) == mixed.links(ofRow: row))
    }
    for cell in landscape.cells {
      let least = links.compactMap { $0.corridor?[cell] }.min()
      #expect(ordered[cell]?.value == least)
      let winner = links.firstIndex { $0.corridor?[cell] != nil && $0.corridor?[cell] == least }
      #expect(ordered[cell]?.link == winner)
    }
  }

  /// Six cells of resistance 2 and length 10 in a row, cores at both ends; below the middle a detour over 4 and 4.
  @Test("values are those worked by hand") func byHand() {
    let landscape = Landscape(
      columns: 6, values: [2, 2, 2, 2, 2, 2, 0, 0, 4, 0, 0, 0],
      steps: StepLengths(cellWidth: 10, cellHeight: 10, rows: 2),
      cores: [0, 5].map { Core(id: $0 + 1, runs: [Core.Run(row: 0, columns: $0..<$0 + 1)]) })
    let corridor = landscape.links(.unlimited)[0].corridor
    #expect(corridor?.leastCost == 100)
    #expect((0..<6).allSatisfy { corridor?[GridCell(row: 0, column: $0)] == 0 })
    // Down the diagonal and up another: 2 · 10√2 · 3 instead of two steps of 20.
    let detour = Float(60 * 2.0.squareRoot() - 40)
    #expect(abs((corridor?[GridCell(row: 1, column: 2)] ?? 0) - detour) < 1e-5)
    #expect(corridor?[GridCell(row: 1, column: 1)] == nil)
    #expect(landscape.links(.cost(44.8))[0].corridor?.cellCount == 6)
    #expect(landscape.links(.share(0.449))[0].corridor?.cellCount == 7)
    #expect(landscape.links(nil)[0].corridor == nil && landscape.links(nil)[0].path != nil)
  }

  @Test("touching cores, cores that share a cell, cores apart, one row") func edges() {
    let landscape = Landscape(
      columns: 7, values: [1, 1, 1, 1, 0, 1, 1],
      steps: StepLengths(cellWidth: 1, cellHeight: 1, rows: 1),
      cores: [0..<2, 2..<4, 1..<3, 5..<7].enumerated().map {
        Core(id: $0 + 1, runs: [Core.Run(row: 0, columns: $1)])
      })
    let links = Dictionary(
      uniqueKeysWithValues: landscape.links(.share(0.1)).map { ($0.pair, $0) })
    #expect(links[CorePair(1, 2)]?.path?.cost == 1)
    #expect(links[CorePair(1, 2)]?.corridor?.cellCount == 2)
    #expect(links[CorePair(1, 3)]?.path?.cost == 0)
    #expect(links[CorePair(1, 3)]?.corridor?.cellCount == 1)
    #expect(links[CorePair(1, 4)]?.path == nil && links[CorePair(1, 4)]?.corridor == nil)
  }
}

extension Landscape {
  func core(_ id: Int) -> Core { cores.first { $0.id == id }! }

  /// Of all pairs, in rising order.
  func links(_ threshold: CorridorThreshold?) -> [FoundLink] {
    var search = LinkSearch(surface)
    return cores.indices.dropLast().flatMap { index in
      search.links(
        from: cores[index], to: Array(cores[(index + 1)...]), threshold: threshold)
    }
  }
}
