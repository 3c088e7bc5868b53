import RasterCore

/// Lines of fields set in columns, two blanks apart.
///
/// On a terminal that is too narrow, columns of words become narrower and their fields have several lines;
/// where that does not suffice, each line of fields becomes a paragraph.
struct TextColumns {
  private var lines: [[String]] = []
  /// Columns set flush right, whose figures stay on one line.
  private let numeric: Set<Int>
  /// The first line names the columns.
  private let hasHeader: Bool

  init(numeric: Set<Int> = [], hasHeader: Bool = false) {
    (self.numeric, self.hasHeader) = (numeric, hasHeader)
  }

  mutating func add(_ fields: String...) { add(fields) }
  mutating func add(_ fields: [String]) { lines.append(fields.map(\.shown)) }

  func text(on page: TextPage) -> String {
    let widths = widths { _, field in field.displayWidth }
    guard let width = page.width, Self.total(widths) > width else { return text(widths, lines) }
    guard let narrow = narrowed(widths, to: width) else { return paragraphs(width) }
    return lines.map { fields in
      let cells = zip(fields, narrow).map { $0.folded(to: $1, breakingWords: true) }
      let height = cells.map(\.count).max() ?? 0
      return text(
        narrow, (0..<height).map { row in cells.map { row < $0.count ? $0[row] : "" } })
    }.joined()
  }

  /// What each column needs, as far as its lines tell.
  private func widths(_ need: (_ line: Int, _ field: String) -> Int) -> [Int] {
    (0..<(lines.map(\.count).max() ?? 0)).map { column in
      lines.enumerated().map { index, fields in
        column < fields.count ? need(index, fields[column]) : 0
      }.max() ?? 0
    }
  }

  /// Columns of a terminal that a line takes.
  private static func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + 2 * widths.count }

  /// Fewest columns of a field of words.
  private static let least = 8

  /// Widths with which lines fit, the widest columns narrowed first; `nil` where there are too many.
  private func narrowed(_ widths: [Int], to width: Int) -> [Int]? {
    let words = self.widths { _, field in
      field.split(separator: " ").map { String($0).displayWidth }.max() ?? 0
    }
    let parts = self.widths { _, field in field.widestPart }
    let figures = self.widths { line, field in hasHeader && line == 0 ? 0 : field.displayWidth }
    let floors = widths.indices.map { column in
      numeric.contains(column)
        ? max(figures[column], hasHeader ? words[column] : 0)
        : max(parts[column], min(widths[column], Self.least))
    }
    var narrow = widths
    while Self.total(narrow) > width {
      let column = narrow.indices.filter { narrow[$0] > floors[$0] }.max { narrow[$0] < narrow[$1] }
      guard let column else { return nil }
      narrow[column] -= 1
    }
    return narrow
  }

  private func text(_ widths: [Int], _ lines: [[String]]) -> String {
    lines.map { fields in
      var line = " "
      for (column, field) in fields.enumerated() {
        let space = String(repeating: " ", count: widths[column] - field.displayWidth)
        line += " " + (numeric.contains(column) ? space + field : field + space)
        line += column < fields.count - 1 ? " " : ""
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// Each line with the names of its columns, if they have any.
  private func paragraphs(_ width: Int) -> String {
    let header = hasHeader ? lines.first ?? [] : []
    return lines.dropFirst(hasHeader ? 1 : 0).map { fields in
      let parts = fields.enumerated().filter { !$1.isEmpty }.map { column, field in
        let name = column < header.count ? header[column] : ""
        return name.isEmpty ? field : "\(name) \(field)"
      }
      let text = parts.joined(separator: ", ").folded(to: width - 4, taken: -2, breakingWords: true)
      return "  " + text.joined(separator: "\n    ") + "\n"
    }.joined()
  }
}
