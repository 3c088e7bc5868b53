public import RasterCore

/// A species model as a reader of the report needs it.
public struct ModelSheet: Sendable {
  /// A number of the model, traced to its place in the model file unless it is a default.
  public struct Value: Hashable, Sendable {
    public let number: Double
    public let figure: Figure?
    public init(_ number: Double, figure: Figure?) { (self.number, self.figure) = (number, figure) }
  }

  /// A layer scored by a curve.
  public struct Curve: Sendable {
    /// The name in model files, for example `elevation`.
    public let layer: String
    /// `m` or `deg`.
    public let unit: String
    public let weight: Value
    public let isOptional: Bool
    /// By strictly increasing x, at least one.
    public let knots: [(x: Value, score: Value)]

    public init(
      layer: String, unit: String, weight: Value, isOptional: Bool,
      knots: [(x: Value, score: Value)]
    ) {
      precondition(!knots.isEmpty)
      (self.layer, self.unit, self.weight) = (layer, unit, weight)
      (self.isOptional, self.knots) = (isOptional, knots)
    }
  }

  public struct LandCover: Sendable {
    public let weight: Value
    /// All ten, in the order of the codes.
    public let scores: [Value]
    public init(weight: Value, scores: [Value]) {
      precondition(scores.count == LandCategory.allCases.count)
      (self.weight, self.scores) = (weight, scores)
    }
  }

  public struct Combination: Sendable {
    /// The name in model files, for example `weightedGeometricMean`.
    public let rule: String
    public let hasZeroRule: Bool
    public let isCappedByLandCover: Bool
    public init(rule: String, hasZeroRule: Bool, isCappedByLandCover: Bool) {
      (self.rule, self.hasZeroRule) = (rule, hasZeroRule)
      self.isCappedByLandCover = isCappedByLandCover
    }
  }

  public struct Resistance: Sendable {
    public let c: Value
    public let maximum: Value
    /// `nil` is a barrier.
    public let overrides: [(category: LandCategory, resistance: Value?)]
    public init(
      c: Value, maximum: Value, overrides: [(category: LandCategory, resistance: Value?)]
    ) {
      (self.c, self.maximum, self.overrides) = (c, maximum, overrides)
    }
  }

  public struct Source: Hashable, Sendable {
    /// A path within the model, for example `layers.elevation`.
    public let subject: String
    public let text: String
    public init(subject: String, text: String) { (self.subject, self.text) = (subject, text) }
  }

  public let species: String
  public let title: String
  public let version: String
  /// Digest of the model file.
  public let sha256: String
  public let landCover: LandCover
  /// In the order of the layers' codes.
  public let curves: [Curve]
  public let combination: Combination
  /// The lower bounds of the classes minimum, medium and maximum.
  public let bounds: [Value]
  public let resistance: Resistance
  public let sources: [Source]
  /// What the model file says under each topic; a topic it is silent on is absent.
  public let texts: [DocumentationTopic: [String]]

  public init(
    species: String, title: String, version: String, sha256: String, landCover: LandCover,
    curves: [Curve], combination: Combination, bounds: [Value], resistance: Resistance,
    sources: [Source], texts: [DocumentationTopic: [String]]
  ) {
    precondition(bounds.count == SuitabilityClass.allCases.count - 1)
    (self.species, self.title, self.version, self.sha256) = (species, title, version, sha256)
    (self.landCover, self.curves, self.combination) = (landCover, curves, combination)
    (self.bounds, self.resistance, self.sources) = (bounds, resistance, sources)
    self.texts = texts
  }

  /// The topics that a reader looks for in vain.
  var missingTopics: [DocumentationTopic] {
    DocumentationTopic.allCases.filter { $0.isExpected && texts[$0] == nil }
  }
}
