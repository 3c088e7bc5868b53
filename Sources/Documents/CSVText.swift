/// Comma-separated values as RFC 4180 has them.
public enum CSVText {
  /// The fields of one line, quotes undone.
  ///
  /// Bytes and not characters: to Swift a comma and an accent behind it are one character, to a reader
  /// of CSV they are a comma and an accent.
  public static func fields(of line: String) -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var previousWasQuote = false
    for byte in line.utf8 {
      if byte == quote {
        if isQuoted {
          previousWasQuote = true
          isQuoted = false
        } else {
          if previousWasQuote { field.append(quote) }
          previousWasQuote = false
          isQuoted = true
        }
        continue
      }
      previousWasQuote = false
      if byte == comma && !isQuoted {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      } else {
        field.append(byte)
      }
    }
    return fields + [String(decoding: field, as: UTF8.self)]
  }

  /// A field as it is written: in quotes where it holds a comma, a quote or a line break.
  public static func field(_ text: String) -> String {
    let special = [comma, quote, UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    guard text.utf8.contains(where: special.contains) else { return text }
    var bytes = [quote]
    for byte in text.utf8 { bytes += byte == quote ? [quote, quote] : [byte] }
    return String(decoding: bytes + [quote], as: UTF8.self)
  }

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")

  public static func line(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",") + "\r\n"
  }
}
