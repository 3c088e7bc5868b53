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
