/// All that is said of a command, once: parsing, help, man pages, completions and `--describe` are made of it.
struct CommandDescription: Sendable {
  let command: CommandName
  /// Behind `habitat NAME`.
  let usage: String
  /// A sentence.
  let summary: String
  let examples: [String]
  /// What the command does where it does several things; the first where none is named.
  var actions: [Action] = []
  var operands: [Operand] = []
  var groups: [OptionGroup] = []
  /// Paragraphs.
  var notes: [String] = []
  /// What it ends with besides 0 and 2, which mean the same everywhere.
  var exitCodes: [(code: Int32, meaning: String)] = []

  var name: String { command.rawValue }
  var path: String { "habitat \(name)" }
  var synopsis: String { usage.isEmpty ? path : path + " " + usage }
  var options: [Option] { groups.flatMap(\.options) }
  func option(_ name: String) -> Option? { options.first { $0.name == name } }
}
