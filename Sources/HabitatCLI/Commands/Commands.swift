import Documents
import RasterCore

/// All commands, in the order in which they are listed.
enum Commands {
  static var all: [any Command.Type] {
    [
      ScoreCommand.self, CheckCommand.self, ReportCommand.self, VerifyCommand.self,
      ExplainCommand.self, SpeciesCommand.self, LegendsCommand.self, CompletionsCommand.self,
      HelpCommand.self,
      VersionCommand.self,
    ]
  }

  static let summary =
    "Habitat suitability of Amur leopard, Amur tiger and snow leopard: class rasters and km² per park."

  static var names: [String] { all.map { $0.description.name } }

  /// - Throws: `.usage`, slug `unknown-command`.
  static func command(named name: String) throws(HabitatError) -> any Command.Type {
    if let command = all.first(where: { $0.description.name == name }) { return command }
    let nearest = name.nearest(in: names).map { "did you mean habitat \($0)? " } ?? ""
    throw HabitatError(
      .usage, "unknown-command", "there is no command \"\(name)\"", at: "habitat",
      fix: nearest + "commands: \(names.joined(separator: ", "))")
  }
}
