import Foundation
public import RasterCore

extension SuitabilityScorer {
  /// Scores one cell in double precision: the reference for every faster way.
  ///
  /// - Parameters:
  ///   - category: 1…10, anything else is nodata.
  ///   - values: by layer, in the layer's unit; one that is not there or NaN is missing.
  public func evaluate(category: UInt8, _ values: [Layer: Double] = [:]) -> Suitability {
    let numbers = terms.map { values[$0.layer] ?? .nan }
    return evaluate(category, numbers.span)
  }

  /// What a layer takes from the score, −w·ln s with its share as w; infinite at a sub-score of 0, `nil`
  /// where the layer has no part in the cell.
  public func loss(of layer: Layer, in suitability: Suitability) -> Double? {
    guard share(of: layer) > 0, let subscore = suitability.subscore(of: layer) else { return nil }
    return max(0, -share(of: layer) * log(subscore / 100))
  }

  /// Scores one cell; `values` are those of the terms' layers, NaN where missing.
  func evaluate(_ category: UInt8, _ values: Span<Double>) -> Suitability {
    var subscores = LayerNumbers(repeating: .nan)
    guard 1...10 ~= category else { return .nodata(.landCover, subscores) }
    let landCover = model.landCover.scores[Int(category) - 1]
    subscores[Self.landCoverPlace] = landCover
    var missing: NodataReason?
    for (number, term) in terms.enumerated() {
      let value = values[number]
      if value.isNaN {
        missing = missing ?? term.missing
      } else {
        subscores[term.place] = term.curve.score(at: value)
      }
    }
    if model.combination.rule.hasZeroRule, let factor = firstZero(in: subscores) {
      return scored(0, uncapped: 0, limiting: factor, subscores)
    }
    if let missing { return .nodata(missing, subscores) }
    let logarithms = logarithms(of: subscores)
    let uncapped = combined(subscores, logarithms)
    guard model.combination.isCappedByLandCover, landCover < uncapped * (1 - Self.tolerance) else {
      let score = model.combination.isCappedByLandCover ? min(landCover, uncapped) : uncapped
      return scored(score, uncapped: uncapped, limiting: greatestLoss(logarithms), subscores)
    }
    return scored(landCover, uncapped: uncapped, limiting: .landCover, subscores)
  }

  /// What counts as equal where the cap is compared and losses tie: far above the error of the
  /// logarithms, far below any difference that settings with a few digits can make.
  private static let tolerance = 1e-12

  private static let landCoverPlace = 0

  /// Four decimals, half away from zero.
  static func rounded(_ score: Double) -> Double {
    (score * 10_000).rounded(.toNearestOrAwayFromZero) / 10_000
  }

  @inline(__always) private func scored(
    _ score: Double, uncapped: Double, limiting: LimitingFactor, _ subscores: LayerNumbers
  ) -> Suitability {
    let rounded = min(Self.rounded(score), 100)
    return Suitability(
      subscores: SIMD8(subscores),
      outcome: .suitability(model.classes.suitabilityClass(of: rounded)),
      score: rounded, uncappedScore: uncapped, limiting: limiting)
  }

  @inline(__always) private func firstZero(in subscores: LayerNumbers) -> LimitingFactor? {
    if landCoverShare > 0, subscores[Self.landCoverPlace] == 0 { return .landCover }
    return terms.first { subscores[$0.place] == 0 }?.factor
  }

  /// ln of the sub-scores as shares of 100.
  @inline(__always) private func logarithms(of subscores: LayerNumbers) -> LayerNumbers {
    var logarithms = LayerNumbers(repeating: 0)
    if landCoverShare > 0 {
      logarithms[Self.landCoverPlace] = log(subscores[Self.landCoverPlace] / 100)
    }
    for term in terms {
      logarithms[term.place] = log(subscores[term.place] / 100)
    }
    return logarithms
  }

  /// The score before the cap; every sub-score is there.
  @inline(__always) private func combined(
    _ subscores: LayerNumbers, _ logarithms: LayerNumbers
  ) -> Double {
    let rule = model.combination.rule
    var result = rule == .minimum ? 100.0 : 0
    func include(_ place: Int, _ share: Double) {
      switch rule {
      case .weightedGeometricMean: result += share * logarithms[place]
      case .product: result += logarithms[place]
      case .weightedMean: result += share * subscores[place]
      case .minimum: result = min(result, subscores[place])
      }
    }
    if landCoverShare > 0 { include(Self.landCoverPlace, landCoverShare) }
    for term in terms { include(term.place, term.share) }
    switch rule {
    case .weightedGeometricMean, .product: return 100 * exp(result)
    case .weightedMean, .minimum: return result
    }
  }

  /// The layer with the largest loss −w·ln s; the lowest code on ties.
  @inline(__always) private func greatestLoss(_ logarithms: LayerNumbers) -> LimitingFactor {
    var (factor, greatest) = (LimitingFactor.nothing, 0.0)
    func consider(_ layer: LimitingFactor, _ share: Double, at place: Int) {
      let loss = -share * logarithms[place]
      if loss * (1 - Self.tolerance) > greatest { (factor, greatest) = (layer, loss) }
    }
    if landCoverShare > 0 { consider(.landCover, landCoverShare, at: Self.landCoverPlace) }
    for term in terms { consider(term.factor, term.share, at: term.place) }
    return factor
  }
}

extension LimitingFactor {
  init(_ layer: Layer) { self = LimitingFactor(rawValue: layer.rawValue) ?? .nothing }
}

extension Suitability {
  @inline(__always) static func nodata(_ reason: NodataReason, _ subscores: LayerNumbers)
    -> Suitability
  {
    Suitability(
      subscores: SIMD8(subscores), outcome: .nodata(reason), score: nil, uncappedScore: nil,
      limiting: nil)
  }
}

extension SIMD8<Double> {
  @inline(__always) fileprivate init(_ numbers: LayerNumbers) {
    self.init(
      numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6],
      numbers[7])
  }
}
