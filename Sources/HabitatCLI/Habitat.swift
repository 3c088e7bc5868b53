import Documents
import Foundation
import HabitatKit
import RasterCore

/// The program: finds the command, runs it, and turns a failure into a message and an exit code.
@main
enum HabitatProgram {
  static func main() {
    let words = ProcessWords.all
    Habitat.shareHeap()
    Terminal.occupyStandardFiles()
    Interruption.watch {
      do throws(HabitatError) {
        exit(try run(words))
      } catch {
        Terminal.show(error)
        // Not `exit`: threads may still be reading, and must not meet libraries that are torn down.
        _exit(error.kind.exitCode)
      }
    }
  }

  /// What may stand in the place of a command.
  private static func command(for word: String) -> String {
    switch word {
    case "--help", "-h": HelpCommand.description.name
    case "--version", "-V": VersionCommand.description.name
    default: word
    }
  }

  /// What other programs ask for: shells, packages and forms.
  private static func answerProgram(
    _ first: String, _ rest: [String]
  ) throws(HabitatError) -> Bool {
    let commands = Commands.all.map { $0.description }
    switch first {
    case "--complete":
      guard let shell = rest.first.flatMap(CompletionShell.init) else { return false }
      Terminal.write(shell.answer(to: Array(rest.dropFirst()), among: commands))
    case "--describe":
      let words = try CommandWords(code: try language(rest))
      Terminal.write(CommandDescription.document(of: commands, in: words).text + "\n")
    case "--man":
      guard let folder = rest.first else {
        throw HabitatError(
          .usage, "bad-option", "a folder is missing", at: "habitat --man",
          fix: "write habitat --man DIR")
      }
      try ManPage.write(ManPage.all(of: commands, Commands.summary), to: folder)
    default: return false
    }
    return true
  }

  /// The code behind `--language`, the only option of `habitat --describe`.
  private static func language(_ words: [String]) throws(HabitatError) -> String? {
    let name = "--language"
    switch (words.count, words.first) {
    case (0, _): return nil
    case (1, let word?) where word.hasPrefix(name + "="):
      return String(word.dropFirst(name.count + 1))
    case (2, name): return words[1]
    default:
      throw HabitatError(
        .usage, "bad-option", "\(words.joined(separator: " ")) is not understood",
        at: "habitat --describe", fix: "write habitat --describe, or with \(name) CODE")
    }
  }

  private static func run(_ words: [String]) throws(HabitatError) -> Int32 {
    // Before anything can be wrong with the words.
    if Arguments.asksForJSONProgress(words) { Terminal.speakJSON() }
    guard let first = words.first else {
      _ = try HelpCommand.run(try Arguments([], for: HelpCommand.description))
      return HabitatError.Kind.usage.exitCode
    }
    let rest = Array(words.dropFirst())
    if try answerProgram(first, rest) { return 0 }
    try ProcessWords.refuseUnreadable()
    let command = try Commands.command(named: command(for: first))
    if rest.contains("--help") || rest.contains("-h") {
      let name = command.description.name
      return try HelpCommand.run(try Arguments([name], for: HelpCommand.description))
    }
    let arguments = try Arguments(rest, for: command.description)
    if command.opensFiles { try Habitat.refuseTooSmallLimits() }
    return try command.run(arguments)
  }
}
