public import RasterCore

/// The lower bounds of the classes on the score, 0…100.
public struct ClassBounds: Hashable, Sendable {
  public let minimum: Double
  public let medium: Double
  public let maximum: Double

  /// - Parameters: strictly increasing, 0…100.
  public init(minimum: Double, medium: Double, maximum: Double) {
    precondition(0 <= minimum && minimum < medium && medium < maximum && maximum <= 100)
    (self.minimum, self.medium, self.maximum) = (minimum, medium, maximum)
  }

  /// Ascending.
  public var all: [Double] { [minimum, medium, maximum] }

  /// The class of a score that is rounded already; a score on a bound is in the upper class.
  public func suitabilityClass(of score: Double) -> SuitabilityClass {
    if score >= maximum { return .maximum }
    if score >= medium { return .medium }
    return score >= minimum ? .minimum : .notSuitable
  }
}
