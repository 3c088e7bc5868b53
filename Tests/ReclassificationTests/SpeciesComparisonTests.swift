import RasterCore
import Reclassification
import Testing

/// Properties of the built-in models against one another; species-models.md, section 6.
@Suite("The built-in models together")
struct SpeciesComparisonTests {
  static let elevations: [Double] = stride(from: 0, through: 950, by: 50).map { $0 }
  static let slopes: [Double] = [0, 2, 5, 8, 12, 20, 30, 45, 60]
  static let distances: [Double] = [0, 300, 800, 1500, 3000, 5000, 7000, 9000, 12_000]

  static func scorer(_ species: String) throws -> SuitabilityScorer {
    try SuitabilityScorer(model: .builtIn(named: species), present: Set(Layer.allCases))
  }

  /// The classes of all combinations of slopes and distances for one category and elevation.
  static func classes(
    _ scorer: SuitabilityScorer, _ category: UInt8, _ elevation: Double,
    _ visit: (_ slope: Double, _ code: UInt8) -> Void
  ) {
    for slope in slopes {
      for roads in distances {
        for settlements in distances {
          let result = scorer.evaluate(
            category: category,
            [.elevation: elevation, .slope: slope, .roads: roads, .settlements: settlements])
          visit(slope, result.outcome.code)
        }
      }
    }
  }

  @Test("what no leopard uses no tiger uses; the best for tigers is the best for leopards")
  func leopardAndTiger() throws {
    let (leopard, tiger) = (try Self.scorer("leopard"), try Self.scorer("tiger"))
    var (violations, checked) = (0, 0)
    for category in UInt8(1)...10 {
      for elevation in Self.elevations {
        var codes: [(slope: Double, code: UInt8)] = []
        Self.classes(leopard, category, elevation) { codes.append(($0, $1)) }
        var index = 0
        Self.classes(tiger, category, elevation) { slope, tigerCode in
          let leopardCode = codes[index].code
          if leopardCode == 1, tigerCode != 1 { violations += 1 }
          if tigerCode == 4, 50...600 ~= elevation, slope >= 5, leopardCode != 4 { violations += 1 }
          index += 1
        }
        checked += index
      }
    }
    #expect(violations == 0)
    #expect(checked == 10 * 20 * 729)
  }

  @Test(
    "rice, water and built-up land are never suitable",
    arguments: SpeciesModel.builtInNames)
  func neverSuitable(species: String) throws {
    let scorer = try Self.scorer(species)
    for category: UInt8 in [6, 9, 10] {
      var isSuitable = false
      Self.classes(scorer, category, 2500) { _, code in isSuitable = isSuitable || code != 1 }
      #expect(!isSuitable)
    }
  }

  @Test(
    "more distance to roads or settlements never lowers a score",
    arguments: SpeciesModel.builtInNames, UInt64(0)..<5)
  func distance(species: String, seed: UInt64) throws {
    let scorer = try Self.scorer(species)
    var random = RandomInputs(seed: seed)
    for _ in 0..<200 {
      let (category, elevation) = (UInt8(random.double(in: 1...10.9)), random.double(in: 0...3000))
      let (slope, near) = (random.double(in: 0...80), random.double(in: 0...12_000))
      let (far, other) = (near + random.double(in: 0...4000), random.double(in: 0...12_000))
      func score(_ roads: Double, _ settlements: Double) -> Double {
        scorer.evaluate(
          category: category,
          [.elevation: elevation, .slope: slope, .roads: roads, .settlements: settlements]
        ).score ?? -1
      }
      #expect(score(near, other) <= score(far, other))
      #expect(score(other, near) <= score(other, far))
    }
  }
}
