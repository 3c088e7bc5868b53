import RasterCore

extension Legend {
  /// Reads the rules of GRASS `r.reclass`: `1 2 3 = 1 label`, `1 thru 3 = 1`, `* = NULL`, `end`.
  ///
  /// As there, a later rule overrides an earlier one and `*` comes last. Unlike there, a code that no
  /// rule names is unknown, not null, unless `* = NULL` says so: a forgotten code must not vanish.
  ///
  /// Source: GRASS GIS 8, manual of `r.reclass`.
  init(reclassRules source: LegendSource, name: String) throws(HabitatError) {
    var entries: [Int: Entry] = [:]
    var ranges: [RangeEntry] = []
    var fallback: Fallback?
    for line in source.lines where !line.content.isEmpty {
      if line.content.lowercased() == "end" { break }
      guard fallback == nil else {
        throw source.failure(
          "a rule after the one for *", line: line.number, fix: "move the rule for * to the end")
      }
      let (left, right) = try source.sides(of: line)
      let words = right.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
      let destination = try source.destination(
        words.first ?? "", line: line.number, passThrough: left == "*" ? "*" : nil)
      guard left != "*" else {
        fallback = Fallback(destination)
        continue
      }
      let label = words.count > 1 ? words[1].trimmed : line.comment
      let entry = Entry(category: destination.category, label: label)
      for codes in try source.runs(left, line: line.number) {
        for code in Array(entries.keys) where codes.contains(code) { entries[code] = nil }
        if codes.lowerBound == codes.upperBound {
          entries[codes.lowerBound] = entry
        } else {
          ranges.insert(RangeEntry(codes: codes, entry: entry), at: 0)
        }
      }
    }
    self.init(name: name, entries: entries, ranges: ranges, fallback: fallback ?? .unknown)
  }
}

extension LegendSource {
  fileprivate func sides(of line: Line) throws(HabitatError) -> (left: String, right: String) {
    let sides = line.content.split(separator: "=", omittingEmptySubsequences: false)
      .map(\.trimmed)
    guard sides.count == 2 else {
      throw failure(
        "\"\(line.content)\" is not one rule", line: line.number,
        fix: "write one rule a line: codes = category label")
    }
    return (sides[0], sides[1])
  }

  /// The runs of codes on the left of a rule: single codes and `low thru high`.
  fileprivate func runs(
    _ text: String, line: Int
  ) throws(HabitatError) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    var words = text.split(whereSeparator: \.isWhitespace)[...]
    while let word = words.popFirst() {
      let low = try code(String(word), line: line)
      guard words.first?.lowercased() == "thru" else {
        runs.append(low...low)
        continue
      }
      words.removeFirst()
      let high = try code(words.popFirst().map(String.init) ?? "", line: line)
      runs.append(min(low, high)...max(low, high))
    }
    guard !runs.isEmpty else {
      throw failure(
        "the rule has no left-hand side", line: line, fix: "write the codes before the = sign")
    }
    return runs
  }

  private func code(_ word: String, line: Int) throws(HabitatError) -> Int {
    guard let code = Int(word) else {
      throw failure(
        word.isEmpty ? "thru has no upper end" : "\"\(word)\" is not a whole number", line: line,
        fix: "write codes such as 1 2 3, or 1 thru 3")
    }
    return code
  }
}
