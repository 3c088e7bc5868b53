/// Where the data of a layer come from, and what may be done with them.
///
/// Texts are of one line; an empty one is not known.
public struct DataSource: Hashable, Sendable {
  /// On whose word, the best first.
  public enum Basis: String, CaseIterable, Sendable {
    /// An option or the landscape file.
    case stated
    /// The metadata of the layer's own files.
    case metadata
    /// A product or format that the files are recognised as.
    case product
    /// The product whose legend is chosen for the codes.
    case legend
  }

  /// The layer's key in a landscape file, for example `landCover`.
  public var layer: String
  public var title: String
  /// The words to be printed by whoever shows the data; where there are none, the title stands for them.
  public var attribution: String
  public var licence: String
  public var url: String
  /// When the data were seen or made: a year, a date, or two of them with a slash.
  public var date: String
  public var basis: Basis

  public init(
    layer: String, title: String = "", attribution: String = "", licence: String = "",
    url: String = "", date: String = "", basis: Basis = .stated
  ) {
    (self.layer, self.title, self.attribution) = (layer, title, attribution)
    (self.licence, self.url, self.date, self.basis) = (licence, url, date, basis)
  }

  /// Whom to name.
  public var credit: String { attribution.isEmpty ? title : attribution }

  /// The keys of all layers, as a landscape file calls them.
  public static let layers = [
    "landCover", "elevation", "forestType", "rice", "water", "parks", "roads", "settlements",
  ]

  /// The key of a layer by its name on the command line and among the inputs of a record.
  public static func key(ofLayer name: String) -> String {
    switch name {
    case "landcover": "landCover"
    case "dem": "elevation"
    case "forest-type": "forestType"
    default: name
    }
  }
}

extension DataSource {
  /// Reads a member of a record's `sources`.
  ///
  /// - Throws: `.input`, with the slug of the document.
  public init(recorded node: DocumentNode) throws(HabitatError) {
    let members = try Required(node)
    // Members that records of earlier versions lack.
    let others = try node.members()
    self.init(
      layer: try members["layer"].string(), title: try members["title"].string(),
      attribution: try others["attribution"]?.string() ?? "",
      licence: try members["licence"].string(), url: try members["url"].string(),
      date: try others["date"]?.string() ?? "",
      basis: try others["basis"].flatMap { basis throws(HabitatError) in
        Basis(rawValue: try basis.string())
      } ?? .stated)
  }

  /// As `init(recorded:)` reads it: what is not known or goes without saying is left out, so that the same
  /// words make the same record as in earlier versions.
  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("layer", .string(layer)), .init("title", .string(title)),
      .init("licence", .string(licence)), .init("url", .string(url)),
    ]
    if !attribution.isEmpty { members.append(.init("attribution", .string(attribution))) }
    if !date.isEmpty { members.append(.init("date", .string(date))) }
    if basis != .stated { members.append(.init("basis", .string(basis.rawValue))) }
    return .object(members)
  }
}
