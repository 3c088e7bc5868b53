/// How the sub-scores of a cell become one score.
public struct Combination: Hashable, Sendable {
  public enum Rule: String, CaseIterable, Sendable {
    case weightedGeometricMean, weightedMean, minimum, product

    /// Whether a sub-score of 0 makes the score 0, whatever the other layers say.
    public var hasZeroRule: Bool { self != .weightedMean }
  }

  public let rule: Rule
  /// Whether the score of the land cover is an upper limit.
  public let isCappedByLandCover: Bool

  public init(rule: Rule = .weightedGeometricMean, isCappedByLandCover: Bool = true) {
    (self.rule, self.isCappedByLandCover) = (rule, isCappedByLandCover)
  }
}
