import RasterCore
import Reclassification
import Testing

@Suite("Resistance")
struct ResistanceTransformTests {
  /// species-models.md, section 5: scores 0, 10, … 100.
  @Test(
    "resistance falls with the score as in the published table",
    arguments: [
      (0.25, [100, 88.95, 78.17, 67.66, 57.41, 47.41, 37.66, 28.15, 18.87, 9.82, 1]),
      (2, [100, 79.25, 62.25, 48.34, 36.95, 27.63, 19.99, 13.74, 8.62, 4.43, 1]),
      (4, [100, 66.75, 44.47, 29.53, 19.51, 12.80, 8.30, 5.29, 3.26, 1.91, 1]),
      (8, [100, 45.47, 20.96, 9.95, 5.00, 2.78, 1.78, 1.33, 1.13, 1.04, 1]),
      (16, [100, 20.99, 5.04, 1.81, 1.16, 1.03, 1.01, 1.00, 1.00, 1.00, 1]),
    ] as [(Double, [Double])])
  func table(c: Double, expected: [Double]) {
    let transform = ResistanceTransform(c: c)
    for (step, value) in expected.enumerated() {
      // The table has two decimals.
      #expect(abs(transform.resistance(ofScore: Double(step) * 10) - value) <= 0.005 + 1e-9)
    }
  }

  @Test("the ends are exact and resistance is never below 1", arguments: [0, 1e-13, 1e-6, 4, 500])
  func ends(c: Double) {
    let transform = ResistanceTransform(c: c, maximum: 1000)
    #expect(transform.resistance(ofScore: 0) == 1000)
    #expect(abs(transform.resistance(ofScore: 100) - 1) < 1e-9)
    #expect(transform.resistance(ofScore: 100) >= 1)
  }

  @Test("without curvature the line is straight, and small curvature comes near it")
  func straight() {
    // 100 − 99 · 0.3
    #expect(abs(ResistanceTransform(c: 0).resistance(ofScore: 30) - 70.3) < 1e-12)
    #expect(abs(ResistanceTransform(c: 1e-9).resistance(ofScore: 30) - 70.3) < 1e-6)
  }

  @Test("overrides replace the computed value; a barrier has none")
  func overrides() throws {
    let transform = ResistanceTransform(overrides: [.water: .value(50), .built: .barrier])
    #expect(transform.resistance(ofScore: 0, in: .water) == 50)
    #expect(transform.resistance(ofScore: 0, in: .built) == nil)
    #expect(transform.resistance(ofScore: 0, in: .rice) == 100)
    let scorer = try SuitabilityScorer(
      model: .builtIn(named: "tiger"), present: Set(Layer.allCases))
    #expect(scorer.resistance(of: scorer.evaluate(category: 6), in: 6) == 30)
    #expect(scorer.resistance(of: scorer.evaluate(category: 0), in: 0) == nil)
    // No score without elevation, so the override does not apply.
    #expect(scorer.resistance(of: scorer.evaluate(category: 5), in: 5) == nil)
  }
}
