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
}
