import Foundation

/// How likely two patches are reached from one another over a path.
package enum DispersalKernel: Hashable, Sendable {
  /// p = exp(−`rate` · length): the index is PC.
  case exponential(rate: Double)
  /// p = 1 / (1 + length), with the length a number of links: the index is IIC.
  case numberOfLinks

  /// The exponential kernel with p(`distance`) = `probability`; nil unless 0 < p < 1 and the distance is > 0.
  package init?(probability: Double, at distance: Double) {
    guard probability > 0, probability < 1, distance > 0, distance < .infinity else { return nil }
    self = .exponential(rate: -log(probability) / distance)
  }

  /// 0 where no path leads, and where the value is smaller than a number can be.
  package func probability(over length: Double) -> Double {
    switch self {
    case .exponential(let rate): exp(-rate * length)
    case .numberOfLinks: 1 / (1 + length)
    }
  }
}
