import Foundation
import RasterCore

extension SuitabilityScorer {
  /// Scores one cell in double precision: the reference for every faster way.
  ///
  /// - Parameters:
  ///   - category: 1…10, anything else is nodata.
  ///   - elevation: metres; `nil` or NaN is missing, as in the next ones.
  ///   - slope: degrees.
  ///   - roads: metres.
  ///   - settlements: metres.
  public func evaluate(
    category: UInt8, elevation: Double? = nil, slope: Double? = nil, roads: Double? = nil,
    settlements: Double? = nil
  ) -> Suitability {
    evaluate(
      category,
      SIMD4(elevation ?? .nan, slope ?? .nan, roads ?? .nan, settlements ?? .nan))
  }

  /// Scores one cell; `values` are elevation, slope, roads and settlements, NaN where missing.
  func evaluate(_ category: UInt8, _ values: SIMD4<Double>) -> Suitability {
    var subscores = SIMD8<Double>(repeating: .nan)
    guard 1...10 ~= category else { return .nodata(.landCover, subscores) }
    let landCover = model.landCover.scores[Int(category) - 1]
    subscores[0] = landCover
    var missing: NodataReason?
    for term in terms {
      let value = values[Int(term.layer.rawValue) - 2]
      if value.isNaN {
        missing = missing ?? (term.layer < .roads ? .terrain : .distance)
      } else {
        subscores[Int(term.layer.rawValue) - 1] = term.curve.score(at: value)
      }
    }
    if model.combination.rule.hasZeroRule, let layer = firstZero(in: subscores) {
      return scored(0, uncapped: 0, limiting: LimitingFactor(layer), subscores)
    }
    if let missing { return .nodata(missing, subscores) }
    let uncapped = combined(subscores)
    guard model.combination.isCappedByLandCover, landCover < uncapped * (1 - Self.tolerance) else {
      let score = model.combination.isCappedByLandCover ? min(landCover, uncapped) : uncapped
      return scored(score, uncapped: uncapped, limiting: greatestLoss(subscores), subscores)
    }
    return scored(landCover, uncapped: uncapped, limiting: .landCover, subscores)
  }

  /// What counts as equal where the cap is compared and losses tie: far above the error of the
  /// logarithms, far below any difference that settings with a few digits can make.
  private static let tolerance = 1e-12

  /// Four decimals, half away from zero.
  static func rounded(_ score: Double) -> Double {
    (score * 10_000).rounded(.toNearestOrAwayFromZero) / 10_000
  }

  private func scored(
    _ score: Double, uncapped: Double, limiting: LimitingFactor, _ subscores: SIMD8<Double>
  ) -> Suitability {
    let rounded = min(Self.rounded(score), 100)
    return Suitability(
      subscores: subscores, outcome: .suitability(model.classes.suitabilityClass(of: rounded)),
      score: rounded, uncappedScore: uncapped, limiting: limiting)
  }

  private func firstZero(in subscores: SIMD8<Double>) -> Layer? {
    if landCoverShare > 0, subscores[0] == 0 { return .landCover }
    return terms.first { subscores[Int($0.layer.rawValue) - 1] == 0 }?.layer
  }

  /// The score before the cap; every sub-score is there.
  private func combined(_ subscores: SIMD8<Double>) -> Double {
    func reduced(_ start: Double, _ next: (Double, Double, Double) -> Double) -> Double {
      var result = landCoverShare > 0 ? next(start, landCoverShare, subscores[0]) : start
      for term in terms {
        result = next(result, term.share, subscores[Int(term.layer.rawValue) - 1])
      }
      return result
    }
    switch model.combination.rule {
    case .weightedGeometricMean:
      return 100 * exp(reduced(0) { $0 + $1 * log($2 / 100) })
    case .product: return 100 * exp(reduced(0) { $0 + log($2 / 100) })
    case .weightedMean: return reduced(0) { $0 + $1 * $2 }
    case .minimum: return reduced(100) { min($0, $2) }
    }
  }

  /// The layer with the largest loss −w·ln s; the lowest code on ties.
  private func greatestLoss(_ subscores: SIMD8<Double>) -> LimitingFactor {
    var (factor, greatest) = (LimitingFactor.nothing, 0.0)
    func consider(_ layer: Layer, _ share: Double) {
      guard share > 0 else { return }
      let loss = -share * log(subscores[Int(layer.rawValue) - 1] / 100)
      if loss * (1 - Self.tolerance) > greatest {
        (factor, greatest) = (LimitingFactor(layer), loss)
      }
    }
    consider(.landCover, landCoverShare)
    for term in terms { consider(term.layer, term.share) }
    return factor
  }
}

extension LimitingFactor {
  init(_ layer: Layer) { self = LimitingFactor(rawValue: layer.rawValue) ?? .nothing }
}

extension Suitability {
  static func nodata(_ reason: NodataReason, _ subscores: SIMD8<Double>) -> Suitability {
    Suitability(
      subscores: subscores, outcome: .nodata(reason), score: nil, uncappedScore: nil,
      limiting: nil)
  }
}
