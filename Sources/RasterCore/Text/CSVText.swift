/// Comma-separated values as RFC 4180 has them.
public enum CSVText {
  /// The fields of one line, quotes undone.
  public static func fields(of line: String) -> [String] {
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    var previousWasQuote = false
    for character in line {
      if character == "\"" {
        if isQuoted {
          previousWasQuote = true
          isQuoted = false
        } else {
          if previousWasQuote { field.append("\"") }
          previousWasQuote = false
          isQuoted = true
        }
        continue
      }
      previousWasQuote = false
      if character == "," && !isQuoted {
        fields.append(field)
        field = ""
      } else {
        field.append(character)
      }
    }
    return fields + [field]
  }

  /// A field as it is written: in quotes where it holds a comma, a quote or a line break.
  public static func field(_ text: String) -> String {
    let needsQuotes = text.contains { ",\"\n\r\r\n".contains($0) }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  public static func line(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",") + "\r\n"
  }
}
