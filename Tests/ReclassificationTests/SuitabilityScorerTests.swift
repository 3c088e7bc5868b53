import RasterCore
import Reclassification
import Testing

@Suite("Scores of single cells")
struct SuitabilityScorerTests {
  typealias Vector = (
    species: String, category: UInt8, elevation: Double, slope: Double, roads: Double?,
    settlements: Double?, score: Double, suitabilityClass: SuitabilityClass
  )

  /// Computed apart from this program; species-models.md, section 4.5.
  static let vectors: [Vector] = [
    ("leopard", 2, 300, 20, 6000, 10_000, 100, .maximum),
    ("leopard", 1, 300, 20, 6000, 10_000, 82, .maximum),
    ("leopard", 2, 300, 20, 1000, 2000, 58.8704, .minimum),
    ("leopard", 1, 800, 12, 3000, 5000, 73.55, .medium),
    ("leopard", 5, 60, 2, 1500, 3000, 32, .minimum),
    ("leopard", 9, 20, 0, 200, 500, 0, .notSuitable),
    ("leopard", 2, 400, 18, nil, nil, 100, .maximum),
    ("tiger", 2, 500, 15, 3000, 8000, 79.0712, .medium),
    ("tiger", 1, 500, 15, 6000, 12_000, 65, .medium),
    ("tiger", 1, 300, 10, 2000, 4500, 52.0713, .minimum),
    ("tiger", 4, 300, 10, 6000, 12_000, 28, .notSuitable),
    ("tiger", 3, 1100, 18, 5000, 9000, 40, .minimum),
    ("snow-leopard", 7, 2800, 35, 5000, 8000, 100, .maximum),
    ("snow-leopard", 5, 2600, 25, 2000, 5000, 80, .maximum),
    ("snow-leopard", 5, 2000, 3, 3000, 6000, 38.2563, .minimum),
    ("snow-leopard", 3, 1900, 25, 3000, 6000, 30, .minimum),
    ("snow-leopard", 4, 1500, 28, 1000, 3000, 65, .medium),
  ]

  @Test("the published test vectors come out to the last decimal", arguments: vectors)
  func vector(_ vector: Vector) throws {
    var present: Set<Layer> = [.landCover, .elevation, .slope]
    if vector.roads != nil { present.insert(.roads) }
    if vector.settlements != nil { present.insert(.settlements) }
    let scorer = try SuitabilityScorer(
      model: .builtIn(named: vector.species), present: present)
    let result = scorer.evaluate(
      category: vector.category,
      [
        .elevation: vector.elevation, .slope: vector.slope, .roads: vector.roads ?? .nan,
        .settlements: vector.settlements ?? .nan,
      ])
    #expect(result.score == vector.score)
    #expect(result.suitabilityClass == vector.suitabilityClass)
  }

  @Test("weights are shared among the layers present and the missing ones are named")
  func missingLayers() throws {
    let scorer = try SuitabilityScorer(
      model: .builtIn(named: "leopard"), present: [.landCover, .elevation, .slope])
    #expect(scorer.missingLayers == [.roads, .settlements])
    #expect(scorer.layers == [.landCover, .elevation, .slope])
    #expect(scorer.needsElevation && scorer.needsSlope)
    #expect(!scorer.needs(.roads) && !scorer.needs(.settlements))
    // .25, .20 and .10 of .55
    #expect(abs(scorer.share(of: .landCover) - 25.0 / 55) < 1e-15)
    #expect(abs(scorer.share(of: .slope) - 10.0 / 55) < 1e-15)
    #expect(scorer.share(of: .roads) == 0)
  }

  @Test("a layer that is not optional is refused where it is missing")
  func refusesMissingLayer() throws {
    let model = try SpeciesModel.builtIn(named: "tiger")
    let error = #expect(throws: HabitatError.self) {
      _ = try SuitabilityScorer(model: model, present: [.landCover, .elevation, .roads])
    }
    #expect(error?.kind == .input)
    #expect(error?.slug == "layer-missing")
    #expect(error?.location == "tiger.json: layers.slope")
  }

  @Test("a model whose only weights are on missing layers is refused")
  func refusesNoLayerLeft() throws {
    let model = try TestModel(landCoverWeight: 0, optional: Set(Layer.continuous)).model()
    let error = #expect(throws: HabitatError.self) {
      _ = try SuitabilityScorer(model: model, present: [.landCover])
    }
    #expect(error?.slug == "layer-missing")
  }

  @Test("every rule gives the score worked by hand")
  func rules() throws {
    // Land cover 80 (weight 1), elevation 50 (weight 3): shares 1/4 and 3/4.
    let cases: [(rule: String, cap: Bool, score: Double)] = [
      ("weightedGeometricMean", true, 56.2341),  // 100 · 0.8^¼ · 0.5^¾ = 100 · 0.4^… = 56.23413…
      ("weightedMean", true, 57.5),  // 20 + 37.5
      ("minimum", true, 50),
      ("product", true, 40),  // 0.8 · 0.5
    ]
    for (rule, cap, score) in cases {
      var test = TestModel(rule: rule, isCapped: cap, layers: [.elevation])
      test.scores = Array(repeating: 80, count: 10)
      (test.landCoverWeight, test.weight) = (1, 3)
      let scorer = try SuitabilityScorer(model: test.model(), present: Set(Layer.allCases))
      let result = scorer.evaluate(category: 1, [.elevation: 50])
      #expect(result.score == score, "\(rule)")
    }
  }

  @Test("the cap holds for every rule and null lifts it")
  func cap() throws {
    for (rule, uncapped) in [("weightedGeometricMean", 63.2456), ("weightedMean", 70.0)] {
      for isCapped in [true, false] {
        var test = TestModel(rule: rule, isCapped: isCapped, layers: [.elevation])
        test.scores = Array(repeating: 40, count: 10)
        let scorer = try SuitabilityScorer(model: test.model(), present: Set(Layer.allCases))
        let result = scorer.evaluate(category: 1, [.elevation: 100])
        #expect(result.score == (isCapped ? 40 : uncapped))  // √(0.4 · 1), (40 + 100) / 2
        #expect(result.limiting == .landCover)
      }
    }
  }

  @Test("a land cover of weight 0 still caps and masks but takes no part")
  func weightlessLandCover() throws {
    var test = TestModel(landCoverWeight: 0, layers: [.elevation])
    test.scores = [0] + Array(repeating: 40, count: 9)
    let scorer = try SuitabilityScorer(model: test.model(), present: Set(Layer.allCases))
    #expect(scorer.evaluate(category: 2, [.elevation: 90]).score == 40)
    #expect(scorer.evaluate(category: 2, [.elevation: 30]).score == 30)
    #expect(scorer.evaluate(category: 0, [.elevation: 30]).nodataReason == .landCover)
    #expect(scorer.evaluate(category: 1).nodataReason == .terrain)
  }

  @Test("a sub-score of 0 settles the score even where another layer is nodata")
  func zeroRule() throws {
    let all = Set(Layer.allCases)
    let leopard = try SuitabilityScorer(model: .builtIn(named: "leopard"), present: all)
    let water = leopard.evaluate(category: 6)
    #expect(water.score == 0 && water.suitabilityClass == .notSuitable)
    #expect(water.limiting == .landCover)
    let peak = leopard.evaluate(category: 2, [.elevation: 1900])
    #expect(peak.score == 0 && peak.limiting == .elevation)
    #expect(leopard.evaluate(category: 0, [.elevation: 1900]).nodataReason == .landCover)
    #expect(
      leopard.evaluate(category: 2, [.elevation: 100, .slope: 9, .roads: 9]).nodataReason
        == .distance)
    #expect(leopard.evaluate(category: 2, [.elevation: .nan, .slope: 9]).nodataReason == .terrain)

    let mean = try SuitabilityScorer(
      model: TestModel(rule: "weightedMean", isCapped: false, layers: [.elevation]).model(),
      present: all)
    #expect(mean.evaluate(category: 6).nodataReason == .terrain)
    // Category 6 scores 55, elevation 0 scores 0: (55 + 0) / 2.
    #expect(mean.evaluate(category: 6, [.elevation: 0]).score == 27.5)
  }

  @Test("the limiting factor is the greatest loss, ties go to the lowest code")
  func limiting() throws {
    let scorer = try SuitabilityScorer(
      model: TestModel(isCapped: false).model(), present: Set(Layer.allCases))
    func limiting(_ values: [Double]) -> LimitingFactor? {
      scorer.evaluate(
        category: 10, Dictionary(uniqueKeysWithValues: zip(TestModel().layers, values))
      ).limiting
    }
    // Category 10 scores 100; all weights are 1 and curves give back x.
    #expect(limiting([100, 100, 100, 100]) == .nothing)
    #expect(limiting([90, 80, 70, 60]) == .settlements)
    #expect(limiting([90, 60, 70, 60]) == .slope)
    #expect(limiting([90, 0, 70, 0]) == .slope)
    #expect(LimitingFactor.nothing.rawValue == 6 && LimitingFactor.settlements.rawValue == 5)
  }

  @Test("water scores like the other distances; 7 is its code, 6 stays that of nothing")
  func water() throws {
    let scorer = try SuitabilityScorer(
      model: TestModel(isCapped: false, layers: [.elevation, .water]).model(),
      present: Set(Layer.allCases))
    // Category 10 scores 100 and curves give back x: (1 · 0.5 · 0.25)^⅓ = 0.5.
    let result = scorer.evaluate(category: 10, [.elevation: 50, .water: 25])
    #expect(result.score == 50 && result.limiting == .water)
    #expect(result.subscore(of: .water) == 25)
    #expect(LimitingFactor.water.rawValue == 7 && LimitingFactor(rawValue: 6) == .nothing)
    #expect(Layer(rawValue: 6) == nil && LimitingFactor.water.name == "Distance to water")
    // Ties go to the lower code; a distance that is missing is no terrain that is.
    #expect(scorer.evaluate(category: 10, [.elevation: 25, .water: 25]).limiting == .elevation)
    #expect(scorer.evaluate(category: 10, [.elevation: 25]).nodataReason == .distance)
    #expect(scorer.evaluate(category: 10, [.elevation: 100, .water: 0]).limiting == .water)
    let cells = CellValues(
      categories: [10, 10, 10, 10],
      planes: [.elevation: [50, 100, 100, .nan], .water: [25, 100, .nan, 0]])
    #expect(scorer.outcomes(of: cells) == [2, 4, 6, 1])
    #expect(scorer.results(of: cells, limiting: true).limiting == [7, 6, 0, 7])
  }

  @Test("the loss of a layer is its share times the negative logarithm of its sub-score")
  func loss() throws {
    let scorer = try SuitabilityScorer(
      model: TestModel(layers: [.elevation, .slope]).model(), present: Set(Layer.allCases))
    let result = scorer.evaluate(category: 10, [.elevation: 50, .slope: 0])
    // ln 2 / 3
    #expect(abs((scorer.loss(of: .elevation, in: result) ?? 0) - 0.231049060186648) < 1e-14)
    #expect(scorer.loss(of: .landCover, in: result) == 0)
    #expect(scorer.loss(of: .slope, in: result) == .infinity)
    #expect(scorer.loss(of: .roads, in: result) == nil)
    #expect(result.subscore(of: .elevation) == 50 && result.subscore(of: .roads) == nil)
  }

  @Test("a score rises or stays when any sub-score rises", arguments: UInt64(0)..<12)
  func isMonotone(seed: UInt64) throws {
    var random = RandomInputs(seed: seed)
    for rule in Combination.Rule.allCases {
      let scorer = try SuitabilityScorer(
        model: TestModel(rule: rule.rawValue, isCapped: seed % 2 == 0).model(),
        present: Set(Layer.allCases))
      for _ in 0..<100 {
        // Land-cover scores rise with the category, the curves with x.
        let low = (0..<5).map { _ in random.double(in: 0...100) }
        let high = low.map { min(100, $0 + max(0, random.double(in: -20...20))) }
        let scores = [low, high].map { values in
          scorer.evaluate(
            category: UInt8(values[4] / 10.1) + 1,
            Dictionary(uniqueKeysWithValues: zip(TestModel().layers, values))
          ).score ?? -1
        }
        #expect(scores[0] <= scores[1] && 0 <= scores[0] && scores[1] <= 100)
      }
    }
  }
}
