import Reclassification
import Testing

@Suite("Response curves")
struct ResponseCurveTests {
  static let curve = ResponseCurve([
    .init(x: -10, score: 20), .init(x: 0, score: 100), .init(x: 30, score: 40),
  ])

  @Test(
    "a curve is exact at its knots, straight between them and level beyond",
    arguments: [
      (-Double.infinity, 20.0), (-11, 20), (-10, 20), (-5, 60), (0, 100), (15, 70), (29, 42),
      (30, 40), (31, 40), (.infinity, 40),
    ])
  func scores(x: Double, score: Double) {
    #expect(Self.curve.score(at: x) == score)
  }

  @Test("a curve of one knot is level")
  func oneKnot() {
    let curve = ResponseCurve([.init(x: 5, score: 33)])
    #expect([-1e9, 5, 1e9].map(curve.score(at:)) == [33, 33, 33])
  }
}
