import RasterCore
import Reclassification
import Reporting

/// What a species model finds among the inputs.
public struct ModelFit: Hashable, Sendable {
  public let species: String
  public let title: String
  /// Layers without which the model does not run, by key.
  public let needed: [String]
  /// Layers without which it runs, its weights shared among the others, by key.
  public let missing: [String]

  init(_ model: SpeciesModel, present: Set<Layer>) {
    let absent = model.layers.filter { !present.contains($0) }
    (species, title) = (model.species, model.title)
    needed = absent.filter { !model.isOptional($0) }.map(\.key)
    missing = absent.filter(model.isOptional).map(\.key)
  }

  public var canRun: Bool { needed.isEmpty }

  /// With every layer of the model; only then can figures stand beside published ones.
  public var isComplete: Bool { needed.isEmpty && missing.isEmpty }

  /// For people, with the options that would help.
  ///
  /// - Parameter isSynthetic: made-up figures are comparable with none.
  func text(isSynthetic: Bool) -> String {
    if isComplete {
      guard let published = PublishedTable.title(forSpecies: species) else {
        return "has all its layers"
      }
      return "has all its layers: "
        + (isSynthetic
          ? "synthetic, so not comparable with \(published)"
          : "of the same parks, its figures may stand beside \(published)")
    }
    func options(_ keys: [String]) -> String {
      keys.map { key in
        switch key {
        case "landCover": "--landcover"
        case "elevation", "slope": "--dem"
        default: "--\(key)"
        }
      }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: ", ")
    }
    guard canRun else {
      return "cannot run without \(needed.joined(separator: " and ")) (\(options(needed)))"
    }
    let missing = MissingLayers(layers: missing, species: species)
    let meaning = [missing.effect, missing.comparison].compactMap(\.self).joined(separator: ", ")
    return "runs without \(missing.names) (\(options(missing.layers))): scores are \(meaning)"
  }
}
