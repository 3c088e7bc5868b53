import CostDistance
import RasterCore
import TestSupport
import Testing

@Suite("Barriers and the gain of restoring them") struct BarrierTests {
  @Test(
    "scores of three radii, and the best of them, are those of an independent program",
    .enabled(if: SharedData.isPresent))
  func wall() throws {
    let vectors = try CorridorVectors("barriers")
    var landscape = vectors.landscape(steps: nil)
    landscape.cores = [1, 2].map { id in
      Core.cores(labels: vectors.plane("core\(id)").map { Int32($0) * Int32(id) }, columns: 21)[0]
    }
    #expect(landscape.columns == 21 && landscape.rows == 15)
    let leastCost = try #require(landscape.links(nil)[0].path?.cost)
    #expect(
      agree(leastCost / CorridorVectors.thousandths, vectors.number("cw_dist"), within: 1e-9))
    func compare(_ radii: [Double], _ expected: [Double]) {
      let search = BarrierSearch(
        landscape.spread(from: 0), landscape.spread(from: 1), leastCost: leastCost,
        windows: radii.map { BarrierWindow(radius: $0) },
        restored: CorridorVectors.thousandths)
      let found = (0..<landscape.rows).flatMap(search.row)
      #expect(found.count == expected.count)
      for (barrier, score) in zip(found, expected) {
        // Differences of sums near 4,000: to a part in 1e9 of those.
        #expect(abs((barrier?.score ?? .nan) / CorridorVectors.thousandths - score) < 1e-8)
      }
    }
    for radius in [100.0, 200, 300] {
      compare([radius], vectors.inside("score").plane("\(Int(radius))"))
    }
    compare([100, 200, 300], vectors.plane("best"))
  }

  /// The oracle: every cell of the grid, by its distance.
  @Test("scores are those of comparing all cells", arguments: UInt64(0)..<30)
  func oracle(seed: UInt64) {
    let landscape = Landscape(seed: seed)
    let (one, other) = (landscape.spread(from: 0), landscape.spread(from: 1))
    guard let leastCost = one.nearestCell(of: landscape.cores[1])?.cost else { return }
    let radii = [95.0, 215, 330]
    let search = BarrierSearch(
      one, other, leastCost: leastCost, windows: radii.map { BarrierWindow(radius: $0) },
      restored: 2)
    let southings = landscape.steps.southings
    let (east, south) = (landscape.steps.east, landscape.steps.south)
    for row in 0..<landscape.rows {
      let thickness = max(
        east[row], row > 0 ? south[row - 1] : 0, row < south.count ? south[row] : 0)
      for (column, found) in search.row(row).enumerated() {
        let scores = radii.map { radius -> Double in
          let ring = landscape.cells.filter { cell in
            let down = southings[cell.row] - southings[row]
            let right = Double(cell.column - column) * (east[cell.row] + east[row]) / 2
            let distance = (down * down + right * right).squareRoot()
            return distance > radius - thickness && distance <= radius
          }
          let ways =
            (ring.map { one[$0] }.min() ?? .infinity)
            + (ring.map { other[$0] }.min() ?? .infinity)
          return (leastCost - ways - 4 * radius) / (2 * radius)
        }
        let best = scores.max()!
        if best > -.infinity {
          #expect(abs((found?.score ?? .nan) - best) <= 1e-12 * leastCost)
        } else {
          #expect(found == nil)
        }
      }
    }
  }

  @Test("costs beyond the least-cost distance need not be known", arguments: UInt64(0)..<20)
  func bounded(seed: UInt64) {
    let landscape = Landscape(seed: seed)
    let all = (landscape.spread(from: 0), landscape.spread(from: 1))
    guard let leastCost = all.0.nearestCell(of: landscape.cores[1])?.cost else { return }
    let near = (
      landscape.spread(from: 0, stop: .beyond(leastCost)),
      landscape.spread(from: 1, stop: .beyond(leastCost))
    )
    let windows = [BarrierWindow(radius: 100), BarrierWindow(radius: 250)]
    let wide = BarrierSearch(all.0, all.1, leastCost: leastCost, windows: windows)
    let bounded = BarrierSearch(near.0, near.1, leastCost: leastCost, windows: windows)
    for row in 0..<landscape.rows {
      let gains = wide.row(row).map { $0 ?? Barrier(score: -1, window: 0) }
      for (one, other) in zip(gains, bounded.row(row)) where one.score > 0 {
        #expect(one == other)
      }
    }
  }

  /// A river of resistance 50 between meadows of 1, cells of 10: five columns, a core at either side. The way costs
  /// 10 · (1 + 25.5 · 2 + 1) = 530; restored to 1, a place of 20 across leaves 10 + 20 + 10.
  @Test("the gain of a river bridged is the one worked by hand") func byHand() {
    let landscape = Landscape(
      columns: 5, values: [1, 1, 50, 1, 1],
      steps: StepLengths(cellWidth: 10, cellHeight: 10, rows: 1),
      cores: [0, 4].map { Core(id: $0 + 1, runs: [Core.Run(row: 0, columns: $0..<$0 + 1)]) })
    let costs = (landscape.spread(from: 0), landscape.spread(from: 1))
    #expect(costs.0[GridCell(row: 0, column: 4)] == 530)
    let search = BarrierSearch(
      costs.0, costs.1, leastCost: 530, windows: [BarrierWindow(radius: 10)])
    let found = search.row(0)
    #expect(found[2] == Barrier(score: 24.5, window: 0))
    // In the ring around column 1 are its neighbours: 0 from one core, the river's far side is not.
    #expect(found[1]?.score == (530.0 - (0 + 265 + 20)) / 20.0)
    #expect(found[0]?.score == (530.0 - (10 + 520 + 20)) / 20.0)
  }

  @Test("a ring is as thick as a cell, and where it is no wider it is its middle")
  func rings() {
    let landscape = Landscape(
      columns: 9, values: Array(repeating: 1, count: 81),
      steps: StepLengths(cellWidth: 10, cellHeight: 10, rows: 9), cores: [])
    func ring(_ radius: Double) -> Set<GridCell> {
      // Cells from which the middle is seen: whose own ring has the middle's cost of 0.
      var ring: Set<GridCell> = []
      for cell in landscape.cells {
        var costs = CostSurface(landscape.surface)
        costs.spread(
          from: Core(id: 1, runs: [Core.Run(row: 4, columns: 4..<5)]), stop: .beyond(0))
        let search = BarrierSearch(
          costs, costs, leastCost: 0, windows: [BarrierWindow(radius: radius)])
        if search.row(cell.row)[cell.column] != nil { ring.insert(cell) }
      }
      return ring
    }
    func cells(_ range: ClosedRange<Int>) -> Set<GridCell> {
      Set(
        landscape.cells.filter {
          let (down, right) = ($0.row - 4, $0.column - 4)
          return range.contains(down * down + right * right)
        })
    }
    #expect(ring(10) == cells(1...1))
    #expect(ring(9) == cells(0...0))
    #expect(ring(15) == cells(1...2))
    #expect(ring(30) == cells(5...9))
  }

  @Test("of all links the greatest counts, or their sum; links that gain alike: the first")
  func composite() {
    func row(_ scores: Double?...) -> [Barrier?] {
      scores.map { $0.map { Barrier(score: $0, window: Int($0)) } }
    }
    for across in [BarrierComposite.Across.greatest, .sum] {
      var composite = BarrierComposite(columns: 5, rows: 2, across: across)
      composite.add(row(1, 5, nil, -2, 3), row: 1, link: 0)
      composite.add(row(4, 2, nil, 0, 3), row: 1, link: 2)
      func found(_ column: Int) -> [Double]? {
        composite[GridCell(row: 1, column: column)].map {
          [Double($0.score), Double($0.window), Double($0.link)]
        }
      }
      let isSum = across == .sum
      #expect(found(0) == [isSum ? 5 : 4, 4, 2])
      #expect(found(1) == [isSum ? 7 : 5, 5, 0])
      #expect(found(2) == nil && found(3) == nil)
      #expect(found(4) == [isSum ? 6 : 3, 3, 0])
      #expect(composite.scores(ofRow: 0) == [0, 0, 0, 0, 0])
      let top = composite.top(2).map(\.column)
      #expect(top == (isSum ? [1, 4] : [1, 0]))
      #expect(composite.top(9).count == 3 && composite.top(0).isEmpty)
    }
  }

  @Test("a network's barriers are those of its kept links", arguments: UInt64(0)..<15)
  func network(seed: UInt64) {
    let landscape = Landscape(seed: seed, cores: 4)
    let windows = [95.0, 215].map { BarrierWindow(radius: $0) }
    let network = CorridorPlan(
      cores: landscape.cores, on: landscape.surface, rules: LinkRules(), threshold: .share(0.1)
    ).run()
    for across in [BarrierComposite.Across.greatest, .sum] {
      var expected = BarrierComposite(
        columns: landscape.columns, rows: landscape.rows, across: across)
      for link in network.links where link.verdict.status.isKept {
        let search = BarrierSearch(
          landscape.spread(from: link.pair.first - 1), landscape.spread(from: link.pair.second - 1),
          leastCost: link.path!.cost, windows: windows, restored: 2)
        for row in 0..<landscape.rows {
          expected.add(search.row(row), row: row, link: link.number - 1)
        }
      }
      let found = network.barriers(of: windows, restored: 2, across: across)
      for cell in landscape.cells {
        let (one, other) = (found[cell], expected[cell])
        #expect((one == nil) == (other == nil))
        if let one, let other { #expect(one == other) }
      }
      let places = network.barrierPlaces(found, windows, most: 5)
      #expect(places.map(\.cell) == expected.top(5))
      #expect(places.allSatisfy { $0.percent > 0 && $0.percent <= 100 })
    }
  }

  /// The river of above: 490 of 530 saved.
  @Test("a place says by what part the least-cost distance falls") func percent() {
    let network = CorridorPlan(
      cores: [0, 4].map { Core(id: $0 + 1, runs: [Core.Run(row: 0, columns: $0..<$0 + 1)]) },
      on: ResistanceSurface(
        columns: 5, values: [1, 1, 50, 1, 1],
        steps: StepLengths(cellWidth: 10, cellHeight: 10, rows: 1)),
      rules: LinkRules(), threshold: .share(0.1)
    ).run()
    let windows = [BarrierWindow(radius: 10)]
    let places = network.barrierPlaces(network.barriers(of: windows), windows, most: 1)
    #expect(
      places.map { [Double($0.cell.column), $0.score, $0.radius, Double($0.link)] }
        == [[2, 24.5, 10, 1]])
    #expect(agree(places.first?.percent ?? 0, 49_000.0 / 530, within: 1e-12))
  }
}
