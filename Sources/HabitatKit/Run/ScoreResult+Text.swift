import RasterCore
import Reporting

/// What standard output carries.
public enum TableFormat: String, CaseIterable, Sendable {
  case table, csv, json, markdown
}

extension ScoreResult {
  /// The tables of all species in one format.
  public func text(as format: TableFormat) -> String {
    switch format {
    case .table: species.map { printed($0).text }.joined(separator: "\n")
    case .markdown: species.map { printed($0).markdown }.joined(separator: "\n")
    case .csv:
      (species.first?.table.csvHeader(withSpecies: true) ?? "")
        + species.map { $0.table.csvRows(species: $0.name) }.joined()
    case .json:
      JSONValue.array(
        species.map(json)
      ).text + "\n"
    }
  }

  /// The table of a species with what the region's defaults settled.
  func json(_ species: Species) -> JSONValue {
    let table = species.table.json(
      species: species.name, title: species.title, modelVersion: species.modelVersion)
    guard case .object(let members) = table else { return table }
    return .object(
      members + [
        .init("decided_by_default", .array(decidedByDefault.map { RunManifest.json($0) }))
      ])
  }

  private func printed(_ species: Species) -> PrintedTable {
    PrintedTable(
      species.table, title: "Habitat suitability for \(species.title)",
      partNames: SuitabilityClass.allCases.map(\.name),
      exactFiles: "\(species.name)_areas.csv and .json", notes: species.notes)
  }
}
