import Foundation
import RasterCore
import Reclassification
import Testing

/// The oracle of rows is the evaluation of single cells.
@Suite("Rows of cells")
struct RowKernelTests {
  /// Cells, all layers present.
  struct Cells {
    var categories: [UInt8] = []
    var planes: [Layer: [Float]] = [:]

    /// Only what the scorer needs is there.
    func row(for scorer: SuitabilityScorer) -> CellValues {
      CellValues(categories: categories, planes: planes.filter { scorer.needs($0.key) })
    }

    func cell(_ index: Int) -> [Layer: Double] { planes.mapValues { Double($0[index]) } }

    mutating func append(_ category: UInt8, _ cell: [Layer: Float]) {
      categories.append(category)
      for (layer, value) in cell { planes[layer, default: []].append(value) }
    }
  }

  /// Cells for which the outcome of the row differs from that of the cell.
  static func differences(_ scorer: SuitabilityScorer, _ cells: Cells) -> Int {
    let outcomes = scorer.outcomes(of: cells.row(for: scorer))
    var count = 0
    for (index, category) in cells.categories.enumerated() {
      let exact = scorer.evaluate(category: category, cells.cell(index))
      if exact.outcome.code != outcomes[index] { count += 1 }
    }
    return count
  }

  /// Values all over the curve and beyond it, at its knots and next to them, infinite and missing.
  static func value(_ curve: ResponseCurve?, _ random: inout RandomInputs) -> Float {
    guard let curve else { return random.int(in: 0..<2) == 0 ? .nan : 7 }
    let knot = Float(curve.knots[random.int(in: 0..<curve.knots.count)].x)
    switch random.int(in: 0..<100) {
    case 0: return .nan
    case 1: return random.int(in: 0..<2) == 0 ? .infinity : -.infinity
    case 2..<8: return knot
    case 8..<12: return knot.nextUp
    case 12..<16: return knot.nextDown
    default:
      let (first, last) = (curve.knots[0].x, curve.knots[curve.knots.count - 1].x)
      let margin = (last - first) * 0.05
      return Float(random.double(in: first - margin...last + margin))
    }
  }

  static func randomCells(_ model: SpeciesModel, count: Int, seed: UInt64) -> Cells {
    var random = RandomInputs(seed: seed)
    var cells = Cells()
    for _ in 0..<count {
      // 0 and two codes that mean nothing are among the categories.
      let category = UInt8(random.int(in: 0..<13))
      var cell: [Layer: Float] = [:]
      for layer in Layer.continuous {
        cell[layer] = value(model.curveLayers[layer]?.curve, &random)
      }
      cells.append(category, cell)
    }
    return cells
  }

  /// Cells whose score is as near as single precision gets to a bound, on both of its sides.
  static func cellsAtBounds(_ scorer: SuitabilityScorer, count: Int, seed: UInt64) -> Cells {
    var random = RandomInputs(seed: seed)
    var cells = Cells()
    let moving = scorer.layers.filter { $0 != .landCover }
    guard !moving.isEmpty else { return cells }
    while cells.categories.count < count {
      let category = UInt8(random.int(in: 1..<11))
      var cell: [Layer: Float] = [:]
      for layer in Layer.continuous {
        let knots = scorer.model.curveLayers[layer]?.curve.knots
        cell[layer] =
          knots.map { Float(random.double(in: $0[0].x...$0[$0.count - 1].x)) } ?? 0
      }
      let layer = moving[random.int(in: 0..<moving.count)]
      guard let knots = scorer.model.curveLayers[layer]?.curve.knots else { continue }
      let from = random.int(in: 0..<max(1, knots.count - 1))
      var ends = [Float(knots[from].x), Float(knots[min(from + 1, knots.count - 1)].x)]
      func code(_ value: Float) -> UInt8 {
        var cell = cell.mapValues(Double.init)
        cell[layer] = Double(value)
        return scorer.evaluate(category: category, cell).outcome.code
      }
      let codes = ends.map(code)
      if codes[0] != codes[1] {
        while true {
          let middle = (ends[0] + ends[1]) / 2
          guard middle != ends[0], middle != ends[1] else { break }
          ends[code(middle) == codes[0] ? 0 : 1] = middle
        }
      }
      for value in ends + [ends[0].nextDown, ends[1].nextUp] {
        var cell = cell
        cell[layer] = value
        cells.append(category, cell)
      }
    }
    return cells
  }

  @Test(
    "a row is classed like its cells one by one, for the built-in models",
    arguments: SpeciesModel.builtInNames, UInt64(0)..<4)
  func builtIn(species: String, seed: UInt64) throws {
    let model = try SpeciesModel.builtIn(named: species)
    // The last seed runs without the optional layers.
    let present: Set<Layer> = seed == 3 ? [.elevation, .slope] : Set(Layer.allCases)
    let scorer = try SuitabilityScorer(model: model, present: present)
    #expect(Self.differences(scorer, Self.randomCells(model, count: 15_000, seed: seed)) == 0)
    let atBounds = Self.cellsAtBounds(scorer, count: 1500, seed: seed)
    #expect(Self.differences(scorer, atBounds) == 0)
    guard seed == 3 else { return }
    let tabulated = scorer.tabulated()
    let cells = Self.randomCells(model, count: 15_000, seed: seed)
    #expect(Self.differences(tabulated, cells) == 0)
    #expect(Self.differences(tabulated, atBounds) == 0)
  }

  @Test(
    "a row is classed like its cells one by one, for every rule and awkward settings",
    arguments: Combination.Rule.allCases, UInt64(0)..<8)
  func rules(rule: Combination.Rule, seed: UInt64) throws {
    let curves = [
      "[[0, 0], [100, 100]]",
      "[[5, 40]]",
      "[[-300, 100], [0, 0], [1e-3, 90], [7e5, 100]]",
      "[[1000000000, 20], [1000000000.001, 95]]",
      "[[0, 100], [1e300, 20]]",
      "[[0, 100], [10, 1e-300], [20, 30]]",
    ]
    for (index, curve) in curves.enumerated() {
      var test = TestModel(rule: rule.rawValue, isCapped: seed % 2 == 0, curve: curve)
      test.landCoverWeight = seed % 3 == 0 ? 0 : 0.7
      test.scores[Int(seed) % 10] = 0
      if seed % 4 == 1 { test.bounds = [0, 50, 100] }
      if seed % 4 == 2 { test.bounds = [1e-5, 33.33333, 99.99996] }
      if seed % 4 == 3 { test.layers = [.slope, .settlements] }
      if seed % 4 == 0 { test.layers = Layer.continuous }
      let scorer = try SuitabilityScorer(model: test.model(), present: Set(Layer.allCases))
      let cells = Self.randomCells(scorer.model, count: 1000, seed: seed * 10 + UInt64(index))
      #expect(Self.differences(scorer, cells) == 0, "\(curve)")
      let atBounds = Self.cellsAtBounds(scorer, count: 120, seed: seed)
      #expect(Self.differences(scorer, atBounds) == 0, "\(curve)")
      // A table of classes is for two layers.
      guard test.layers.count == 2 else { continue }
      let tabulated = scorer.tabulated()
      #expect(Self.differences(tabulated, cells) == 0, "\(curve), tabulated")
      #expect(Self.differences(tabulated, atBounds) == 0, "\(curve), tabulated")
    }
  }

  @Test("land cover alone makes a class", arguments: Combination.Rule.allCases)
  func landCoverAlone(rule: Combination.Rule) throws {
    var test = TestModel(rule: rule.rawValue, isCapped: true, layers: [])
    test.scores = [0, 10, 29, 30, 31, 59, 60, 79, 80, 100]
    test.bounds = [30, 60, 80]
    let scorer = try SuitabilityScorer(model: test.model(), present: [.landCover])
    let outcomes = scorer.outcomes(of: CellValues(categories: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))
    #expect(outcomes == [0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4])
  }

  @Test("nodata is told apart by its reason")
  func nodataReasons() throws {
    let scorer = try SuitabilityScorer(
      model: .builtIn(named: "leopard"), present: Set(Layer.allCases))
    let nan = Float.nan
    let outcomes = scorer.outcomes(
      of: CellValues(
        categories: [0, 2, 2, 2, 2, 6, 2],
        planes: [
          .elevation: [300, nan, 300, 300, 300, nan, 300], .slope: [20, 20, nan, 20, 20, nan, 20],
          .roads: [6000, nan, 6000, nan, 6000, nan, 6000],
          .settlements: [1e4, 1e4, 1e4, 1e4, nan, nan, 1e4],
        ]))
    #expect(outcomes == [0, 5, 5, 6, 6, 1, 4])
  }

  @Test("scores, resistances and limiting factors of a row are those of its cells")
  func fills() throws {
    let resistance = "{ c: 4, max: 100, overrides: { meadow: 70, bare: \"barrier\" } }"
    let model = try TestModel(layers: Layer.continuous, resistance: resistance).model()
    let scorer = try SuitabilityScorer(model: model, present: Set(Layer.allCases))
    let cells = Self.randomCells(model, count: 3000, seed: 5)
    let count = cells.categories.count
    let results = scorer.results(
      of: cells.row(for: scorer), scores: true, resistances: true, limiting: true)
    for index in 0..<count {
      let category = cells.categories[index]
      let exact = scorer.evaluate(category: category, cells.cell(index))
      #expect(results.scores[index] == exact.score.map { Float($0) } ?? -1)
      #expect(results.limiting[index] == exact.limiting?.rawValue ?? 0)
      let expected: Float =
        switch (exact.score, LandCategory(rawValue: category)) {
        case (nil, _), (_, .bare): -1
        case (_, .meadow): 70
        case (let score?, _): Float(model.resistance.resistance(ofScore: score))
        }
      #expect(results.resistances[index] == expected)
    }
  }

  @Test("an output that is not wanted is left out")
  func leavesOut() throws {
    let scorer = try SuitabilityScorer(
      model: TestModel(layers: []).model(), present: [.landCover])
    let results = scorer.results(of: CellValues(categories: [10, 0]), scores: true)
    #expect(results.scores == [100, -1])
    #expect(results.resistances.isEmpty && results.limiting.isEmpty)
  }
}
