public import Documents
public import RasterCore

extension AreaTable {
  /// The columns between `park` and the end: the polygon, its parts and the balance.
  private var areaColumns: [String] {
    ["park_km2"] + partKeys.map { $0 + "_km2" } + ["nodata_km2", "outside_km2", "residual_km2"]
  }

  private func areas(of row: Row) -> [String] {
    ([row.area] + row.parts + [row.nodata, row.outside, row.residual])
      .map { $0.formatted(decimals: 6) }
  }

  /// The header of `csvRows(species:)`.
  ///
  /// - Parameter withSpecies: whether rows start with a species.
  public func csvHeader(withSpecies: Bool) -> String {
    CSVText.line((withSpecies ? ["species"] : []) + ["kind", "park_id", "park"] + areaColumns)
  }

  /// The rows as CSV, km² with six decimals.
  ///
  /// - Parameter species: the first field, left out where `nil`.
  public func csvRows(species: String?) -> String {
    allRows.map { row in
      CSVText.line(
        (species.map { [$0] } ?? []) + [row.kind.rawValue, row.id, row.name] + areas(of: row))
    }.joined()
  }

  /// The table as a JSON object with the same names and digits as the CSV.
  public func json(species: String, title: String, modelVersion: String) -> JSONValue {
    .object([
      .init("species", .string(species)), .init("title", .string(title)),
      .init("model_version", .string(modelVersion)), .init("parks", .array(rows.map(json))),
      .init("total", total.map(json) ?? .null),
    ])
  }

  private func json(_ row: Row) -> JSONValue {
    .object(
      [
        .init("kind", .string(row.kind.rawValue)), .init("park_id", .string(row.id)),
        .init("park", .string(row.name)),
      ] + zip(areaColumns, areas(of: row)).map { .init($0, .literal($1)) } + byCategory(row))
  }

  /// The cross-table of categories and parts, left out where the table has none.
  private func byCategory(_ row: Row) -> [JSONValue.Member] {
    guard !row.categories.isEmpty else { return [] }
    let columns = (partKeys + ["nodata"]).map { $0 + "_km2" }
    let members = row.categories.map { areas in
      let values = (areas.parts + [areas.nodata]).map { $0.formatted(decimals: 6) }
      return JSONValue.Member(
        areas.category.key,
        .object(zip(columns, values).map { .init($0, .literal($1)) }))
    }
    return [.init("by_category", .object(members))]
  }
}
