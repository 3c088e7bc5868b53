import Foundation
import GeoIO
public import RasterCore
import Reclassification

/// The models and legends that come with the program.
public enum Catalogue {
  public static func species() throws(HabitatError) -> [(name: String, title: String)] {
    try ModelCatalogue().models.map { ($0.species, $0.title) }
  }

  /// The file of a built-in model, as it is.
  ///
  /// - Throws: `.usage`, slug `unknown-species`.
  public static func modelText(named name: String) throws(HabitatError) -> String {
    try SpeciesModel.builtInText(named: name)
  }

  /// Sentences on a model that passes all checks, and on what its documentation leaves open.
  ///
  /// - Throws: `.input`, slugs `input-missing`, `bad-json`, `bad-model`.
  public static func lintModel(file: String) throws(HabitatError) -> String {
    let model = try SpeciesModel(json5: Data(try FileSystem.contents(of: file)), file: file)
    let layers = model.layers.map { "\($0.key) \(model.weight(of: $0))" }.joined(separator: ", ")
    return "\(file): the model of \(model.species) (version \(model.version)) is sound; "
      + "layers and weights: \(layers)\n\(Self.documentationNote(model))"
  }

  private static func documentationNote(_ model: SpeciesModel) -> String {
    let missing = model.documentation.missingTopics
    if missing.isEmpty { return "documentation: complete" }
    if model.documentation.texts.isEmpty {
      return "documentation: none; add a documentation member like the one of "
        + "habitat species show leopard"
    }
    return "documentation: lacks " + missing.map(\.path).joined(separator: ", ")
  }

  /// By name, with the product whose codes they are.
  public static func legends() throws(HabitatError) -> [(name: String, summary: String)] {
    var legends: [(name: String, summary: String)] = []
    for name in Legend.builtInNames {
      let codes = try Legend.builtIn(named: name).codes
      let range = "\(codes.count) codes, \(codes.first ?? 0)…\(codes.last ?? 0)"
      legends.append((name, "\(title(ofLegend: name)); \(range)"))
    }
    return legends
  }

  private static func title(ofLegend name: String) -> String {
    switch name {
    case "ten_categories": "the categories themselves, 1…10"
    case "copernicus_forest_type": "CGLS-LC100 forest type, for --forest-type; no land cover"
    default: LandCoverProduct.all.first { $0.legend == name }?.title ?? "another product"
    }
  }

  /// A legend as CSV, built in or of a file. A file with rules that CSV cannot say, such as ranges and what
  /// becomes of other codes, is shown as it stands.
  ///
  /// - Throws: `.usage`, slug `unknown-legend`; `.input`, slug `bad-legend`.
  public static func legendText(named name: String) throws(HabitatError) -> String {
    let legend: Legend
    if !Legend.builtInNames.contains(name), case .bytes = FileSystem.size(of: name) {
      let contents = try FileSystem.contents(of: name)
      legend = try Legend(bytes: contents, file: name)
      guard legend.isListOfCodes else {
        let text = String(decoding: contents, as: UTF8.self)
        return text.hasSuffix("\n") ? text : text + "\n"
      }
    } else {
      legend = try Legend.builtIn(named: name)
    }
    var text = "code,label,category_id,category,note\n"
    for code in legend.codes {
      guard let entry = legend.entry(for: code) else { continue }
      let fields = [
        String(code), entry.label, String(entry.category?.rawValue ?? 0),
        entry.category?.key ?? "nodata", entry.note,
      ]
      text += fields.map(CSVText.field).joined(separator: ",") + "\n"
    }
    return text
  }
}
