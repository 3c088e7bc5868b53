import Foundation
import RasterCore

/// Tables that settle the class of nearly every cell without a logarithm, and never wrongly.
///
/// Every rule compares a combination X of one term f(s) a layer with a threshold: f = w·ln(s/100) and
/// X = Σf for the weighted geometric mean, ln(s/100) for the product, w·s for the weighted mean, s and
/// X = min f for the minimum. A score rounded to n/10,000 reaches a bound b when X ≥ t, where t is f of
/// (n − ½)/10,000 for the least n with n/10,000 ≥ b. Land cover is constant within a category: its term
/// moves to the other side, and the cap forbids the classes above that of its score.
///
/// The range of a layer's values is cut into bins; for each the table holds bounds low ≤ f ≤ high over
/// all values that can fall into it. Then low and high, combined over the layers, bracket X; when both
/// are in one class so is X. Else the cell is evaluated exactly. The bounds hold because
/// - a bin number is computed with two roundings, thus right within 2048 · 2⁻²² bins, and each bin's
///   bounds cover 0.01 bins more on either side, the outer bins all values beyond;
/// - a curve is monotone between knots in floating point too, being a chain of monotone roundings
///   clamped to the knots' scores, so its extremes over a bin lie at the bin's ends or at knots in it;
/// - `f` is widened by 1e-12 of itself, more than `log` errs, then by one unit of single precision;
/// - all terms have one sign, so three additions err by less than 2⁻²² of the sum: thresholds are
///   widened by 2⁻²⁰ of themselves, and by 1e-9, far more than the exact evaluation errs.
struct ClassBrackets: Sendable {
  /// Bounds of a layer's term.
  struct Bracket: Sendable {
    var low: Float
    var high: Float
  }

  /// The brackets of a layer's term by bins of its values.
  struct Table: Sendable {
    let origin: Float
    let scale: Float
    let brackets: [Bracket]
  }

  /// What a category leaves to the other layers.
  struct Row: Sendable {
    /// The outcome where the category alone settles it, else `ClassBrackets.open`.
    var settled: UInt8
    /// Combined terms at or above certainly reach minimum, medium and maximum.
    var certain: Thresholds
    /// Combined terms below certainly miss them.
    var possible: Thresholds
  }

  /// Thresholds of minimum, medium and maximum, ascending.
  struct Thresholds: Sendable {
    static let never = Thresholds(minimum: .infinity, medium: .infinity, maximum: .infinity)
    var minimum: Float
    var medium: Float
    var maximum: Float

    /// How many of them `terms` reaches.
    @inline(__always) func reached(by terms: Float) -> UInt8 {
      (terms >= minimum ? 1 : 0) + (terms >= medium ? 1 : 0) + (terms >= maximum ? 1 : 0)
    }
  }

  static let open: UInt8 = 255

  /// By category code 0…255.
  let rows: [Row]
  /// Elevation, slope, roads, settlements; `nil` for a layer that takes no part.
  let tables: [Table?]

  init(_ model: SpeciesModel, landCoverShare: Double, terms: [SuitabilityScorer.Term]) {
    let rule = model.combination.rule
    rows = (0..<256).map { Self.row(category: $0, model, landCoverShare: landCoverShare) }
    tables = Layer.continuous.map { layer in
      terms.first { $0.layer == layer }.map { term in
        Table(term.curve) { rule.term(of: $0, share: term.share) }
      }
    }
  }

  private static func row(category: Int, _ model: SpeciesModel, landCoverShare: Double) -> Row {
    guard 1...10 ~= category else {
      return Row(settled: NodataReason.landCover.rawValue, certain: .never, possible: .never)
    }
    let (rule, score) = (model.combination.rule, model.landCover.scores[category - 1])
    let takesPart = landCoverShare > 0
    if takesPart, rule.hasZeroRule, score == 0 {
      let settled = model.classes.suitabilityClass(of: 0).rawValue
      return Row(settled: settled, certain: .never, possible: .never)
    }
    var limit = SuitabilityClass.maximum
    if model.combination.isCappedByLandCover || takesPart && rule == .minimum {
      limit = model.classes.suitabilityClass(of: SuitabilityScorer.rounded(score))
    }
    let own =
      takesPart && rule != .minimum ? rule.term(of: score, share: landCoverShare) : 0
    var (certain, possible): ([Float], [Float]) = ([], [])
    for (index, bound) in model.classes.all.enumerated() {
      let isForbidden = index + 2 > Int(limit.rawValue)
      let threshold = isForbidden ? .infinity : rule.threshold(of: bound) - own
      let margin = threshold.isFinite ? abs(threshold) * 0x1p-20 + 1e-9 : 0
      certain.append(Float(threshold + margin).roundedOutward(.up))
      possible.append(Float(threshold - margin).roundedOutward(.down))
    }
    return Row(
      settled: Self.open,
      certain: Thresholds(minimum: certain[0], medium: certain[1], maximum: certain[2]),
      possible: Thresholds(minimum: possible[0], medium: possible[1], maximum: possible[2]))
  }
}

extension ClassBrackets.Table {
  private static let binCount = 2048

  /// - Parameter term: non-decreasing.
  init(_ curve: ResponseCurve, term: (Double) -> Double) {
    let (first, last) = (curve.knots[0].x, curve.knots[curve.knots.count - 1].x)
    let (origin, scale) = (Float(first), Float(Double(Self.binCount) / (last - first)))
    let isUsable = origin.isFinite && scale.isNormal
    let count = isUsable ? Self.binCount : 1
    (self.origin, self.scale) = isUsable ? (origin, scale) : (0, 1)
    brackets = (0..<count).map { bin in
      func edge(_ position: Double) -> Double { Double(origin) + position / Double(scale) }
      let from = bin == 0 ? -Double.infinity : edge(Double(bin) - 0.01)
      let to = bin == count - 1 ? Double.infinity : edge(Double(bin) + 1.01)
      let scores = curve.bounds(over: from...to)
      let (low, high) = (term(scores.lowerBound), term(scores.upperBound))
      return ClassBrackets.Bracket(
        low: Float(low - abs(low) * 1e-12).roundedOutward(.down),
        high: Float(high + abs(high) * 1e-12).roundedOutward(.up))
    }
  }

  /// The bounds of the term at `value`, which is not NaN.
  @inline(__always) func bracket(at value: Float) -> ClassBrackets.Bracket {
    let position = (value - origin) * scale
    return brackets[Int(max(0, min(position, Float(brackets.count - 1))))]
  }
}

extension Float {
  /// The next number in a direction; 0 and infinities, which are exact here, stay.
  fileprivate func roundedOutward(_ rule: FloatingPointRoundingRule) -> Float {
    guard self != 0, isFinite else { return self }
    return rule == .up ? nextUp : nextDown
  }
}

extension Combination.Rule {
  /// What a layer adds to the quantity that is compared with thresholds.
  fileprivate func term(of score: Double, share: Double) -> Double {
    switch self {
    case .weightedGeometricMean: share * log(score / 100)
    case .product: log(score / 100)
    case .weightedMean: share * score
    case .minimum: score
    }
  }

  /// The least value of that quantity whose rounded score reaches `bound`.
  fileprivate func threshold(of bound: Double) -> Double {
    var steps = (bound * 10_000).rounded(.up)
    while (steps - 1) / 10_000 >= bound { steps -= 1 }
    while steps / 10_000 < bound { steps += 1 }
    let score = (steps - 0.5) / 10_000
    guard score > 0 else { return -.infinity }
    switch self {
    case .weightedGeometricMean, .product: return log(score / 100)
    case .weightedMean, .minimum: return score
    }
  }
}
