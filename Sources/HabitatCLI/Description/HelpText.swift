import RasterCore

/// The help of a command: what it does, an example, its options.
struct HelpText {
  /// Columns of a line.
  let width: Int

  /// Where there is no terminal to ask, as in a pager.
  private static let usualWidth = 80

  /// On the terminal there is, as far as lines that long can be read.
  static var standard: HelpText { HelpText(width: min(Terminal.output.width ?? usualWidth, 100)) }

  func text(of command: CommandDescription) -> String {
    var text = paragraph(command.summary) + "\n"
    text += example("Usage: " + command.synopsis, margin: 0) + "\n"
    text += command.examples.count == 1 ? "Example:\n" : "Examples:\n"
    text += command.examples.map { example($0, margin: 2) }.joined()
    if !command.actions.isEmpty {
      text += "\nActions:\n"
      for action in command.actions { text += entry("  " + action.head, action.help) }
    }
    for group in command.groups {
      text += "\n\(group.title):\n"
      for option in group.options { text += entry("  " + option.head, option.fullHelp) }
    }
    for note in command.notes { text += "\n" + paragraph(note) }
    if !command.exitCodes.isEmpty {
      text += "\nExit codes:\n"
      for (code, meaning) in command.exitCodes {
        text += entry("  \(code)", meaning, indentation: 7)
      }
    }
    return text
  }

  /// The help of the program: its commands.
  func overview(of commands: [CommandDescription], _ summary: String) -> String {
    var text = paragraph(summary) + "\nUsage: habitat COMMAND [options]\n"
    text += "\nExample:\n  habitat score --species leopard\n\nCommands:\n"
    for command in commands {
      text += entry("  " + command.name, command.summary, indentation: 16)
    }
    return text + "\n"
      + paragraph(
        "habitat help COMMAND explains one; habitat version names the libraries in use; "
          + "habitat --describe writes all of this as JSON, for other programs.")
  }

  func paragraph(_ text: String) -> String {
    text.folded(to: width).map { $0 + "\n" }.joined()
  }

  /// A term and its explanation beside it; below it where lines are short.
  func entry(_ head: String, _ help: String, indentation wanted: Int = 28) -> String {
    let isNarrow = width < 70 && wanted > 8
    let indentation = isNarrow ? 8 : wanted
    let margin = String(repeating: " ", count: indentation)
    let lines = help.folded(to: width - indentation)
    if isNarrow || head.displayWidth + 2 > indentation {
      return ([head] + lines.map { margin + $0 }).map { $0 + "\n" }.joined()
    }
    let space = String(repeating: " ", count: indentation - head.displayWidth)
    return lines.enumerated().map { index, line in
      (index == 0 ? head + space : margin) + line + "\n"
    }.joined()
  }

  /// A command, continued as a shell takes it where it is longer than a line.
  private func example(_ command: String, margin: Int) -> String {
    let isUsage = command.hasPrefix("Usage")
    let first = String(repeating: " ", count: margin)
    guard margin + command.displayWidth > width else { return first + command + "\n" }
    var lines = [""]
    for part in Self.parts(of: command) {
      let line = lines[lines.count - 1]
      let room = width - margin - (lines.count > 1 ? 2 : 0) - (isUsage ? 0 : 2)
      if line.isEmpty || line.displayWidth + 1 + part.displayWidth <= room {
        lines[lines.count - 1] += (line.isEmpty ? "" : " ") + part
      } else {
        lines.append(part)
      }
    }
    return lines.enumerated().map { index, line in
      (index == 0 ? first : first + "  ") + line
        + (index < lines.count - 1 && !isUsage ? " \\" : "") + "\n"
    }.joined()
  }

  /// The pieces of a command that stay on one line: an option with its values, a file with its sign.
  static func parts(of command: String) -> [String] {
    var parts: [String] = []
    for word in command.split(separator: " ") {
      if parts.isEmpty || word.hasPrefix("--") || word.hasPrefix("[") || word == ">" {
        parts.append(String(word))
      } else {
        parts[parts.count - 1] += " " + word
      }
    }
    return parts
  }
}

extension Action {
  var head: String { operand.map { "\(name) \($0.placeholder)" } ?? name }
}
