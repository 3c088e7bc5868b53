import Documents
public import RasterCore

/// The models a run can choose from: those of the user before the built-in ones of the same name.
public struct ModelCatalogue: Sendable {
  /// Built-in species first, in their order, then the others as given.
  public let models: [SpeciesModel]
  /// The species of the user's own models, as given.
  public let addedNames: [String]

  /// - Throws: `.input`, slug `bad-model`, when two of `added` are of one species.
  public init(adding added: [SpeciesModel] = []) throws(HabitatError) {
    var models = try SpeciesModel.embeddedModels()
    var files: [String: String] = [:]
    for model in added {
      if let other = files[model.species] {
        throw HabitatError(
          .input, "bad-model", "two models are of the species \"\(model.species)\"",
          at: "\(other) and \(model.file)", fix: "name one of them, or change its species")
      }
      files[model.species] = model.file
      if let index = models.firstIndex(where: { $0.species == model.species }) {
        models[index] = model
      } else {
        models.append(model)
      }
    }
    (self.models, addedNames) = (models, added.map(\.species))
  }

  public var names: [String] { models.map(\.species) }

  /// - Throws: `.usage`, slug `unknown-species`, with the nearest name and the list.
  public func model(named name: String) throws(HabitatError) -> SpeciesModel {
    guard let model = models.first(where: { $0.species == name }) else {
      throw Self.unknown(name, among: names)
    }
    return model
  }

  /// The models of a choice such as `leopard,tiger` or `all`, each once, in the order of the choice.
  ///
  /// - Parameter choice: `nil` takes the user's own models.
  public func models(chosenBy choice: String?) throws(HabitatError) -> [SpeciesModel] {
    guard let choice else {
      var chosen: [SpeciesModel] = []
      for name in addedNames { chosen.append(try model(named: name)) }
      return chosen
    }
    var chosen: [SpeciesModel] = []
    for part in choice.split(separator: ",", omittingEmptySubsequences: false) {
      let name = part.trimmed
      for model in name == "all" ? models : [try model(named: name)]
      where !chosen.contains(where: { $0.species == model.species }) {
        chosen.append(model)
      }
    }
    return chosen
  }

  static func unknown(_ name: String, among names: [String]) -> HabitatError {
    let nearest = name.nearest(in: names).map { "did you mean \($0)? " } ?? ""
    return HabitatError(
      .usage, "unknown-species", "there is no model of the species \"\(name)\"",
      at: "--species \(name)",
      fix: nearest + "known: \(names.joined(separator: ", ")); --model FILE adds another")
  }
}
