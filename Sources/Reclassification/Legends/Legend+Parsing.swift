public import RasterCore

extension Legend {
  /// Reads a user's legend; which of the three forms it has is seen from its content.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, with or without a byte-order mark, any line ends.
  ///   - name: what the legend is called; by default the file's own name.
  ///   - file: the path as the user gave it, for messages.
  /// - Throws: `.input`, slug `bad-legend`, with file and line.
  public init(
    bytes: [UInt8], name: String? = nil, file: String
  ) throws(HabitatError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw HabitatError(
        .input, "bad-legend", "the legend is not UTF-8 text", at: file,
        fix: "save it as UTF-8; a legend is a CSV, a GDAL mapping or GRASS r.reclass rules"
          + Self.wayToExamples)
    }
    try self.init(text: text, name: name, file: file)
  }

  /// Reads a user's legend from its text; see `init(bytes:name:file:)`.
  public init(
    text: String, name: String? = nil, file: String
  ) throws(HabitatError) {
    let source = LegendSource(text, file: file)
    let name = name ?? file.split(separator: "/").last.map(String.init) ?? file
    guard let first = source.lines.first(where: { !$0.content.isEmpty }) else {
      throw source.failure(
        "the legend is empty", line: 1, fix: "write a CSV with the header code,label,category")
    }
    if first.content.contains("=") {
      self =
        try source.looksLikeMapping
        ? Legend(mapping: source, name: name) : Legend(reclassRules: source, name: name)
    } else if first.content.lowercased() == "end" {
      throw source.failure("the legend has no rules", line: first.number, fix: "add rules")
    } else {
      self = try Legend(csv: source, name: name)
    }
  }
}

extension Legend {
  /// Where somebody whose legend does not read finds one that does, behind what to do about the line.
  static let wayToExamples =
    "; habitat legends lists those that are built in, and habitat legends show esa_worldcover prints one as CSV"
}

/// The text of a legend by lines, and the way its parsers fail.
struct LegendSource {
  /// One line, counted from 1.
  struct Line {
    let number: Int
    /// Without comment and outer blanks.
    let content: String
    /// What stands behind `#`.
    let comment: String
  }

  let text: String
  let file: String
  let lines: [Line]

  init(_ text: String, file: String) {
    var scalars = Array(text.unicodeScalars)
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    self.file = file
    self.text = String(String.UnicodeScalarView(scalars))
    lines = Self.split(self.text)
  }

  private static func split(_ text: String) -> [Line] {
    var lines: [Line] = []
    var rows: [[UInt8]] = [[]]
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if byte == 10, previous == 13 {
        previous = byte
        continue
      }
      if byte == 10 || byte == 13 { rows.append([]) } else { rows[rows.count - 1].append(byte) }
      previous = byte
    }
    for (index, row) in rows.enumerated() {
      let line = String(decoding: row, as: UTF8.self)
      let parts = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      lines.append(
        Line(
          number: index + 1, content: parts[0].trimmed,
          comment: parts.count > 1 ? parts[1].trimmed : ""))
    }
    return lines
  }

  func failure(_ what: String, line: Int, fix: String) -> HabitatError {
    // Who is one letter off needs no example.
    let example = fix.hasSuffix("?") ? "" : Legend.wayToExamples
    return HabitatError(
      .input, "bad-legend", what, at: "\(file): line \(line)", fix: fix + example)
  }
}

extension StringProtocol {
  /// Without blanks at either end.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }
}
