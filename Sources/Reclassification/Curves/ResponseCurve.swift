/// A response curve: straight lines between knots, level beyond the outer ones.
public struct ResponseCurve: Hashable, Sendable {
  public struct Knot: Hashable, Sendable {
    /// In the layer's unit: metres or degrees.
    public let x: Double
    /// 0…100.
    public let score: Double
    public init(x: Double, score: Double) { (self.x, self.score) = (x, score) }
  }

  public let knots: [Knot]

  /// - Parameter knots: at least one; x finite and strictly increasing, scores 0…100.
  public init(_ knots: [Knot]) {
    precondition(!knots.isEmpty, "a curve has at least one knot")
    precondition(zip(knots, knots.dropFirst()).allSatisfy { $0.x < $1.x }, "x must increase")
    precondition(knots.allSatisfy { $0.x.isFinite && 0 <= $0.score && $0.score <= 100 })
    self.knots = knots
  }

  /// The score at `x`, which is not NaN; exact at the knots and never beyond their scores.
  public func score(at x: Double) -> Double {
    guard x > knots[0].x else { return knots[0].score }
    var upper = 1
    while upper < knots.count, x >= knots[upper].x { upper += 1 }
    let (from, to) = (knots[upper - 1], upper < knots.count ? knots[upper] : knots[upper - 1])
    guard to.x > from.x else { return from.score }
    let share = (x - from.x) / (to.x - from.x)
    let score = from.score + (to.score - from.score) * share
    return min(max(score, min(from.score, to.score)), max(from.score, to.score))
  }

  /// The lowest and the highest score over `interval`, which may be unbounded.
  func bounds(over interval: ClosedRange<Double>) -> ClosedRange<Double> {
    let ends = [score(at: interval.lowerBound), score(at: interval.upperBound)]
    let inside = knots.filter { interval.contains($0.x) }.map(\.score)
    let all = ends + inside
    return all.reduce(all[0], min)...all.reduce(all[0], max)
  }
}
