import Foundation
public import RasterCore

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

  /// What a layer takes from the score, −w·ln s with its share as w; infinite at a sub-score of 0, `nil`
  /// where the layer has no part in the cell.
  public func loss(of layer: Layer, in suitability: Suitability) -> Double? {
    guard share(of: layer) > 0, let subscore = suitability.subscore(of: layer) else { return nil }
    return max(0, -share(of: layer) * log(subscore / 100))
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

  /// ln of the sub-scores as shares of 100, by code of the layer less 1.
  private func logarithms(of subscores: SIMD8<Double>) -> SIMD8<Double> {
    var logarithms = SIMD8<Double>(repeating: 0)
    if landCoverShare > 0 { logarithms[0] = log(subscores[0] / 100) }
    for term in terms {
      let index = Int(term.layer.rawValue) - 1
      logarithms[index] = log(subscores[index] / 100)
    }
    return logarithms
  }

  /// The score before the cap; every sub-score is there.
  private func combined(
    _ subscores: SIMD8<Double>, _ logarithms: SIMD8<Double>
  ) -> Double {
    let rule = model.combination.rule
    var result = rule == .minimum ? 100.0 : 0
    func include(_ index: Int, _ share: Double) {
      switch rule {
      case .weightedGeometricMean: result += share * logarithms[index]
      case .product: result += logarithms[index]
      case .weightedMean: result += share * subscores[index]
      case .minimum: result = min(result, subscores[index])
      }
    }
    if landCoverShare > 0 { include(0, landCoverShare) }
    for term in terms { include(Int(term.layer.rawValue) - 1, term.share) }
    switch rule {
    case .weightedGeometricMean, .product: return 100 * exp(result)
    case .weightedMean, .minimum: return result
    }
  }

  /// The layer with the largest loss −w·ln s; the lowest code on ties.
  private func greatestLoss(_ logarithms: SIMD8<Double>) -> LimitingFactor {
    var (factor, greatest) = (LimitingFactor.nothing, 0.0)
    func consider(_ layer: Layer, _ share: Double) {
      let loss = -share * logarithms[Int(layer.rawValue) - 1]
      if loss * (1 - Self.tolerance) > greatest {
        (factor, greatest) = (LimitingFactor(layer), loss)
      }
    }
    if landCoverShare > 0 { consider(.landCover, landCoverShare) }
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
