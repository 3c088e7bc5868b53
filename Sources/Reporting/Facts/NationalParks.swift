import Foundation

/// Whether zones are national parks, as far as their names tell: what is asked for by a heading that would say it
/// of districts, reserves and study areas, too.
enum NationalParks {
  /// In the languages of the report.
  private static let words = ["national park", "национальный парк", "国家公园"]
  private static let published = Set(
    [PublishedTable.leopard, .tiger].flatMap(\.rows).flatMap(\.names).flatMap(ParkMatch.keys))

  /// Each is called one, or is one of those that NEASPEC (2026) has figures of.
  static func are(_ names: [String]) -> Bool {
    !names.isEmpty
      && names.allSatisfy { name in
        let plain = name.folding(options: [.caseInsensitive, .widthInsensitive], locale: nil)
        return words.contains { plain.contains($0) }
          || !published.isDisjoint(with: ParkMatch.keys(of: name))
      }
  }

  /// What the column of their names is called, and what an outline on a map is.
  static func heading(of names: [String], in wording: Wording) -> String {
    wording[are(names) ? "table.park" : "table.area"]
  }
}
