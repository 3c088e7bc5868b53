import Foundation
import HabitatKit
import RasterCore

/// The program: finds the command, runs it, and turns a failure into a message and an exit code.
@main
enum HabitatProgram {
  private static var commands: [any Command.Type] {
    [
      ScoreCommand.self, CheckCommand.self, ReportCommand.self, VerifyCommand.self,
      ExplainCommand.self, SpeciesCommand.self, LegendsCommand.self,
    ]
  }

  static func main() {
    Habitat.shareHeap()
    Terminal.occupyStandardFiles()
    Interruption.watch {
      do throws(HabitatError) {
        exit(try run(Array(CommandLine.arguments.dropFirst())))
      } catch {
        Terminal.message(error.description)
        // Not `exit`: threads may still be reading, and must not meet libraries that are torn down.
        _exit(error.kind.exitCode)
      }
    }
  }

  private static func run(_ words: [String]) throws(HabitatError) -> Int32 {
    guard let first = words.first, first != "--help", first != "-h", first != "help" else {
      Terminal.write(overview)
      return words.isEmpty ? HabitatError.Kind.usage.exitCode : 0
    }
    if first == "--version" {
      Terminal.write(Habitat.versionText + "\n")
      return 0
    }
    guard let command = commands.first(where: { $0.name == first }) else {
      let names = commands.map { $0.name }
      let nearest = first.nearest(in: names).map { "did you mean habitat \($0)? " } ?? ""
      throw HabitatError(
        .usage, "unknown-command", "there is no command \"\(first)\"", at: "habitat",
        fix: nearest + "commands: \(names.joined(separator: ", "))")
    }
    let rest = Array(words.dropFirst())
    if rest.contains("--help") || rest.contains("-h") {
      Terminal.write(command.help.text)
      return 0
    }
    try Habitat.refuseTooSmallLimits()
    return try command.run(
      try Arguments(rest, options: command.options, command: command.path))
  }

  private static var overview: String {
    var text = """
      Habitat suitability of Amur leopard, Amur tiger and snow leopard: class rasters and km² per park.

      Usage: habitat COMMAND [options]

      Example:
        habitat score --species leopard

      Commands:

      """
    for command in commands {
      text += HelpText.entry("  " + command.name, command.help.summary, indentation: 14)
    }
    return text
      + "\nhabitat COMMAND --help tells more; habitat --version names the libraries in use.\n"
  }
}
