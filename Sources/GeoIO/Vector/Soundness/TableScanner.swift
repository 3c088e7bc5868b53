import CGDAL
import RasterCore

/// Looks through a table of text for what GDAL's driver reads in another way than it was written, without a word:
/// a quotation mark that none closes makes one text of all rows down to the next one.
///
/// Source: RFC 4180, section 2. Where a file keeps to it, rows and fields are the ones that GDAL reads.
struct TableScanner {
  struct Fault {
    let line: Int
    let what: String
  }
  private(set) var fault: Fault?
  /// Of the first row.
  private(set) var width: Int?

  private let separator: UInt8
  /// Whether rows must be as wide as the first.
  private let areWidthsChecked: Bool
  private var state = State.before
  private var line = 1
  /// Where the quotation mark stands that opened the field.
  private var openLine = 1
  private var fields = 0
  /// The last field of the row that is not empty.
  private var lastFilled = 0
  /// Quotation marks in a field that none opens.
  private var strayQuotes = 0

  private enum State {
    /// At the beginning of a field.
    case before
    case plain, quoted
    /// Behind a quotation mark in a quoted field: the last one, or the first of two.
    case closing
  }

  init(separator: UInt8, areWidthsChecked: Bool = true) {
    (self.separator, self.areWidthsChecked) = (separator, areWidthsChecked)
  }

  mutating func take(_ bytes: [UInt8]) {
    for byte in bytes where fault == nil { take(byte) }
  }

  /// Says that no more bytes follow.
  mutating func end() {
    if case .quoted = state { note("a quotation mark of this line is never closed", openLine) }
    endRow()
  }

  private mutating func take(_ byte: UInt8) {
    if byte == 0 { note("it holds a byte of value 0, as texts of two bytes a letter do (UTF-16)") }
    switch (state, byte) {
    case (.quoted, UInt8(ascii: "\"")): state = .closing
    case (.quoted, _): break
    case (.closing, UInt8(ascii: "\"")): state = .quoted
    case (_, separator): endField()
    case (_, UInt8(ascii: "\n")), (_, UInt8(ascii: "\r")): endRow()
    case (.before, UInt8(ascii: "\"")): (state, openLine, lastFilled) = (.quoted, line, fields + 1)
    case (.before, 0x20): break
    case (.before, 0xEF), (.before, 0xBB), (.before, 0xBF):
      // A byte order mark before everything else.
      if width != nil || lastFilled > 0 { (state, lastFilled) = (.plain, fields + 1) }
    case (.before, _): (state, lastFilled) = (.plain, fields + 1)
    case (.plain, UInt8(ascii: "\"")): strayQuotes += 1
    case (.plain, _), (.closing, 0x20): break
    case (.closing, _):
      note(
        "a text goes on behind its closing quotation mark"
          + (openLine < line ? "; it was opened in line \(openLine)" : ""))
    }
    if byte == UInt8(ascii: "\n") { line += 1 }
  }

  private mutating func endField() {
    // Two of them GDAL leaves out; one it takes for the beginning of a quoted text.
    if strayQuotes % 2 == 1 { note("a single quotation mark stands within a text") }
    (state, strayQuotes, fields) = (.before, 0, fields + 1)
  }

  private mutating func endRow() {
    let isBlank = fields == 0 && lastFilled == 0
    guard !isBlank else { return }
    endField()
    let width = width ?? fields
    // Empty fields at a row's end are some programs' habit.
    if areWidthsChecked, fields < width || lastFilled > width {
      note("it has \(fields) fields, the first row \(width)")
    }
    self.width = width
    (fields, lastFilled) = (0, 0)
  }

  private mutating func note(_ what: String, _ line: Int? = nil) {
    if fault == nil { fault = Fault(line: line ?? self.line, what: what) }
  }
}

extension VectorDataset {
  /// - Throws: `.input`, slug `unreadable-features`, for a table that GDAL does not read as it is written.
  func refuseLossesInTable(named name: String, _ definition: OGRFeatureDefnH) throws(HabitatError) {
    guard let table = tablePath(named: name) else { return }
    let count = unsafe Int(OGR_FD_GetFieldCount(definition))
    let separator = Self.separator(of: table, makingFields: count)
    var scanner = TableScanner(
      separator: separator ?? UInt8(ascii: ","), areWidthsChecked: separator != nil)
    _ = FileSystem.read(table) {
      scanner.take($0)
      return scanner.fault == nil
    }
    scanner.end()
    guard let fault = scanner.fault else { return }
    throw HabitatError(
      .input, "unreadable-features", "the table is not read as it is written: \(fault.what)",
      at: "\(table), line \(fault.line)",
      fix: "mend that row: a text with quotation marks stands between two, and doubles those "
        + "within it (\"the \"\"Big\"\" Park\"); or save the table anew as CSV in UTF-8")
  }

  /// The file of a layer; of a folder of tables, that of its name.
  private func tablePath(named name: String) -> String? {
    let plain = path.hasPrefix("CSV:") ? String(path.dropFirst(4)) : path
    let stem = name.lowercased()
    let others = files.filter {
      let file = ($0.split(separator: "/").last ?? "").lowercased()
      return [".csv", ".tsv", ".psv", ".txt"].contains { file == stem + $0 }
    }
    return ([plain] + others).first {
      if case .bytes = FileSystem.size(of: $0) { true } else { false }
    }
  }

  /// What stands between fields, of which GDAL makes so many in the first row; blanks it counts in its own way.
  private static func separator(of table: String, makingFields count: Int) -> UInt8? {
    [",", ";", "\t", "|"].map { $0.utf8.first! }.first { separator in
      var scanner = TableScanner(separator: separator)
      _ = FileSystem.read(table, atMost: 1 << 16) {
        scanner.take($0)
        return false
      }
      scanner.end()
      return scanner.width == count
    }
  }
}
