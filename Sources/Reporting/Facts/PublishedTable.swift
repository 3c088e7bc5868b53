public import Documents
public import RasterCore

/// Class areas per park as NEASPEC (2026) prints them, inconsistencies included.
///
/// Source: *Transboundary Cooperation for Conservation of Amur Tigers, Amur Leopards and Snow Leopards in
/// North-East Asia*, Tables 8 and 9.
public struct PublishedTable: Sendable {
  public struct Row: Sendable {
    /// The name as printed, or `Total`.
    public let park: String
    /// Empty for the total.
    public let country: String
    /// Square kilometres; also the parts below.
    public let area: Figure
    /// In the order of `SuitabilityClass`.
    public let classes: [Figure]
    /// All names by which the park is known, the printed one first.
    let names: [String]

    /// The park and its country, as printed.
    public var label: String { country.isEmpty ? park : "\(park), \(country)" }
  }

  /// As the report counts its tables.
  public let number: Int
  /// The name of the model whose species it is of.
  public let species: String
  public let rows: [Row]
  public let total: Row

  public static let leopard = PublishedTable(
    8, species: "leopard", PackageResources.table8_leopard_csv)
  public static let tiger = PublishedTable(9, species: "tiger", PackageResources.table9_tiger_csv)

  /// The table of a species, `nil` where none was published.
  public static func of(species: String) -> PublishedTable? {
    [leopard, tiger].first { $0.species == species }
  }

  /// What figures of a species that lacks layers must not be set beside, for people; `nil` where nothing was
  /// published.
  public static func title(forSpecies species: String) -> String? {
    of(species: species).map { "Table \($0.number) of the NEASPEC report" }
  }

  // MARK: As a document

  /// The name by which figures are traced to the tables, as if these were a file of the run.
  public static let documentName = "neaspec-2026"

  /// Both tables as a document, to which the figures are traced.
  public static let document = DocumentNode(
    .object([
      .init("table8", json(PackageResources.table8_leopard_csv)),
      .init("table9", json(PackageResources.table9_tiger_csv)),
    ]), file: documentName, slug: "resource", failure: HabitatError.inDocument)

  private static func json(_ bytes: [UInt8]) -> JSONValue {
    let lines = lines(of: bytes)
    return .array(
      lines.dropFirst().map { fields in
        .object(
          zip(lines[0], fields).map { key, field in
            .init(key, Double(field).map { .number($0) } ?? .string(field))
          })
      })
  }

  private static func lines(of bytes: [UInt8]) -> [[String]] {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { CSVText.fields(of: String($0)) }
  }

  private init(_ number: Int, species: String, _ bytes: [UInt8]) {
    (self.number, self.species) = (number, species)
    let others = Self.lines(of: PackageResources.park_names_csv).dropFirst()
    var rows: [Row] = []
    do throws(HabitatError) {
      for node in try Required(Self.document)["table\(number)"].elements() {
        let members = try Required(node)
        let park = try members["park"].string()
        var classes: [Figure] = []
        for key in ["not_km2", "minimum_km2", "medium_km2", "maximum_km2"] {
          classes.append(try Figure(members[key]))
        }
        rows.append(
          Row(
            park: park, country: try members["country"].string(),
            area: try Figure(members["total_km2"]), classes: classes,
            names: [park] + others.filter { $0[0] == park }.map { $0[1] }))
      }
    } catch {
      preconditionFailure("Resources/Published: \(error)")
    }
    total = rows.removeLast()
    self.rows = rows
  }
}
