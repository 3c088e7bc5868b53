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
        Terminal.message(error.description)
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

  private static func run(_ words: [String]) throws(HabitatError) -> Int32 {
    guard let first = words.first else {
      _ = try HelpCommand.run(try Arguments([], for: HelpCommand.description))
      return HabitatError.Kind.usage.exitCode
    }
    let command = try Commands.command(named: command(for: first))
    let rest = Array(words.dropFirst())
    if rest.contains("--help") || rest.contains("-h") {
      let name = command.description.name
      return try HelpCommand.run(try Arguments([name], for: HelpCommand.description))
    }
    let arguments = try Arguments(rest, for: command.description)
    if command.opensFiles { try Habitat.refuseTooSmallLimits() }
    return try command.run(arguments)
  }
}
