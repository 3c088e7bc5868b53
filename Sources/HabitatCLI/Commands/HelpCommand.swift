import HabitatKit
import RasterCore

/// `habitat help`: what the commands do.
enum HelpCommand: Command {
  static let description = CommandDescription(
    command: .help, usage: "[COMMAND]",
    summary: "Explains a command and its options, or lists the commands.",
    examples: ["habitat help score"],
    operands: [
      Operand(
        placeholder: "COMMAND", type: .name(.commands), noun: "a command", isRequired: false)
    ])

  static let opensFiles = false

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    let help = HelpText.standard
    if let name = arguments.operands.first {
      Terminal.write(help.text(of: try Commands.command(named: name).description))
    } else {
      Terminal.write(help.overview(of: Commands.all.map { $0.description }, Commands.summary))
    }
    return 0
  }
}

/// `habitat version`: the program's and those of the libraries underneath.
enum VersionCommand: Command {
  static let description = CommandDescription(
    command: .version, usage: "",
    summary: "Names the version of the program and of the libraries in use.",
    examples: ["habitat version"])

  static let opensFiles = false

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    Terminal.write(Habitat.versionText + "\n")
    return 0
  }
}
