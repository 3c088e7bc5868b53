import RasterCore

/// `habitat completions`: what a shell needs to complete commands, options and names.
enum CompletionsCommand: Command {
  static let description = CommandDescription(
    command: .completions, usage: "bash|zsh|fish",
    summary: "Prints what a shell needs to complete commands, options, species and legends.",
    examples: [
      "habitat completions bash > ~/.local/share/bash-completion/completions/habitat",
      "habitat completions zsh > ~/.zfunc/_habitat",
      "habitat completions fish > ~/.config/fish/completions/habitat.fish",
    ],
    operands: [
      Operand(
        placeholder: "bash|zsh|fish", type: .choice(CompletionShell.allCases.map(\.rawValue)),
        noun: "the shell")
    ],
    notes: [
      "The candidates come from the program itself, so that the file need not be made again for a new "
        + "version. For zsh, the folder must be in fpath before compinit runs."
    ])

  static let opensFiles = false

  static func run(_ arguments: Arguments) throws(HabitatError) -> Int32 {
    Terminal.write(CompletionShell(rawValue: arguments.operands[0])?.script ?? "")
    return 0
  }
}
