import Foundation

/// What a report's page says, read out of its HTML alone.
struct ReportText {
  /// An element `<data>` with its attributes and the text that readers see.
  struct Figure {
    let attributes: [String: String]
    let text: String
  }

  /// `nil` where the page names no language of the report.
  let wording: Wording?
  let figures: [Figure]
  /// The texts of cells for numbers that hold digits but no `<data>`.
  let loneNumbers: [String]

  init(_ html: String) {
    wording = ReportSettings(readingFrom: html).map { Wording($0.language) }
    figures = Self.elements("data", in: html).map { attributes, content in
      Figure(attributes: attributes, text: Self.text(of: content))
    }
    loneNumbers = Self.elements("td", in: html).compactMap { attributes, content in
      guard attributes["class"]?.split(separator: " ").contains("number") == true else {
        return nil
      }
      let rest = Self.withoutFigures(content)
      return rest.contains(where: \.isNumber) ? Self.text(of: content) : nil
    }
  }

  /// The elements of a name that hold no others of that name, each with its attributes and its source.
  private static func elements(
    _ name: String, in html: String
  ) -> [(attributes: [String: String], content: Substring)] {
    // Foundation finds texts in megabytes of pictures many times faster than the standard library.
    html.components(separatedBy: "<\(name) ").dropFirst().compactMap { part in
      guard let end = part.firstIndex(of: ">"), let close = part.range(of: "</\(name)>"),
        end < close.lowerBound
      else { return nil }
      return (
        attributes(in: part[..<end]), part[part.index(after: end)..<close.lowerBound]
      )
    }
  }

  /// The attributes of a tag whose name has been read.
  static func attributes(in source: Substring) -> [String: String] {
    var attributes: [String: String] = [:]
    // What stands between quotes is a value, what stands before it a name.
    let parts = source.split(separator: "\"", omittingEmptySubsequences: false)
    for index in stride(from: 0, to: parts.count - 1, by: 2) {
      let name = parts[index].filter { !" =\n".contains($0) }
      attributes[name] = unescaped(String(parts[index + 1]))
    }
    return attributes
  }

  /// The text of source without its figures.
  private static func withoutFigures(_ source: Substring) -> String {
    let parts = source.components(separatedBy: "<data ")
    let rests = parts.dropFirst().map { part in
      part.range(of: "</data>").map { String(part[$0.upperBound...]) } ?? ""
    }
    return text(of: Substring(parts[0] + rests.joined()))
  }

  /// The text of source: no tags, entities undone.
  private static func text(of source: Substring) -> String {
    var text = ""
    var isTag = false
    for character in source {
      switch character {
      case "<": isTag = true
      case ">": isTag = false
      default: if !isTag { text.append(character) }
      }
    }
    return unescaped(text)
  }

  private static func unescaped(_ source: String) -> String {
    let entities = [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ]
    guard source.contains("&") else { return source }
    return entities.reduce(source) { $0.replacing($1.0, with: $1.1) }
  }
}
