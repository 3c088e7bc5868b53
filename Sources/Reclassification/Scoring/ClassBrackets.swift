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
///   bounds cover 0.51 bins on either side of its middle, the outer bins all values beyond;
/// - a curve is monotone between knots in floating point too, being a chain of monotone roundings
///   clamped to the knots' scores, so its extremes over a bin lie at the bin's ends or at knots in it;
/// - `f` is widened by 1e-12 of itself, more than `log` errs, then by one unit of single precision;
/// - all terms have one sign, so *n* additions err by less than (*n* + 1) · 2⁻²⁴ of the sum, and no model has
///   more than seven layers: thresholds are widened by 2⁻²⁰ of themselves, and by 1e-9, far more than the
///   exact evaluation errs.
struct ClassBrackets: Sendable {
  /// Lower and upper bound of a layer's term.
  typealias Bracket = SIMD2<Float>

  /// What a category leaves to the other layers.
  struct Row: Sendable {
    /// The outcome where the category alone settles it, else `open`.
    var settled: UInt8
    /// How many of the bounds the score can reach at most.
    var limit: UInt8 = 3
    /// Combined terms at or above certainly reach minimum, medium and maximum.
    var certain: Thresholds
    /// Combined terms below certainly miss them.
    var possible: Thresholds

    /// The outcome of combined terms within a bracket, none of them missing; `nil` where a bound lies
    /// within.
    @inline(__always) func outcome(of terms: Bracket) -> UInt8? {
      let (low, high) = (SIMD4(repeating: terms.x), SIMD4(repeating: terms.y))
      let (none, one) = (SIMD4<UInt32>.zero, SIMD4<UInt32>(repeating: 1))
      let certain = none.replacing(with: one, where: low .>= self.certain).wrappedSum()
      let possible = none.replacing(with: one, where: high .>= self.possible).wrappedSum()
      guard certain == possible else { return nil }
      return SuitabilityClass.notSuitable.rawValue + UInt8(truncatingIfNeeded: possible)
    }
  }

  /// Thresholds of minimum, medium and maximum, ascending, then one never reached, NaN: a vector is
  /// compared without branches, which the classes of neighbouring cells would mislead.
  typealias Thresholds = SIMD4<Float>

  static let open: UInt8 = 255

  /// By category code 0…255.
  let rows: [Row]
  /// Of the layers that take part, in the order of the scorer's terms.
  let bins: [Bins]
  /// The bracket of no layer at all, which joined to others changes nothing, then those of the layers, one
  /// table after the other.
  let brackets: [Bracket]

  init(_ model: SpeciesModel, landCoverShare: Double, terms: [SuitabilityScorer.Term]) {
    let rule = model.combination.rule
    rows = (0..<256).map { Self.row(category: $0, model, landCoverShare: landCoverShare) }
    var bins: [Bins] = []
    var brackets = [Bracket(repeating: rule == .minimum ? .infinity : 0)]
    for term in terms {
      let layerBins = Bins(of: term.curve, from: brackets.count)
      brackets += layerBins.brackets(of: term.curve) { rule.term(of: $0, share: term.share) }
      bins.append(layerBins)
    }
    (self.bins, self.brackets) = (bins, brackets)
  }

  private static func row(category: Int, _ model: SpeciesModel, landCoverShare: Double) -> Row {
    // Not even an infinite sum, that of no layer at all, reaches NaN.
    let never = Thresholds(repeating: .nan)
    guard 1...10 ~= category else {
      return Row(settled: NodataReason.landCover.rawValue, certain: never, possible: never)
    }
    let (rule, score) = (model.combination.rule, model.landCover.scores[category - 1])
    let takesPart = landCoverShare > 0
    if takesPart, rule.hasZeroRule, score == 0 {
      let settled = model.classes.suitabilityClass(of: 0).rawValue
      return Row(settled: settled, certain: never, possible: never)
    }
    var limit = SuitabilityClass.maximum
    if model.combination.isCappedByLandCover || takesPart && rule == .minimum {
      limit = model.classes.suitabilityClass(of: SuitabilityScorer.rounded(score))
    }
    let own =
      takesPart && rule != .minimum ? rule.term(of: score, share: landCoverShare) : 0
    var row = Row(
      settled: Self.open, limit: limit.rawValue - SuitabilityClass.notSuitable.rawValue,
      certain: never, possible: never)
    for (index, bound) in model.classes.all.enumerated() where index < Int(row.limit) {
      let threshold = rule.threshold(of: bound) - own
      let margin = threshold.isFinite ? abs(threshold) * 0x1p-20 + 1e-9 : 0
      row.certain[index] = Float(threshold + margin).roundedOutward(.up)
      row.possible[index] = Float(threshold - margin).roundedOutward(.down)
    }
    return row
  }
}

extension ClassBrackets {
  /// How the values of a layer are cut into bins.
  ///
  /// A bin is (value − origin) · scale, clamped to 0…2047 and rounded to the nearest.
  struct Bins: Sendable {
    static var bits: UInt32 { 11 }
    static var count: Int { 1 << Int(bits) }
    private static let last = Float(count - 1)

    private let origin: Float
    private let scale: Float
    /// 2²³, which rounds what it is added to and leaves it in the low bits, and the place of the
    /// layer's first bracket.
    private let shift: Float

    /// The place of the layer's first bracket.
    var offset: Int { Int(shift - 0x1p23) }

    init(of curve: ResponseCurve, from offset: Int) {
      let (first, last) = (curve.knots[0].x, curve.knots[curve.knots.count - 1].x)
      let (origin, scale) = (Float(first), Float(Double(Self.last) / (last - first)))
      // Where single precision cannot tell the knots apart, all values share the first bin.
      let isUsable = origin.isFinite && scale.isNormal
      (self.origin, self.scale) = isUsable ? (origin, scale) : (0, 0)
      shift = 0x1p23 + Float(offset)
    }

    /// The place of the bracket of `value`; some place of the layer's for NaN.
    @inline(__always) func index(of value: Float) -> Int {
      let position = (value - origin) * scale
      let raised = position > 0 ? position : 0
      let clamped = raised < Self.last ? raised : Self.last
      return Int(truncatingIfNeeded: (clamped + shift).bitPattern & 0x7F_FFFF)
    }

    /// The same for four values.
    @inline(__always) func indices(of values: SIMD4<Float>) -> SIMD4<UInt32> {
      unsafe unsafeBitCast(clamped(values) + shift, to: SIMD4<UInt32>.self) & 0x7F_FFFF
    }

    /// The numbers of four values' bins, 0…2047; some number for NaN.
    @inline(__always) func numbers(of values: SIMD4<Float>) -> SIMD4<UInt32> {
      unsafe unsafeBitCast(clamped(values) + 0x1p23, to: SIMD4<UInt32>.self) & 0x7FF
    }

    @inline(__always) private func clamped(_ values: SIMD4<Float>) -> SIMD4<Float> {
      let position = (values - origin) * scale
      let zero = SIMD4<Float>.zero
      let raised = zero.replacing(with: position, where: position .> zero)
      return SIMD4<Float>(repeating: Self.last).replacing(with: raised, where: raised .< Self.last)
    }

    /// - Parameter term: non-decreasing.
    func brackets(of curve: ResponseCurve, _ term: (Double) -> Double) -> [Bracket] {
      (0...Int(Self.last)).map { bin in
        func edge(_ position: Double) -> Double { Double(origin) + position / Double(scale) }
        let isOnly = scale == 0
        let from = bin == 0 || isOnly ? -Double.infinity : edge(Double(bin) - 0.51)
        let to = bin == Int(Self.last) || isOnly ? Double.infinity : edge(Double(bin) + 0.51)
        let scores = curve.bounds(over: from...to)
        let (low, high) = (term(scores.lowerBound), term(scores.upperBound))
        return Bracket(
          Float(low - abs(low) * 1e-12).roundedOutward(.down),
          Float(high + abs(high) * 1e-12).roundedOutward(.up))
      }
    }
  }
}

extension Float {
  /// The next number in a direction; 0 and infinities, which are exact here, stay.
  func roundedOutward(_ rule: FloatingPointRoundingRule) -> Float {
    guard self != 0, isFinite else { return self }
    return rule == .up ? nextUp : nextDown
  }
}

extension Combination.Rule {
  /// What a layer adds to the quantity that is compared with thresholds.
  func term(of score: Double, share: Double) -> Double {
    switch self {
    case .weightedGeometricMean: share * log(score / 100)
    case .product: log(score / 100)
    case .weightedMean: share * score
    case .minimum: score
    }
  }

  /// The least value of that quantity whose rounded score reaches `bound`.
  func threshold(of bound: Double) -> Double {
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
