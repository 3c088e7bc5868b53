import CostDistance
import RasterCore
import TestSupport
import Testing

@Suite("Allocation to the nearest core") struct ZoneMapTests {
  private static func pairs(_ vectors: CorridorVectors, _ key: String) -> [CorePair] {
    vectors.integerPairs(key).map { CorePair($0, $1) }
  }

  @Test(
    "zones by cost, and which of them touch, are those of an independent program",
    .enabled(if: SharedData.isPresent))
  func planar() throws {
    let (landscape, vectors) = try CorridorVectors.planar()
    var costs = CostSurface(landscape.surface)
    let zones = costs.allocate(to: landscape.cores)
    let expected = vectors.plane("cost_allocation").map { Int($0) }
    #expect(landscape.cells.map { zones[$0] ?? 0 } == expected)
    #expect(zones.adjacentPairs == Self.pairs(vectors, "cost_adjacency"))
  }

  /// The oracle: each core's plain Dijkstra. Sums of one path may differ in the last bit, so equal means 1e-12.
  @Test("the cost is the least of all cores', and the core has it", arguments: UInt64(0)..<40)
  func oracle(seed: UInt64) {
    let landscape = Landscape(seed: seed)
    var costs = CostSurface(landscape.surface)
    let zones = costs.allocate(to: landscape.cores)
    let alone = landscape.cores.map { landscape.slowCosts(from: $0.cells) }
    for (index, cell) in landscape.cells.enumerated() {
      let least = alone.map { $0[index] }.min()!
      #expect(costs[cell] == least)
      guard least < .infinity else {
        #expect(zones[cell] == nil)
        continue
      }
      let possible = landscape.cores.indices.filter {
        agree(alone[$0][index], least, within: 1e-12)
      }
      #expect(possible.contains((zones[cell] ?? 0) - 1))
      if possible.count == 1 { #expect(zones[cell] == possible[0] + 1) }
    }
  }

  @Test("of two equally near cores a cell is the first one's, and passes that on") func ties() {
    // Costs 1 from either end; the cell in the middle and its dead end are equally far from both.
    let landscape = Landscape(
      columns: 5, values: [1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0],
      steps: StepLengths(cellWidth: 1, cellHeight: 1, rows: 3),
      cores: [
        Core(id: 4, runs: [Core.Run(row: 0, columns: 4..<5)]),
        Core(id: 7, runs: [Core.Run(row: 0, columns: 0..<1)]),
      ])
    var costs = CostSurface(landscape.surface)
    let zones = costs.allocate(to: landscape.cores)
    #expect(landscape.cells.prefix(5).map { zones[$0] } == [7, 7, 4, 4, 4])
    #expect(zones[GridCell(row: 2, column: 2)] == 4)
    #expect(zones.adjacentPairs == [CorePair(4, 7)])
    #expect(zones.ranks(ofRow: 0) == [2, 2, 1, 1, 1])
  }

  @Test("a cell of two cores is the first one's") func overlap() {
    let both = [Core.Run(row: 0, columns: 0..<2)]
    let cores = [Core(id: 1, runs: both), Core(id: 2, runs: both)]
    var costs = CostSurface(
      ResistanceSurface(
        columns: 2, values: [1, 1], steps: StepLengths(cellWidth: 1, cellHeight: 1, rows: 1)))
    #expect(costs.allocate(to: cores).ranks(ofRow: 0) == [1, 1])
  }

  @Test(
    "the nearest core as the crow flies is that of comparing all cells", arguments: UInt64(0)..<30)
  func euclidean(seed: UInt64) {
    let landscape = Landscape(seed: seed, cores: 1 + Int(seed % 5))
    let zones = ZoneMap.nearest(
      of: landscape.cores, columns: landscape.columns, steps: landscape.steps)
    let isSquare = landscape.steps.east.allSatisfy { $0 == landscape.steps.south[0] }
    let southings = landscape.steps.southings
    for cell in landscape.cells {
      let distances = landscape.cores.map { core in
        core.cells.map { other -> Double in
          let south = southings[cell.row] - southings[other.row]
          let east = Double(cell.column - other.column) * landscape.steps.east[other.row]
          return south * south + east * east
        }.min()!
      }
      let least = distances.min()!
      // Whole numbers of cells are exact: of equally near cores the first.
      let nearest = distances.firstIndex { agree($0, least, within: isSquare ? 0 : 1e-12) }!
      let found = (zones[cell] ?? 0) - 1
      if isSquare {
        #expect(found == nearest)
      } else {
        #expect(agree(distances[found], least, within: 1e-9))
      }
    }
  }

  @Test("without cores nothing is allocated") func none() {
    let steps = StepLengths(cellWidth: 1, cellHeight: 1, rows: 2)
    let zones = ZoneMap.nearest(of: [], columns: 3, steps: steps)
    #expect(zones.ranks(ofRow: 1) == [0, 0, 0] && zones.adjacentPairs.isEmpty)
  }
}
