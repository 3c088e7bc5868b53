import Foundation
import HabitatKit
import RasterCore

/// The description as pages of the manual, section 1.
///
/// Source: groff_man(7).
struct ManPage {
  /// Without the section, as in `habitat-score`.
  let name: String
  let text: String

  /// One of the program and one of each command.
  static func all(of commands: [CommandDescription], _ summary: String) -> [ManPage] {
    [overview(of: commands, summary)] + commands.map(ManPage.init)
  }

  init(of command: CommandDescription) {
    var page = Roff(name: "habitat-" + command.name, summary: command.summary)
    page.section("SYNOPSIS")
    page.paragraph(command.synopsis)
    page.section("DESCRIPTION")
    page.paragraph(command.summary)
    for note in command.notes {
      page.request(".PP")
      page.paragraph(note)
    }
    if !command.actions.isEmpty {
      page.section("ACTIONS")
      for action in command.actions {
        page.entry(action.name, action.operand?.placeholder ?? "", action.help)
      }
    }
    if !command.groups.isEmpty {
      page.section("OPTIONS")
      for group in command.groups {
        page.request(".SS " + Roff.escaped(group.title))
        for option in group.options {
          page.entry(
            option.name, String(option.head.dropFirst(option.name.count + 1)), option.fullHelp)
        }
      }
    }
    page.exitStatus(command.exitCodes)
    page.examples(command.examples)
    page.section("SEE ALSO")
    page.paragraph("habitat(1)")
    (name, text) = (page.name, page.text)
  }

  private static func overview(
    of commands: [CommandDescription], _ summary: String
  ) -> ManPage {
    var page = Roff(name: "habitat", summary: summary)
    page.section("SYNOPSIS")
    page.paragraph("habitat COMMAND [options]")
    page.section("DESCRIPTION")
    page.paragraph(summary)
    page.section("COMMANDS")
    for command in commands { page.entry(command.name, "", command.summary) }
    page.section("OPTIONS")
    page.entry("-h, --help", "", "explains the program or, behind a command, that command")
    page.entry("-V, --version", "", "names the version of the program and of the libraries in use")
    page.entry(
      "--describe [--language CODE]", "",
      "prints all commands and options as JSON, for other programs; with the words of a language: "
        + CommandWords.Language.allCases.map(\.rawValue).joined(separator: ", "))
    page.entry("--man", "DIR", "writes the pages of this manual into a folder")
    page.section("ENVIRONMENT")
    page.entry("NO_COLOR", "", "where it is set, nothing is coloured")
    page.entry("COLUMNS", "", "the width of the terminal, where that is not what the system says")
    page.exitStatus([
      (0, "done, with or without warnings"), (1, "a fault of the program"), (2, "usage"),
      (3, "an input is missing, unreadable or contradictory"), (4, "done, but not as hoped"),
      (5, "cannot write, or not enough memory"), (6, "try again"), (130, "interrupted"),
    ])
    page.examples(["habitat score --species leopard"])
    page.section("SEE ALSO")
    page.paragraph(commands.map { "habitat-\($0.name)(1)" }.joined(separator: ", "))
    return ManPage(name: page.name, text: page.text)
  }

  private init(name: String, text: String) { (self.name, self.text) = (name, text) }

  /// Writes `habitat.1` and its like into a folder, which is made where there is none.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  static func write(_ pages: [ManPage], to folder: String) throws(HabitatError) {
    let place = URL(fileURLWithPath: folder)
    do {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for page in pages {
        try Data(page.text.utf8).write(
          to: place.appendingPathComponent(page.name + ".1"), options: .atomic)
      }
    } catch {
      throw HabitatError(
        .cannotWrite, "write-failed",
        "the pages of the manual cannot be written: \(error.localizedDescription)", at: folder,
        fix: "name a folder that can be written")
    }
  }
}

/// The source of one page.
private struct Roff {
  let name: String
  private(set) var text: String

  init(name: String, summary: String) {
    self.name = name
    let title = Self.escaped(name.uppercased())
    text = ".TH \(title) 1 \"\(Habitat.versionDate)\" \"habitat \(Habitat.version)\" \"habitat\"\n"
    let sentence = summary.prefix(1).lowercased() + summary.dropFirst()
    section("NAME")
    paragraph(name + " - " + (sentence.last == "." ? sentence.dropLast() : sentence[...]))
  }

  mutating func request(_ line: String) { text += line + "\n" }
  mutating func section(_ title: String) { request(".SH " + title) }

  /// Folded, for a line of source has at most 80 columns.
  mutating func paragraph(_ plain: String) {
    for line in Self.escaped(plain).folded(to: 76) {
      request(line.hasPrefix(".") ? "\\&" + line : line)
    }
  }

  mutating func entry(_ term: String, _ placeholder: String, _ help: String) {
    request(".TP")
    let value = placeholder.isEmpty ? "" : " \\fI\(Self.escaped(placeholder))\\fR"
    request("\\fB\(Self.escaped(term))\\fR" + value)
    paragraph(help)
  }

  mutating func exitStatus(_ codes: [(code: Int32, meaning: String)]) {
    guard !codes.isEmpty else { return }
    section("EXIT STATUS")
    for (code, meaning) in codes { entry(String(code), "", meaning) }
  }

  mutating func examples(_ commands: [String]) {
    section("EXAMPLES")
    request(".nf")
    for command in commands {
      var line = ""
      for part in HelpText.parts(of: command) {
        // Columns of a page beside its margin.
        if !line.isEmpty, line.count + 1 + part.count > 68 {
          request(Self.escaped(line) + " \\e")
          line = "  " + part
        } else {
          line += (line.isEmpty ? "" : " ") + part
        }
      }
      request(Self.escaped(line))
    }
    request(".fi")
  }

  /// Signs that roff takes for its own, or has no plain form of.
  static func escaped(_ plain: String) -> String {
    plain.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\\": text += "\\e"
      case "-": text += "\\-"
      case "'": text += "\\(aq"
      case "\"": text += "\\(dq"
      case "`": text += "\\(ga"
      case "^": text += "\\(ha"
      case "~": text += "\\(ti"
      case "²": text += "\\(S2"
      case "·": text += "\\(pc"
      case "×": text += "\\(mu"
      case "…": text += "..."
      case _ where scalar.isASCII: text.unicodeScalars.append(scalar)
      default: text += "\\[u" + hexadecimal(scalar) + "]"
      }
    }
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
