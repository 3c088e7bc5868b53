import Foundation
import TestSupport
import Testing

@Suite("Words of a command that are not UTF-8") struct UnreadableWordsTests {
  @Test("they are refused before anything is written", arguments: ["--out", "--landcover"])
  func words(option: String) throws {
    try TemporaryFolder.with { folder in
      let process = Process()
      // Foundation passes text on as UTF-8; a shell makes the byte E9.
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = [
        "-c", "exec \"$0\" score --species leopard \(option) \"$(printf 'out\\351')\" 2>messages",
        try #require(ExitCodeTests.program),
      ]
      process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 2)
      let messages = String(decoding: try folder.contents(of: "messages"), as: UTF8.self)
      #expect(messages.hasPrefix("error[name-unreadable]: "))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["messages"])
    }
  }

  @Test("letters of every script are words like others") func letters() throws {
    try TemporaryFolder.with { folder in
      let outcome = try ExitCodeTests.run(
        ["score", "--species", "тигр", "--out", "豹é"], in: folder)
      #expect(outcome.messages.hasPrefix("error[unknown-species]: "))
    }
  }
}
