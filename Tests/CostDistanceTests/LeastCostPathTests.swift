import CostDistance
import RasterCore
import TestSupport
import Testing

@Suite("Least-cost paths") struct LeastCostPathTests {
  private static func compare(_ landscape: Landscape, _ vectors: CorridorVectors) {
    let links = vectors.list("links")
    #expect(links.count == 6)
    for link in links {
      let (first, second) = (Int(link.number("core1")) - 1, Int(link.number("core2")) - 1)
      let path = landscape.spread(from: first).leastCostPath(to: landscape.cores[second])
      #expect(path?.cells == link.cells("lcp"))
      let scale = CorridorVectors.thousandths
      #expect(agree((path?.cost ?? .nan) / scale, link.number("cw_dist"), within: 1e-9))
      #expect(agree(path?.length ?? .nan, link.number("lcp_length"), within: 1e-9))
      #expect(
        agree((path?.costPerLength ?? .nan) / scale, link.number("cwd_to_path"), within: 1e-9))
    }
  }

  @Test("six links of a plane grid, cell by cell", .enabled(if: SharedData.isPresent))
  func planar() throws {
    let (landscape, vectors) = try CorridorVectors.planar()
    Self.compare(landscape, vectors)
    for link in vectors.list("links") {
      let (one, other) = (Int(link.number("core1")) - 1, Int(link.number("core2")) - 1)
      let distance = landscape.cores[one].centreDistance(
        to: landscape.cores[other], columns: landscape.columns, steps: landscape.steps)
      #expect(agree(distance, link.number("euc_centres"), within: 1e-9))
    }
  }

  @Test("the same links on the ellipsoid", .enabled(if: SharedData.isPresent))
  func geographic() throws {
    let (landscape, vectors) = try CorridorVectors.geographic()
    Self.compare(landscape, vectors)
  }

  @Test("on ties a path takes the first cell, row by row", .enabled(if: SharedData.isPresent))
  func ties() throws {
    let vectors = try CorridorVectors("ties").inside("hole")
    let landscape = vectors.landscape(steps: nil, cell: 1)
    let path = landscape.spread(from: 0).leastCostPath(to: landscape.cores[1])
    #expect(path?.cells == vectors.cells("lcp"))
  }

  @Test("what a path costs is the sum of its steps, each allowed", arguments: UInt64(0)..<40)
  func isWalkable(seed: UInt64) {
    let landscape = Landscape(seed: seed)
    for diagonals in [ResistanceSurface.Diagonals.all, .withoutCracks] {
      let costs = landscape.spread(from: 0, diagonals)
      for core in landscape.cores.dropFirst() {
        guard let path = costs.leastCostPath(to: core) else {
          #expect(core.cells.allSatisfy { costs[$0] == .infinity })
          continue
        }
        #expect(core.contains(path.cells[0]) && landscape.cores[0].contains(path.cells.last!))
        var sum = 0.0
        for (cell, next) in zip(path.cells, path.cells.dropFirst()).reversed() {
          let step = landscape.neighbours(of: cell, diagonals).first { $0.cell == next }
          sum += step?.cost ?? .nan
        }
        #expect(sum == path.cost)
        if diagonals == .withoutCracks { #expect(path.cracks(on: landscape.surface) == 0) }
        // From the other side: the same sum in another order.
        let back = landscape.spread(from: core.id - 1, diagonals)
          .leastCostPath(to: landscape.cores[0])
        #expect(agree(back?.cost ?? .nan, path.cost, within: 1e-12))
      }
    }
  }

  @Test("a wall moved by one cell moves its gap and no cost") func movedWall() {
    func cost(wall: Int) -> Double? {
      var values = Array(repeating: Float(2), count: 9 * 30)
      for row in 0..<9 where row != 4 { values[row * 30 + wall] = 0 }
      let landscape = Landscape(
        columns: 30, values: values, steps: StepLengths(cellWidth: 10, cellHeight: 10, rows: 9),
        cores: [0, 29].map { column in
          Core(id: column + 1, runs: [Core.Run(row: 0, columns: column..<column + 1)])
        })
      return landscape.spread(from: 0).leastCostPath(to: landscape.cores[1])?.cost
    }
    // Four rows down and up again: 8 diagonals and 21 steps.
    #expect(agree(cost(wall: 14) ?? .nan, 20 * (21 + 8 * 2.0.squareRoot()), within: 1e-12))
    #expect(agree(cost(wall: 14) ?? .nan, cost(wall: 15) ?? .nan, within: 1e-12))
  }

  @Test("a core that is reached nowhere has no path; cores that share a cell have one of no length")
  func edges() {
    let landscape = Landscape(
      columns: 3, values: [1, 0, 1], steps: StepLengths(cellWidth: 1, cellHeight: 1, rows: 1),
      cores: [0..<1, 2..<3, 0..<3].enumerated().map {
        Core(id: $0 + 1, runs: [Core.Run(row: 0, columns: $1)])
      })
    let costs = landscape.spread(from: 0)
    #expect(costs.leastCostPath(to: landscape.cores[1]) == nil)
    let path = costs.leastCostPath(to: landscape.cores[2])
    #expect(path?.cells == [GridCell(row: 0, column: 0)])
    #expect(path?.length == 0 && path?.costPerLength == nil)
    #expect(path?.shares(of: ["a"]) == ["a": 1])
  }

  /// Steps of 10, 10√2 and 10: cells have 5, 5 + 5√2, 5 + 5√2 and 5.
  @Test("lengths are shared between the cells of a step") func statistics() {
    let surface = ResistanceSurface(
      columns: 4, values: [1, 2, 0, 0, 0, 0, 3, 4],
      steps: StepLengths(cellWidth: 10, cellHeight: 10, rows: 2))
    var costs = CostSurface(surface)
    costs.spread(from: Core(id: 1, runs: [Core.Run(row: 0, columns: 0..<1)]))
    let end = Core(id: 2, runs: [Core.Run(row: 1, columns: 3..<4)])
    let path = costs.leastCostPath(to: end)!
    let root = 2.0.squareRoot()
    #expect(path.cellLengths == [5, 5 + 5 * root, 5 + 5 * root, 5])
    #expect(path.longestRun([true, false, true, true]) == 10 + 5 * root)
    #expect(path.longestRun([true, true, false, true]) == 10 + 5 * root)
    #expect(path.longestRun([false, false, false, false]) == 0)
    let shares = path.shares(of: ["wood", "field", "wood", "wood"])
    #expect(agree(shares["field"] ?? 0, (5 + 5 * root) / (20 + 10 * root), within: 1e-15))
    #expect(agree(shares.values.reduce(0, +), 1, within: 1e-15))
    #expect(path.greatestResistance(on: surface) == 4)
    #expect(path.cracks(on: surface) == 1)
    let between = Core(id: 9, runs: [Core.Run(row: 1, columns: 1..<3)])
    let aside = Core(id: 8, runs: [Core.Run(row: 1, columns: 0..<2)])
    #expect(path.coresCrossed([between, aside, end], other: CorePair(1, 2)) == [9])
  }

  @Test("the border of touching cores is as long as their common edges") func borders() {
    let steps = StepLengths(cellWidth: 10, cellHeight: 7, rows: 3)
    let one = Core(
      id: 1, runs: [Core.Run(row: 0, columns: 0..<3), Core.Run(row: 1, columns: 0..<1)])
    let other = Core(id: 2, runs: [Core.Run(row: 1, columns: 1..<4)])
    let corner = Core(id: 3, runs: [Core.Run(row: 2, columns: 1..<2)])
    #expect(one.sharedBorder(with: other, steps: steps) == 27)
    #expect(other.sharedBorder(with: one, steps: steps) == 27)
    #expect(one.sharedBorder(with: corner, steps: steps) == 0)
  }
}
