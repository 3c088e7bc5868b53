import Documents
import Foundation
import RasterCore

/// The fixed texts of the report in one language, and how that language writes numbers.
///
/// Texts lie in `Resources/Wording`, a file by topic and language: `report.en.json`, `report.ru.json`, ….
/// A text may hold places such as `{area}`, filled in when it is used.
public struct Wording: Sendable {
  public enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case russian = "ru"
    case chinese = "zh"

    /// The files of this language, one a topic.
    var files: [[UInt8]] {
      switch self {
      case .english:
        [
          PackageResources.model_en_json, PackageResources.pages_en_json,
          PackageResources.published_en_json, PackageResources.report_en_json,
          PackageResources.warnings_en_json,
        ]
      case .russian:
        [
          PackageResources.model_ru_json, PackageResources.pages_ru_json,
          PackageResources.published_ru_json, PackageResources.report_ru_json,
          PackageResources.warnings_ru_json,
        ]
      case .chinese:
        [
          PackageResources.model_zh_json, PackageResources.pages_zh_json,
          PackageResources.published_zh_json, PackageResources.report_zh_json,
          PackageResources.warnings_zh_json,
        ]
      }
    }
  }

  public let language: Language
  let texts: [String: String]

  public init(_ language: Language) {
    self.language = language
    var texts: [String: String] = [:]
    for file in language.files {
      let members = try? JSONDecoder().decode([String: String].self, from: Data(file))
      guard let members else { preconditionFailure("Resources/Wording: not a table of texts") }
      texts.merge(members) { _, _ in preconditionFailure("Resources/Wording: a text comes twice") }
    }
    self.texts = texts
  }

  /// A text as it is.
  public subscript(key: String) -> String {
    guard let text = texts[key] else {
      preconditionFailure("Resources/Wording lacks \(key) in \(language.rawValue)")
    }
    return text
  }

  /// A text that may be absent, such as the name of a species of the user's own.
  func text(_ key: String) -> String? { texts[key] }

  /// A text with its places filled in.
  public func sentence(_ key: String, _ values: [String: String]) -> String {
    Self.fill(self[key], values)
  }

  /// A text with markup, such as figures, in its places.
  public func markup(_ key: String, _ values: [String: Markup] = [:]) -> Markup {
    Markup(trusted: Self.fill(Markup(text: self[key]).source, values.mapValues(\.source)))
  }

  /// In one pass: a value that looks like a place is not filled in again.
  private static func fill(_ text: String, _ values: [String: String]) -> String {
    var parts = text.split(separator: "{", omittingEmptySubsequences: false).makeIterator()
    var filled = String(parts.next() ?? "")
    while let part = parts.next() {
      guard let end = part.firstIndex(of: "}"), let value = values[String(part[..<end])] else {
        preconditionFailure("Resources/Wording: no value for a place of \"\(text)\"")
      }
      filled += value + part[part.index(after: end)...]
    }
    return filled
  }

  /// What stands between two sentences.
  var sentenceSpace: String { language == .chinese ? "" : " " }

  /// The texts that the page's script needs, as JSON: those whose key begins with `script.`, the names of
  /// classes and categories, and how numbers are written.
  var scriptTexts: String {
    let prefixes = ["script.", "class.", "category.", "map.kilometres", "map.metres"]
    let members = texts.filter { text in prefixes.contains { text.key.hasPrefix($0) } }
      .sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .string($0.value)) }
    return JSONValue.object(
      members + [
        .init("group", .string(groupSeparator)), .init("decimal", .string(decimalSeparator)),
      ]
    ).compactText
  }

  // MARK: Numbers

  /// Between the thousands: a comma in English and Chinese, a space that does not break in Russian.
  public var groupSeparator: String { language == .russian ? "\u{00A0}" : "," }
  public var decimalSeparator: String { language == .russian ? "," : "." }

  /// Fixed decimals, thousands apart.
  public func number(_ value: Double, decimals: Int) -> String {
    value.grouped(decimals: decimals).reduce(into: "") { text, character in
      switch character {
      case ",": text += groupSeparator
      case ".": text += decimalSeparator
      case "-": text += "\u{2212}"
      default: text.append(character)
      }
    }
  }

  /// The same, but of what is above zero and would be written as zero that it is less than the last place: `<1`,
  /// `<0.01`.
  public func amount(_ value: Double, decimals: Int) -> String {
    let text = number(value, decimals: decimals)
    return value > 0 && parse(text)?.value == 0 ? "<" + step(decimals) : text
  }

  /// What an amount that `amount(_:decimals:)` wrote as less than it is less than; `nil` for any other text.
  public func bound(_ text: String) -> Double? {
    guard text.hasPrefix("<"), let (value, decimals) = parse(String(text.dropFirst())),
      text.dropFirst() == step(decimals)
    else { return nil }
    return value
  }

  private func step(_ decimals: Int) -> String {
    number((0..<decimals).reduce(1.0) { step, _ in step / 10 }, decimals: decimals)
  }

  /// The number that `number(_:decimals:)` wrote, and its decimals; `nil` for any other text.
  public func parse(_ text: String) -> (value: Double, decimals: Int)? {
    var digits = ""
    for character in text.replacing(groupSeparator, with: "") {
      switch character {
      case "\u{2212}": digits += "-"
      case _ where String(character) == decimalSeparator: digits += "."
      case "0"..."9": digits.append(character)
      default: return nil
      }
    }
    guard let value = Double(digits), number(value, decimals: Self.decimals(of: digits)) == text
    else { return nil }
    return (value, Self.decimals(of: digits))
  }

  private static func decimals(of digits: String) -> Int {
    digits.firstIndex(of: ".").map { digits.distance(from: $0, to: digits.endIndex) - 1 } ?? 0
  }
}
