import RasterCore

/// Lines of fields set in columns, two blanks apart.
struct TextColumns {
  private var lines: [[String]] = []
  /// Columns set flush right.
  private let numeric: Set<Int>

  init(numeric: Set<Int> = []) { self.numeric = numeric }

  mutating func add(_ fields: String...) { add(fields) }
  mutating func add(_ fields: [String]) { lines.append(fields.map(\.shown)) }

  var text: String {
    let count = lines.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      lines.map { column < $0.count ? $0[column].displayWidth : 0 }.max() ?? 0
    }
    return lines.map { fields in
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
}
