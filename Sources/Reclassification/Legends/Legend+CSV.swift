import RasterCore

extension Legend {
  /// Reads `code,label,category_id,category,note`; only `code` and one of the categories must be there.
  init(csv source: LegendSource, name: String) throws(HabitatError) {
    let records = try CSVRecord.records(of: source)
    guard let header = records.first else {
      throw source.failure("the legend is empty", line: 1, fix: Self.headerFix)
    }
    let columns = header.fields.map { $0.lowercased() }
    func column(_ key: String) -> Int? { columns.firstIndex(of: key) }
    guard let codeColumn = column("code") else {
      let form =
        "a header with code, a GDAL mapping like [2,4]=5 or r.reclass rules like 1 thru 3 = 5"
      throw source.failure(
        "the legend has no form known here: \(form)", line: header.line, fix: Self.headerFix)
    }
    let (identifierColumn, keyColumn) = (column("category_id"), column("category"))
    guard identifierColumn != nil || keyColumn != nil else {
      throw source.failure(
        "the header has neither category_id nor category", line: header.line, fix: Self.headerFix)
    }
    for key in columns where !key.isEmpty && columns.filter({ $0 == key }).count > 1 {
      throw source.failure(
        "the column \(key) occurs twice", line: header.line, fix: "keep one of them")
    }
    var entries: [Int: Entry] = [:]
    for record in records.dropFirst() {
      guard record.fields.count <= columns.count else {
        throw source.failure(
          "\(record.fields.count) fields under \(columns.count) columns", line: record.line,
          fix: "put a label that holds a comma in double quotes")
      }
      func field(_ column: Int?) -> String {
        column.flatMap { $0 < record.fields.count ? record.fields[$0] : nil } ?? ""
      }
      guard let code = Int(field(codeColumn)) else {
        throw source.failure(
          "the code \"\(field(codeColumn))\" is not a whole number", line: record.line,
          fix: "write the raster's own code, for example 10")
      }
      guard entries[code] == nil else {
        throw source.failure(
          "the code \(code) occurs twice", line: record.line, fix: "keep one row for each code")
      }
      let category = try Self.category(
        identifier: field(identifierColumn), key: field(keyColumn), source, line: record.line)
      entries[code] = Entry(
        category: category, label: field(column("label")), note: field(column("note")))
    }
    guard !entries.isEmpty else {
      throw source.failure(
        "the legend has a header but no rows", line: header.line, fix: "add one row for each code")
    }
    self.init(name: name, entries: entries)
  }

  private static let headerFix = "begin with the header code,label,category_id,category,note"

  /// The category that both columns agree on; either may be empty, and `category` may hold a number.
  private static func category(
    identifier: String, key: String, _ source: LegendSource, line: Int
  ) throws(HabitatError) -> LandCategory? {
    guard !identifier.isEmpty || !key.isEmpty else {
      throw source.failure(
        "the row has no category", line: line,
        fix: "write 1…10 or a key such as meadow; 0 or nodata for no data")
    }
    let byKey = key.isEmpty ? nil : try source.destination(key, line: line)
    guard !identifier.isEmpty else { return byKey?.category }
    guard Int(identifier) != nil else {
      throw source.failure(
        "the category_id \"\(identifier)\" is not a number", line: line,
        fix: "write 0…10 here and keys in the column category")
    }
    let byIdentifier = try source.destination(identifier, line: line)
    if let byKey, byKey != byIdentifier {
      let meant = byIdentifier.category?.key ?? "nodata"
      throw source.failure(
        "category_id \(identifier) is \(meant), but category says \(key)", line: line,
        fix: "correct one of the two")
    }
    return byIdentifier.category
  }
}

/// One record of a CSV file.
struct CSVRecord {
  /// The line it begins on, counted from 1.
  let line: Int
  /// Unquoted, without outer blanks.
  let fields: [String]

  /// The records of a text with quoted fields after RFC 4180; empty lines and lines that begin with
  /// `#` are passed over.
  ///
  /// Fields are separated by commas or, where the header has none, by semicolons or tabs: spreadsheets of
  /// languages with a decimal comma write these.
  static func records(of source: LegendSource) throws(HabitatError) -> [CSVRecord] {
    let bytes = Array(source.text.utf8)
    let (quote, feed, carriage) = (UInt8(34), UInt8(10), UInt8(13))
    let header = source.lines.first { !$0.content.isEmpty }?.content ?? ""
    let separator = [",", ";", "\t"].first(where: header.contains)?.utf8.first ?? UInt8(44)
    var records: [CSVRecord] = []
    var (fields, field): ([String], [UInt8]) = ([], [])
    var (line, start, index, isQuoted, wasQuoted) = (1, 1, 0, false, false)
    func finished() -> String { String(decoding: field, as: UTF8.self).trimmed }
    while index <= bytes.count {
      let byte = index < bytes.count ? bytes[index] : feed
      index += 1
      if isQuoted, index <= bytes.count {
        if byte == feed { line += 1 }
        if byte != quote {
          field.append(byte)
        } else if index < bytes.count, bytes[index] == quote {
          field.append(quote)
          index += 1
        } else {
          isQuoted = false
        }
        continue
      }
      guard !isQuoted else {
        throw source.failure(
          "a quoted field is never closed", line: start, fix: "add the closing double quote")
      }
      switch byte {
      case quote where finished().isEmpty && !wasQuoted:
        (field, isQuoted, wasQuoted) = ([], true, true)
      case quote:
        throw source.failure(
          "a double quote inside a field", line: line,
          fix: "quote the whole field and double the quotes in it")
      case separator:
        fields.append(finished())
        (field, wasQuoted) = ([], false)
      case feed, carriage:
        if byte == carriage, index < bytes.count, bytes[index] == feed { index += 1 }
        fields.append(finished())
        if !(fields == [""] || fields[0].hasPrefix("#")) {
          records.append(CSVRecord(line: start, fields: fields))
        }
        (fields, field, wasQuoted) = ([], [], false)
        line += 1
        start = line
      default: field.append(byte)
      }
    }
    return records
  }
}
