public import RasterCore

/// The table of a species as people read it, laid out like Tables 8 and 9 of NEASPEC (2026).
public struct PrintedTable: Sendable {
  let title: String
  let header: [String]
  let rows: [[String]]
  let hasTotal: Bool
  let notes: [String]
  /// Of the table's parts, `0xRRGGBB`.
  let partColours: [UInt32]

  /// - Parameters:
  ///   - partNames: for people, in the order of the table's parts.
  ///   - partColours: `0xRRGGBB`, for terminals that have colours.
  ///   - exactFiles: where the areas are with all decimals, for people.
  ///   - notes: sentences below the table, such as what was left out.
  public init(
    _ table: AreaTable, title: String, partNames: [String], partColours: [UInt32] = [],
    exactFiles: String, notes: [String]
  ) {
    self.partColours = partColours
    let decimals = Figure.decimals(for: table.rows.lazy.map(\.area))
    let all = table.allRows
    let showsNodata = all.contains { $0.nodata >= 0.5 * Self.step(decimals) }
    let showsOutside = all.contains { $0.outside >= 0.5 * Self.step(decimals) }
    self.title = title.shown
    let parks = table.rows.filter { $0.kind == .park }.map(\.name)
    header =
      [NationalParks.are(parks) ? "National park" : "Area", "Total area"] + partNames
      + (showsNodata ? ["No data"] : []) + (showsOutside ? ["Outside"] : [])
    rows = all.map { row in
      let areas =
        [row.area] + row.parts + (showsNodata ? [row.nodata] : [])
        + (showsOutside ? [row.outside] : [])
      return [row.name.shown] + areas.map { $0.grouped(decimals: decimals) }
    }
    hasTotal = table.total != nil
    let rounding =
      "Figures are rounded and may not sum to the totals; \(exactFiles) hold six decimals."
    self.notes = ([rounding] + Self.overlapNotes(table, decimals) + notes).map(\.shown)
  }

  private static func step(_ decimals: Int) -> Double {
    (0..<decimals).reduce(1.0) { step, _ in step / 10 }
  }

  private static func overlapNotes(_ table: AreaTable, _ decimals: Int) -> [String] {
    guard let total = table.total else { return [] }
    let shared = table.rows.reduce(0) { $0 + $1.area } - total.area
    guard shared > 1e-6 else { return [] }
    let shown = shared.grouped(decimals: shared < 0.5 * step(decimals) ? 6 : decimals)
    return ["The total is \(shown) km² less than the sum: parks overlap, and it counts land once."]
  }

  /// Columns aligned, in lines as long as they are.
  public var text: String { text(on: .file) }

  /// A table of GitHub's Markdown.
  public var markdown: String {
    // What Markdown or HTML would take for its own.
    func escaped(_ text: String) -> String {
      text.reduce(into: "") { text, character in
        text += "\\|<&`*_[]".contains(character) ? "\\\(character)" : String(character)
      }
    }
    var text = "### " + escaped(title) + " (km²)\n\n"
    text += "| " + header.map(escaped).joined(separator: " | ") + " |\n"
    text += "|---|" + String(repeating: "---:|", count: header.count - 1) + "\n"
    for (index, row) in rows.enumerated() {
      let isTotal = hasTotal && index == rows.count - 1
      text +=
        "| "
        + row.map { isTotal ? "**\(escaped($0))**" : escaped($0) }
        .joined(separator: " | ") + " |\n"
    }
    for note in notes { text += "\n" + escaped(note) + "\n" }
    return text
  }
}
