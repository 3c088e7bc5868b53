import Foundation
import TestSupport
import Testing

@testable import HabitatCLI

@Suite("The description in other forms")
struct DescriptionFormsTests {
  private static let commands = Commands.all.map { $0.description }

  @Test("every option is on the page of its command", arguments: DescribedOption.all)
  func manual(_ described: DescribedOption) {
    let page = ManPage(of: described.command)
    let name = described.option.name.replacing("-", with: "\\-")
    #expect(page.name == "habitat-" + described.command.name)
    #expect(page.text.contains("\n.TP\n\\fB\(name)\\fR"))
  }

  @Test(
    "pages of the manual are as mandoc wants them",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/mandoc"), "needs mandoc"))
  func lint() throws {
    try TemporaryFolder.with { folder in
      #expect(try ExitCodeTests.run(["--man", "man1"], in: folder).code == 0)
      let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path("man1"))
      #expect(pages.count == Self.commands.count + 1 && pages.contains("habitat.1"))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/mandoc")
      process.arguments =
        ["-Tlint", "-W", "style"] + pages.map { folder.path("man1/" + $0) }
      process.standardOutput = FileHandle(forWritingAtPath: try folder.write("", to: "complaints"))
      try process.run()
      process.waitUntilExit()
      #expect(String(decoding: try folder.contents(of: "complaints"), as: UTF8.self) == "")
    }
  }

  @Test("other programs are told every option, its type and how several values are given")
  func description() throws {
    try TemporaryFolder.with { folder in
      let outcome = try ExitCodeTests.run(["--describe"], in: folder)
      let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let commands = try #require((document as? [String: Any])?["commands"] as? [[String: Any]])
      #expect(commands.map { $0["name"] as? String } == Self.commands.map(\.name))
      for (told, command) in zip(commands, Self.commands) {
        let groups = try #require(told["groups"] as? [[String: Any]])
        let options = groups.flatMap { $0["options"] as? [[String: Any]] ?? [] }
        #expect(options.map { $0["name"] as? String } == command.options.map(\.name))
        for (told, option) in zip(options, command.options) {
          #expect(told["type"] as? String == option.type?.key ?? "flag")
          #expect(told["separator"] as? String == option.separator.rawValue)
          // Landscapes are those of the folder in which the program runs.
          if let type = option.type, type != .name(.landscapes), !type.words.isEmpty {
            #expect(told["choices"] as? [String] == type.words)
          }
        }
      }
      let score = try #require(commands.first { $0["name"] as? String == "score" })
      let species = (score["groups"] as? [[String: Any]])?.first?["options"] as? [[String: Any]]
      #expect(species?.first?["separator"] as? String == "commas")
      #expect(species?.first?["extra_words"] as? [String] == ["all"])
      #expect(species?.first?["listed_by"] as? [String] == ["species", "list", "--format", "json"])
    }
  }

  @Test("pages that cannot be written are told")
  func unwritable() throws {
    try TemporaryFolder.with { folder in
      try folder.write("", to: "file")
      let outcome = try ExitCodeTests.run(["--man", "file/man1"], in: folder)
      #expect(outcome.code == 5 && outcome.messages.hasPrefix("error[write-failed]: "))
      #expect(try ExitCodeTests.run(["--man"], in: folder).code == 2)
    }
  }

  @Test("all that is said of commands has words in every language", arguments: ["ru", "zh"])
  func words(code: String) throws {
    let words = try CommandWords(code: code)
    var lacking: [String] = []
    for command in Self.commands {
      let operands = command.operands + command.actions.compactMap(\.operand)
      let texts =
        [command.summary] + command.notes + command.groups.map(\.title)
        + command.actions.map(\.help) + operands.map(\.noun) + command.exitCodes.map(\.meaning)
      lacking += texts.filter { !words.knows($0) }
      lacking += command.options.filter { !words.knows($0, of: command) }
        .map { "\(command.name) \($0.name)" }
    }
    #expect(lacking == [])
  }

  @Test("an option that means something else in a command has words of its own there")
  func wordsOfCommands() throws {
    let words = CommandWords(.russian)
    for option in Set(Self.commands.flatMap(\.options).map(\.name)) {
      let commands = Self.commands.filter { $0.option(option) != nil }
      let english = Set(commands.compactMap { $0.option(option)?.help })
      let russian = Set(
        commands.compactMap { command in
          command.option(option).map { words.help(of: $0, in: command) }
        })
      #expect(english.count == russian.count, "\(option)")
    }
    let species = try #require(CheckCommand.description.option("--species"))
    #expect(
      words.help(of: species, in: CheckCommand.description)
        != words.help(of: species, in: ScoreCommand.description))
  }

  @Test("the words change, and nothing that programs go by")
  func describedInRussian() throws {
    try TemporaryFolder.with { folder in
      let english = try ExitCodeTests.run(["--describe"], in: folder)
      let russian = try ExitCodeTests.run(["--describe", "--language", "ru"], in: folder)
      #expect(russian.output.contains("\"summary\": \"Рассчитывает пригодность"))
      // Lines of the same names, those of texts with other values.
      let texts = ["help", "summary", "title", "meaning", "noun", "language"]
      let lines = zip(english.output.split(separator: "\n"), russian.output.split(separator: "\n"))
      for (before, after) in lines where before != after {
        let name = before.split(separator: "\"").dropFirst().first.map(String.init) ?? ""
        #expect(texts.contains(name) || !before.contains("\": "), "\(before)")
      }
      #expect(english.output.filter { $0 == "\n" } == russian.output.filter { $0 == "\n" })
      let unknown = try ExitCodeTests.run(["--describe", "--language", "fr"], in: folder)
      #expect(unknown.code == 2 && unknown.messages.contains("known: en, ru, zh"))
    }
  }
}
