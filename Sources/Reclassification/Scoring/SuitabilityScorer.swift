public import RasterCore

/// A model bound to the layers that a landscape has.
///
/// Weights are shared among the layers present, so that they sum to 1.
public struct SuitabilityScorer: Sendable {
  /// A layer that takes part, land cover apart.
  struct Term: Sendable {
    let layer: Layer
    let share: Double
    let curve: ResponseCurve
    /// Of the layer among `LayerNumbers`.
    let place: Int
    /// What limits a cell where the layer's loss is the largest.
    let factor: LimitingFactor
    /// What a cell has instead of a score where the layer has no value.
    let missing: NodataReason

    init(_ layer: Layer, share: Double, curve: ResponseCurve) {
      (self.layer, self.share, self.curve) = (layer, share, curve)
      // Once and here: of a layer's properties each is a call into another room.
      (place, factor) = (layer.place, LimitingFactor(layer))
      missing = layer.isTerrain ? .terrain : .distance
    }
  }

  public let model: SpeciesModel
  /// The layers that take part, in the order of their codes; land cover always.
  public let layers: [Layer]
  /// Optional layers of the model that the landscape lacks.
  public let missingLayers: [Layer]
  let landCoverShare: Double
  let terms: [Term]
  let brackets: ClassBrackets
  let screen: ClassScreen
  private(set) var plane: ClassPlane?

  /// - Parameter present: the layers that have values; land cover counts as one of them.
  /// - Throws: `.input`, slug `layer-missing`, for a layer the model cannot do without.
  public init(model: SpeciesModel, present: Set<Layer>) throws(HabitatError) {
    let taking = model.curveLayers.keys.sorted()
    for layer in taking where !present.contains(layer) && !model.isOptional(layer) {
      throw HabitatError(
        .input, "layer-missing",
        "the model of \(model.species) needs \(layer.name.lowercased()), which the landscape lacks",
        at: "\(model.file): layers.\(layer.key)",
        fix: "add the layer\(layer.isTerrain ? " with --dem" : " with --\(layer.key)"), "
          + "or mark it optional in a model of your own")
    }
    let found = taking.filter(present.contains)
    var total = model.landCover.weight
    for layer in found { total += model.weight(of: layer) }
    guard total > 0 else {
      throw HabitatError(
        .input, "layer-missing",
        "none of the layers with a weight in the model of \(model.species) is there",
        at: "\(model.file): layers", fix: "add one of: \(taking.map(\.key).joined(separator: ", "))"
      )
    }
    self.model = model
    layers = [.landCover] + found
    missingLayers = taking.filter { !present.contains($0) }
    landCoverShare = model.landCover.weight / total
    terms = found.compactMap { layer in
      model.curveLayers[layer].map {
        Term(layer, share: $0.weight / total, curve: $0.curve)
      }
    }
    brackets = ClassBrackets(model, landCoverShare: landCoverShare, terms: terms)
    screen = ClassScreen(model, landCoverShare: landCoverShare, brackets)
  }

  /// The same scorer, ready for many cells: with two layers beside land cover it holds a table of their
  /// classes, which takes a millisecond to make and spares as much within some hundred thousand cells.
  public func tabulated() -> SuitabilityScorer {
    var scorer = self
    scorer.plane = ClassPlane(brackets, model.combination.rule)
    return scorer
  }

  /// Whether the scorer reads values of `layer`.
  public func needs(_ layer: Layer) -> Bool { layers.contains(layer) }
  public var needsElevation: Bool { needs(.elevation) }
  public var needsSlope: Bool { needs(.slope) }

  /// The weight of a layer among those present, 0…1; 0 for a layer that takes no part.
  public func share(of layer: Layer) -> Double {
    layer == .landCover ? landCoverShare : terms.first { $0.layer == layer }?.share ?? 0
  }
}
