public import RasterCore

/// What a species needs, as a model file states it: scores, curves, weights and classes.
public struct SpeciesModel: Hashable, Sendable {
  /// The table of land cover.
  public struct LandCoverLayer: Hashable, Sendable {
    /// 0 leaves land cover out of the combination; its nodata and the cap stay.
    public let weight: Double
    /// 0…100 by category code less 1, all ten.
    public let scores: [Double]

    public func score(of category: LandCategory) -> Double { scores[Int(category.rawValue) - 1] }
  }

  /// A layer scored by a curve.
  public struct CurveLayer: Hashable, Sendable {
    /// Above 0.
    public let weight: Double
    public let curve: ResponseCurve
    /// Whether the model also runs without the layer, its weight shared among the others.
    public let isOptional: Bool
  }

  /// Where a number of the model comes from.
  public struct Source: Hashable, Sendable {
    /// A path within the model, for example `layers.elevation`.
    public let subject: String
    public let text: String
  }

  /// The stem of the names of output files.
  public let species: String
  public let title: String
  public let version: String
  public let combination: Combination
  public let landCover: LandCoverLayer
  /// The layers with a weight above 0; others are absent.
  public let curveLayers: [Layer: CurveLayer]
  public let classes: ClassBounds
  public let resistance: ResistanceTransform
  public let sources: [Source]
  public let documentation: ModelDocumentation
  /// The file's path as given, or the name of the built-in file.
  public let file: String
  /// The file as it is, JSON5 with its comments.
  public let text: String
  /// Digest of the file's bytes.
  public let sha256: String

  /// The layers that take part, in the order of their codes; land cover always.
  public var layers: [Layer] { [.landCover] + curveLayers.keys.sorted() }

  public func isOptional(_ layer: Layer) -> Bool { curveLayers[layer]?.isOptional ?? false }

  /// The weight as written; 0 for a layer that takes no part.
  public func weight(of layer: Layer) -> Double {
    layer == .landCover ? landCover.weight : curveLayers[layer]?.weight ?? 0
  }
}
