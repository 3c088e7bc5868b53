import CostDistance
import RasterCore
import TestSupport
import Testing

@Suite("Cost-weighted distance") struct CostSurfaceTests {
  /// Costs of the vectors are printed with twelve digits.
  private static let tolerance = 1e-9

  @Test(
    "distances from each core are those of an independent program",
    .enabled(if: SharedData.isPresent), arguments: 0..<4)
  func planar(core: Int) throws {
    let (landscape, vectors) = try CorridorVectors.planar()
    let expected = vectors.inside("cwd").plane(String(core + 1))
    let found = landscape.spread(from: core).all
    #expect(found.count == expected.count)
    for (one, other) in zip(found, expected) {
      #expect(agree(one / CorridorVectors.thousandths, other, within: Self.tolerance))
    }
  }

  @Test("distances over rows of unlike lengths, too", .enabled(if: SharedData.isPresent))
  func geographic() throws {
    let (landscape, vectors) = try CorridorVectors.geographic()
    let expected = vectors.inside("cwd").plane("1")
    for (one, other) in zip(landscape.spread(from: 0).all, expected) {
      #expect(agree(one / CorridorVectors.thousandths, other, within: Self.tolerance))
    }
  }

  @Test(
    "a wall is not crossed, and on a uniform field distance is max + (√2 − 1) min",
    .enabled(if: SharedData.isPresent), arguments: ["wall", "field"])
  func wallAndField(name: String) throws {
    let vectors = try CorridorVectors("ties").inside(name)
    let expected = vectors.plane("cwd")
    let scale = name == "field" ? 1 : CorridorVectors.thousandths
    let field = Landscape(
      columns: 9, values: Array(repeating: 1, count: 81),
      steps: StepLengths(cellWidth: 1, cellHeight: 1, rows: 9), cores: [])
    var landscape = name == "field" ? field : vectors.landscape(steps: nil, cell: 1)
    landscape.cores = [Core(id: 1, runs: [Core.Run(row: 0, columns: 0..<1)])]
    for (one, other) in zip(landscape.spread(from: 0).all, expected) {
      #expect(agree(one / scale, other, within: 1e-11))
    }
  }

  @Test(
    "distances are those of a plain Dijkstra, to the last bit", arguments: UInt64(0)..<60)
  func oracle(seed: UInt64) {
    let landscape = Landscape(seed: seed)
    for diagonals in [ResistanceSurface.Diagonals.all, .withoutCracks] {
      let expected = landscape.slowCosts(from: landscape.cores[0].cells, diagonals)
      #expect(landscape.spread(from: 0, diagonals).all == expected)
    }
  }

  /// Six and nine orders of magnitude: buckets are wider than the cheapest step.
  @Test(
    "resistances of any range give the same as a plain Dijkstra", arguments: UInt64(0)..<10,
    [1...1_000_000, 0.001...1_000_000, 5...5] as [ClosedRange<Float>])
  func ranges(seed: UInt64, range: ClosedRange<Float>) {
    var landscape = Landscape(seed: seed, resistances: range)
    // Most cells lie near the low end, as they do in real surfaces.
    var random = SeededGenerator(seed: seed)
    for index in landscape.values.indices where landscape.values[index] > 0 {
      let share = Float.random(in: 0...1, using: &random)
      if share < 0.6 { landscape.values[index] = range.lowerBound * (1 + share) }
    }
    let expected = landscape.slowCosts(from: landscape.cores[0].cells)
    #expect(landscape.spread(from: 0).all == expected)
  }

  @Test(
    "a bound changes no cost below it, and hides those above", arguments: UInt64(0)..<20)
  func bounded(seed: UInt64) {
    let landscape = Landscape(seed: seed)
    let all = landscape.spread(from: 0).all
    let bound = 0.4 * (all.filter { $0 < .infinity }.max() ?? 0)
    let found = landscape.spread(from: 0, stop: .beyond(bound)).all
    #expect(found == all.map { $0 <= bound ? $0 : .infinity })
  }

  @Test(
    "a sweep that ends behind its partners knows the corridors to them", arguments: UInt64(0)..<20,
    [CorridorThreshold.share(0.1), .cost(700), .unlimited])
  func partners(seed: UInt64, threshold: CorridorThreshold) {
    let landscape = Landscape(seed: seed)
    let all = landscape.spread(from: 0)
    let partners = Array(landscape.cores.dropFirst())
    let bound = partners.map { partner -> Double in
      guard let nearest = all.nearestCell(of: partner) else { return .infinity }
      return nearest.cost + threshold.slack(leastCost: nearest.cost)
    }.max()!
    let found = landscape.spread(
      from: 0, stop: .behind(partners: partners, threshold: threshold))
    #expect(found.knownUpTo >= bound)
    #expect(found.all == all.all.map { $0 <= found.knownUpTo ? $0 : .infinity })
  }

  @Test("twice the resistance is exactly twice the distance", arguments: UInt64(0)..<10)
  func scaled(seed: UInt64) {
    var landscape = Landscape(seed: seed)
    let once = landscape.spread(from: 0).all
    landscape.values = landscape.values.map { 2 * $0 }
    #expect(landscape.spread(from: 0).all == once.map { 2 * $0 })
  }

  @Test("a grid turned over and mirrored has the same distances", arguments: UInt64(0)..<10)
  func turned(seed: UInt64) {
    var landscape = Landscape(seed: seed, resistances: 1...30)
    landscape.steps = StepLengths(cellWidth: 70, cellHeight: 110, rows: landscape.rows)
    let straight = landscape.spread(from: 0)
    let (columns, rows) = (landscape.columns, landscape.rows)
    var turned = Landscape(
      columns: rows, values: Array(repeating: 0, count: rows * columns),
      steps: StepLengths(cellWidth: 110, cellHeight: 70, rows: columns), cores: [])
    for cell in landscape.cells {
      turned.values[(columns - 1 - cell.column) * rows + cell.row] =
        landscape.values[cell.row * columns + cell.column]
    }
    turned.cores = [
      Core(
        id: 1,
        runs: landscape.cores[0].cells.map {
          Core.Run(row: columns - 1 - $0.column, columns: $0.row..<$0.row + 1)
        })
    ]
    let other = turned.spread(from: 0)
    for cell in landscape.cells {
      let image = GridCell(row: columns - 1 - cell.column, column: cell.row)
      // Sums along a path are the same numbers in the same order; ties may take another path.
      #expect(agree(straight[cell], other[image], within: 1e-12))
    }
  }

  @Test("a workspace forgets the core before", arguments: UInt64(0)..<5) func again(seed: UInt64) {
    let landscape = Landscape(seed: seed)
    var costs = CostSurface(landscape.surface)
    costs.spread(from: landscape.cores[0], stop: .beyond(500))
    costs.spread(from: landscape.cores[1])
    #expect(costs.all == landscape.spread(from: 1).all)
  }

  @Test("one row, one column, one cell, no passable cell") func edges() {
    for (columns, rows) in [(7, 1), (1, 7), (1, 1)] {
      var landscape = Landscape(
        columns: columns, values: Array(repeating: 3, count: columns * rows),
        steps: StepLengths(cellWidth: 10, cellHeight: 10, rows: rows),
        cores: [Core(id: 1, runs: [Core.Run(row: 0, columns: 0..<1)])])
      #expect(landscape.spread(from: 0).all == (0..<columns * rows).map { 30 * Double($0) })
      landscape.values = landscape.values.map { _ in .nan }
      #expect(landscape.surface.range == nil && landscape.surface.passableCells == 0)
      #expect(landscape.spread(from: 0).all.allSatisfy { $0 == .infinity })
    }
  }

  @Test("what is not a positive number is impassable, and a core's cells there do not start")
  func impassable() {
    let landscape = Landscape(
      columns: 7, values: [0, -1, .nan, .infinity, -.infinity, 4, 4],
      steps: StepLengths(cellWidth: 1, cellHeight: 1, rows: 1),
      cores: [
        Core(id: 1, runs: [Core.Run(row: 0, columns: 0..<6)]),
        Core(id: 2, runs: [Core.Run(row: 0, columns: 0..<3)]),
      ])
    #expect(landscape.surface.passableCells == 2)
    #expect(landscape.spread(from: 0).all.suffix(2) == [0, 4])
    #expect(landscape.spread(from: 0).all.prefix(5).allSatisfy { $0 == .infinity })
    #expect(landscape.spread(from: 1).nearestCell(of: landscape.cores[0]) == nil)
  }

  @Test("a diagonal between two impassable cells is a crack, and can be forbidden") func cracks() {
    let landscape = Landscape(
      columns: 2, values: [1, 0, 0, 1], steps: StepLengths(cellWidth: 1, cellHeight: 1, rows: 2),
      cores: [Core(id: 1, runs: [Core.Run(row: 0, columns: 0..<1)])])
    #expect(landscape.surface.cracks == 1)
    #expect(landscape.spread(from: 0).all[3] == 2.0.squareRoot())
    #expect(landscape.spread(from: 0, .withoutCracks).all[3] == .infinity)
  }
}
