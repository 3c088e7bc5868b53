public import RasterCore

/// Tables on terminals that are narrower than they are: the classes keep their columns and all figures their
/// digits as long as they find room; names and headings take several lines.
extension PrintedTable {
  /// The table in columns, as `page` has room for them.
  public func text(on page: TextPage) -> String {
    let notes = self.notes.map { page.folded($0) + "\n" }.joined()
    return page.folded(title + " (km²)") + "\n\n" + columns(on: page)
      + (notes.isEmpty ? "" : "\n" + notes)
  }

  private func columns(on page: TextPage) -> String {
    let lines = [header] + rows
    let natural = header.indices.map { column in lines.map { $0[column].displayWidth }.max() ?? 0 }
    guard let width = page.width else { return columns(natural, gap: 2, page) }
    if natural.reduce(2 * (natural.count - 1), +) <= width {
      return columns(natural, gap: 2, page)
    }
    // Headings in several lines, but no word of them and no figure is broken.
    let figures = header.indices.dropFirst().map { column in
      (header[column].split(separator: " ").map(String.init) + rows.map { $0[column] })
        .map(\.displayWidth).max() ?? 0
    }
    let names = width - figures.reduce(2 * figures.count, +)
    let needed = rows.map { $0[0].displayWidth }.max() ?? 0
    if names >= min(Self.leastNames, needed) {
      return columns([min(names, natural[0])] + figures, gap: 2, page)
    }
    for gap in [2, 1] where figures.reduce(gap * figures.count, +) <= width {
      return columns([0] + figures, gap: gap, page)
    }
    return list(width, page)
  }

  /// Columns of a terminal that long names need beside the figures, and else stand above them.
  private static let leastNames = 14

  /// - Parameter widths: of the columns; 0 for names that stand above their figures.
  private func columns(_ widths: [Int], gap: Int, _ page: TextPage) -> String {
    let space = String(repeating: " ", count: gap)
    let isAbove = widths[0] == 0
    let whole = widths.reduce(gap * (widths.count - 1), +)
    func line(_ fields: [String]) -> String {
      var cells = zip(fields, widths).map { field, width in
        field.displayWidth <= width ? [field] : field.folded(to: max(width, 1), breakingWords: true)
      }
      if isAbove { cells[0] = [] }
      // Headings stand on their rule, figures beside the beginning of the name.
      let height = cells.map(\.count).max() ?? 1
      let isHeader = fields == header
      return (isAbove ? fields[0].folded(to: whole, breakingWords: true).map { $0 + "\n" } : [])
        .joined()
        + (0..<height).map { row in
          let text = cells.indices.map { column -> String in
            let cell = cells[column]
            let index = isHeader ? row - (height - cell.count) : row
            let text = cell.indices.contains(index) ? cell[index] : ""
            let blank = String(repeating: " ", count: max(0, widths[column] - text.displayWidth))
            return column == 0 ? text + blank : blank + text
          }.joined(separator: space)
          return height > 1 ? text.withoutBlanksAtEnd + "\n" : text + "\n"
        }.joined()
    }
    let rule = rule(widths, gap, page)
    var text = line(header) + rule
    for (index, row) in rows.enumerated() {
      if hasTotal && index == rows.count - 1 { text += rule }
      text += line(row)
    }
    return text
  }

  /// A line under the columns, in the colours of the classes where there are colours.
  private func rule(_ widths: [Int], _ gap: Int, _ page: TextPage) -> String {
    widths.enumerated().map { column, width in
      let space = column == 0 ? "" : String(repeating: "─", count: gap)
      guard page.hasColours, let colour = colour(ofColumn: column) else {
        return space + String(repeating: "─", count: width)
      }
      return space + page.painted(String(repeating: "━", count: width), .colour(colour))
    }.joined() + "\n"
  }

  private func colour(ofColumn column: Int) -> UInt32? {
    let part = column - 2
    return partColours.indices.contains(part) ? partColours[part] : nil
  }

  /// A line for each figure, where not even the figures find room beside one another.
  private func list(_ width: Int, _ page: TextPage) -> String {
    let figures = rows.flatMap { $0.dropFirst() }.map(\.displayWidth).max() ?? 0
    let names = max(1, min(width - figures - 4, header.map(\.displayWidth).max() ?? 0))
    return rows.map { row in
      let name = row[0].folded(to: width, breakingWords: true).map { $0 + "\n" }.joined()
      return name
        + header.indices.dropFirst().map { column in
          let heading = header[column].shortened(toWidth: names)
          let (blank, space) = (
            String(repeating: " ", count: names - heading.displayWidth),
            String(repeating: " ", count: max(0, figures - row[column].displayWidth))
          )
          let shown = colour(ofColumn: column).map { page.painted("■ ", .colour($0)) } ?? ""
          return (page.hasColours && !shown.isEmpty ? shown : "  ")
            + heading + blank + "  " + space + row[column] + "\n"
        }.joined()
    }.joined(separator: "\n")
  }
}

extension String {
  fileprivate var withoutBlanksAtEnd: String {
    var rest = self[...]
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }

  /// The text where it is narrow enough, else its beginning and an ellipsis.
  fileprivate func shortened(toWidth width: Int) -> String {
    guard displayWidth > width else { return self }
    var text = ""
    for character in self where (text + String(character)).displayWidth < width {
      text.append(character)
    }
    return text + "…"
  }
}
