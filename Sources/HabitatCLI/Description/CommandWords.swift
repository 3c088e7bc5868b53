import Foundation
import RasterCore

/// What is said of commands and options, in a language.
///
/// The words lie in `Resources/Words`, a file by language. A key is the name of an option, behind that of its
/// command where the option means something else there, or the English text. What has no words stays English.
struct CommandWords: Sendable {
  enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case russian = "ru"
    case chinese = "zh"
  }

  let language: Language
  private let words: [String: String]

  init(_ language: Language) {
    self.language = language
    let file: [UInt8]? =
      switch language {
      case .english: nil
      case .russian: PackageResources.commands_ru_json
      case .chinese: PackageResources.commands_zh_json
      }
    guard let file else {
      words = [:]
      return
    }
    guard let words = try? JSONDecoder().decode([String: String].self, from: Data(file)) else {
      preconditionFailure("Resources/Words: not a table of texts")
    }
    self.words = words
  }

  /// - Parameter code: `nil` for English.
  /// - Throws: `.usage`, slug `bad-option`.
  init(code: String?) throws(HabitatError) {
    let known = Language.allCases.map(\.rawValue)
    guard let language = Language(rawValue: code ?? Language.english.rawValue) else {
      throw HabitatError(
        .usage, "bad-option", "there are no words in the language \"\(code ?? "")\"",
        at: "habitat --describe --language", fix: "known: \(known.joined(separator: ", "))")
    }
    self.init(language)
  }

  func knows(_ text: String) -> Bool { words[text] != nil }

  func knows(_ option: Option, of command: CommandDescription) -> Bool {
    words["\(command.name) \(option.name)"] != nil || words[option.name] != nil
  }

  subscript(text: String) -> String { words[text] ?? text }

  func help(of option: Option, in command: CommandDescription) -> String {
    words["\(command.name) \(option.name)"] ?? words[option.name] ?? option.help
  }
}
