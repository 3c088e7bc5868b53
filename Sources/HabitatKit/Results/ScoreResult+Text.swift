import Documents
public import RasterCore
import Reporting
import Styles

/// What standard output carries.
public enum TableFormat: String, CaseIterable, Sendable {
  case table, csv, json, markdown
}

extension ScoreResult {
  /// The tables of all species in one format.
  ///
  /// - Parameters:
  ///   - format: that of the table, or one for other programs.
  ///   - page: what a table for people is laid out for; the other formats are the same everywhere.
  public func text(as format: TableFormat, on page: TextPage = .file) -> String {
    switch format {
    case .table: species.map { printed($0).text(on: page) }.joined(separator: "\n")
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
      partColours: SuitabilityClass.allCases.map {
        ColourLegend.suitabilityClasses.colours[$0.rawValue] ?? 0
      },
      exactFiles: "\(species.name)_areas.csv and .json", notes: species.notes)
  }
}
