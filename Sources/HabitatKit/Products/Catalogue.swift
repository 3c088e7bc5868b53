public import Documents
import Foundation
import GeoIO
public import RasterCore
import RasterLoader
import Reclassification

/// The models and legends that come with the program.
public enum Catalogue {
  /// A species that a model comes with.
  public struct Species: Hashable, Sendable {
    public let name: String
    public let title: String
    public let modelVersion: String

    public var json: JSONValue {
      .object([
        .init("species", .string(name)), .init("title", .string(title)),
        .init("model_version", .string(modelVersion)),
      ])
    }
  }

  /// A legend, with the product whose codes it translates.
  public struct LegendEntry: Hashable, Sendable {
    public let name: String
    public let product: String
    /// Ascending.
    public let codes: [Int]

    public var summary: String {
      "\(product); \(codes.count) codes, \(codes.first ?? 0)…\(codes.last ?? 0)"
    }
    public var json: JSONValue {
      .object([
        .init("legend", .string(name)), .init("product", .string(product)),
        .init("codes", .array(codes.map { .number(Double($0)) })),
      ])
    }
  }

  public static func species() throws(HabitatError) -> [Species] {
    try ModelCatalogue().models.map {
      Species(name: $0.species, title: $0.title, modelVersion: $0.version)
    }
  }

  /// The landscapes that can be named: folders of `./rasters/`, of `$HABITAT_DATA/rasters/` and of
  /// `../share/habitat/rasters/` beside the program's folder.
  public static func landscapes() -> [String] { LandscapeFolders.ofProgram.names }

  /// What can be chosen in a file of parks: its layers, and the fields of one; none where it cannot be read. Nothing
  /// is fetched for it.
  public static func parks(
    in file: String, layer: String?
  ) -> (layers: [String], fields: [String]) {
    guard let contents = try? VectorContents(reading: file, layer: layer) else { return ([], []) }
    return (contents.layers, contents.fields)
  }

  /// The same of the parks of a landscape; their layer is the one that it names unless another is asked for.
  ///
  /// - Parameters:
  ///   - landscape: a landscape file, its folder, or a name.
  ///   - layer: whose fields are meant; `nil` for the one that the landscape names.
  public static func parks(
    ofLandscape landscape: String, layer: String?
  ) -> (layers: [String], fields: [String]) {
    var options = InputOptions()
    options.landscape = landscape
    guard !NetworkAccess.isRemote(landscape), let parks = try? options.makeLandscape().parks else {
      return ([], [])
    }
    return Self.parks(in: parks.path, layer: layer ?? parks.selection.layer)
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
      + "layers and weights: \(layers)\n\(Self.weightsNote(model))\(Self.documentationNote(model))"
  }

  /// What weights that do not sum to 1 mean: only their shares count, of the layers that are there.
  private static func weightsNote(_ model: SpeciesModel) -> String {
    let sum = model.layers.reduce(0) { $0 + model.weight(of: $1) }
    guard abs(sum - 1) > 1e-9, sum > 0 else { return "" }
    let shares = model.layers.map {
      "\($0.key) \((100 * model.weight(of: $0) / sum).formatted(decimals: 1)) %"
    }
    return
      "weights: they sum to \(sum.formatted(decimals: 3)), not to 1, and count by their share of that: "
      + shares.joined(separator: ", ") + "\n"
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

  /// By name.
  public static func legends() throws(HabitatError) -> [LegendEntry] {
    var legends: [LegendEntry] = []
    for name in Legend.builtInNames {
      let codes = try Legend.builtIn(named: name).codes
      legends.append(
        LegendEntry(name: name, product: title(ofLegend: name), codes: codes.map { Int($0) }))
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
  /// - Throws: `.usage`, slug `unknown-legend`; `.input`, slugs `bad-legend` and `input-missing`.
  public static func legendText(named name: String) throws(HabitatError) -> String {
    let legend: Legend
    let name = Legend.meant(by: name)
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

extension Legend {
  /// The name of the built-in legend or the path of the file that a word means. A file of just that name goes
  /// before a built-in legend that is spelled in another way.
  static func meant(by word: String) -> String {
    guard !builtInNames.contains(word), let name = builtInName(like: word),
      FileSystem.size(of: word) == .missing
    else { return word }
    return name
  }
}
