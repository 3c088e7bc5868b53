public import Documents
public import RasterCore

/// What a run found for one species, as its `<species>_areas.json` has it.
public struct SpeciesAreas: Sendable {
  public struct Row: Sendable {
    public let kind: AreaTable.Kind
    public let id: String
    public let name: String
    public let area: Figure
    /// One a class, in the order of `SuitabilityClass`.
    public let classes: [Figure]
    public let nodata: Figure
    public let outside: Figure
    public let residual: Figure
    /// Categories in the order of `LandCategory`; the classes of each, then what has no value.
    public let categories: [(category: LandCategory, classes: [Figure], nodata: Figure)]

    /// A fragment that no other row of the report has.
    public var anchor: String { kind == .park ? Self.anchor(ofPark: id) : kind.rawValue }

    /// The fragment of a park, whatever its identifier holds.
    public static func anchor(ofPark id: String) -> String {
      "park-" + id.utf8.map { String($0, radix: 16) }.joined(separator: "-")
    }
  }

  public let name: String
  public let title: String
  public let modelVersion: String
  /// The parks, or the whole raster.
  public let rows: [Row]
  /// The union of the parks, `nil` for a whole raster.
  public let total: Row?

  public var allRows: [Row] { rows + (total.map { [$0] } ?? []) }

  /// Decimals that give the smallest park three digits.
  public var decimals: Int { Figure.decimals(for: rows.lazy.map(\.area.value)) }

  /// - Parameter document: its `file` is the name that figures are traced to.
  /// - Throws: `.input`, with the slug of the document, for a table of another form.
  public init(_ document: DocumentNode<HabitatError>) throws(HabitatError) {
    let members = try Required(document)
    name = try members["species"].string()
    title = try members["title"].string()
    modelVersion = try members["model_version"].string()
    var rows: [Row] = []
    for node in try members["parks"].elements() { rows.append(try Row(node)) }
    self.rows = rows
    let total = try members["total"]
    self.total = total.value == .null ? nil : try Row(total)
  }
}

extension SpeciesAreas.Row {
  init(_ node: DocumentNode<HabitatError>) throws(HabitatError) {
    let members = try Required(node)
    let kindNode = try members["kind"]
    guard let kind = AreaTable.Kind(rawValue: try kindNode.string()) else {
      throw kindNode.failure("there is no such kind of row", fix: "run habitat score again")
    }
    self.kind = kind
    id = try members["park_id"].string()
    name = try members["park"].string()
    area = try Figure(members["park_km2"])
    classes = try Self.classes(members)
    nodata = try Figure(members["nodata_km2"])
    outside = try Figure(members["outside_km2"])
    residual = try Figure(members["residual_km2"])
    let byCategory = try Required(members["by_category"])
    var categories: [(category: LandCategory, classes: [Figure], nodata: Figure)] = []
    for category in LandCategory.allCases {
      let parts = try Required(byCategory[category.key])
      categories.append((category, try Self.classes(parts), try Figure(parts["nodata_km2"])))
    }
    self.categories = categories
  }

  private static func classes(_ members: Required<HabitatError>) throws(HabitatError) -> [Figure] {
    var figures: [Figure] = []
    for suitability in SuitabilityClass.allCases {
      figures.append(try Figure(members["\(suitability.key)_km2"]))
    }
    return figures
  }
}
