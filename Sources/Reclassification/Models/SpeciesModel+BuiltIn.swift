import Foundation
public import RasterCore

extension SpeciesModel {
  /// The species whose models come with the library.
  public static let builtInNames: [String] = embedded.map(\.name)

  /// The built-in model of a species.
  ///
  /// - Throws: `.usage`, slug `unknown-species`, with the nearest name and the list.
  public static func builtIn(named name: String) throws(HabitatError) -> SpeciesModel {
    try ModelCatalogue().model(named: name)
  }

  /// The text of a built-in model file, to start a model of one's own from.
  public static func builtInText(named name: String) throws(HabitatError) -> String {
    guard let file = embedded.first(where: { $0.name == name }) else {
      throw ModelCatalogue.unknown(name, among: builtInNames)
    }
    return String(decoding: file.bytes, as: UTF8.self)
  }

  static func embeddedModels() throws(HabitatError) -> [SpeciesModel] {
    var models: [SpeciesModel] = []
    for file in embedded {
      models.append(try SpeciesModel(json5: Data(file.bytes), file: "\(file.name).json"))
    }
    return models
  }

  private static let embedded: [(name: String, bytes: [UInt8])] = [
    ("leopard", PackageResources.leopard_json),
    ("tiger", PackageResources.tiger_json),
    ("snow-leopard", PackageResources.snow_leopard_json),
  ]
}
