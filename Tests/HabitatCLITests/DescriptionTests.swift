import RasterCore
import TestSupport
import Testing

@testable import HabitatCLI

/// Each option with its command.
struct DescribedOption: Sendable, CustomTestStringConvertible {
  let command: CommandDescription
  let option: HabitatCLI.Option

  var testDescription: String { "\(command.name) \(option.name)" }

  static let all = Commands.all.map { $0.description }.flatMap { command in
    command.options.map { DescribedOption(command: command, option: $0) }
  }

  /// A value that the option takes.
  var sample: String {
    switch option.type {
    case .choice(let words): words[0]
    case .integer(let minimum): String(minimum)
    default: "x"
    }
  }

  /// Words that the command needs beside its options.
  var operands: [String] { command.operands.filter(\.isRequired).map { _ in "x" } }
}

@Suite("The description of commands and options")
struct DescriptionTests {
  static let commands = Commands.all.map { $0.description }

  @Test("names are told once", arguments: commands)
  func unique(command: CommandDescription) {
    #expect(Set(command.options.map(\.name)).count == command.options.count)
    #expect(!command.examples.isEmpty && !command.summary.isEmpty)
  }

  @Test("every option is parsed as described", arguments: DescribedOption.all)
  func parsed(_ described: DescribedOption) throws {
    let (option, command) = (described.option, described.command)
    let value = described.sample
    guard option.type != nil else {
      let words = described.operands + [option.name]
      #expect(try Arguments(words, for: command).has(option.name))
      #expect(throws: HabitatError.self) { try Arguments([option.name + "=1"], for: command) }
      return
    }
    for words in [[option.name, value], ["\(option.name)=\(value)"]] {
      let arguments = try Arguments(described.operands + words, for: command)
      #expect(arguments.list(option.name) == [value])
    }
    #expect(throws: HabitatError.self) { try Arguments([option.name], for: command) }
    let twice = described.operands + [option.name, value, option.name, value]
    switch option.separator {
    case .none, .commas:
      #expect(throws: HabitatError.self) { try Arguments(twice, for: command) }
    case .repeated:
      #expect(try Arguments(twice, for: command).list(option.name) == [value, value])
    case .words:
      let words = described.operands + [option.name, value, value]
      #expect(try Arguments(words, for: command).list(option.name) == [value, value])
    }
  }

  @Test("every option is in the help of its command", arguments: DescribedOption.all)
  func helped(_ described: DescribedOption) {
    let help = HelpText(width: 80).text(of: described.command)
    #expect(help.contains("\n  " + described.option.head))
  }

  @Test("no line of help is longer than the terminal is wide", arguments: [60, 80, 100], commands)
  func width(columns: Int, command: CommandDescription) {
    let help = HelpText(width: columns)
    for text in [help.text(of: command), help.overview(of: Self.commands, Commands.summary)] {
      for line in text.split(separator: "\n") {
        #expect(String(line).displayWidth <= columns, "\(line)")
      }
    }
  }

  @Test("examples of help are taken as they are", arguments: commands)
  func examples(command: CommandDescription) throws {
    for example in command.examples {
      // As a shell does it, as far as examples need it.
      let unquoted = example.replacing("\"Land of the Leopard, 2026\"", with: "Land")
      let words = unquoted.prefix { $0 != ">" }.split(separator: " ").map(String.init)
      #expect(words[0] == "habitat")
      if words[1].hasPrefix("-") { continue }
      #expect(words[1] == command.name)
      _ = try Arguments(Array(words.dropFirst(2)), for: command)
    }
  }

  @Test(
    "a word too many is told what to do with it",
    arguments: [
      (["--species", "leopard", "tiger"], "use commas: --species leopard,tiger"),
      (["--species", "leopard,", "tiger", "--quiet"], "use commas: --species leopard,tiger"),
      (["--extent", "-10", "2", "3", "4"], "use commas: --extent -10,2,3,4"),
      (["--nodata", "dem=0", "rice=9"], "repeat the option: --nodata rice=9"),
      (["--parks-where", "name", "=", "'x'"], "put quotes around"),
      (["-species", "leopard"], "did you mean --species?"),
      (["leopard"], "see habitat score --help"), (["--quiet", "leopard"], "see habitat score"),
    ])
  func strays(words: [String], fix: String) {
    let error = #expect(throws: HabitatError.self) {
      try Arguments(words, for: ScoreCommand.description)
    }
    #expect(error?.kind == .usage)
    #expect(error?.fix.contains(fix) == true, "\(error?.fix ?? "")")
  }
}
