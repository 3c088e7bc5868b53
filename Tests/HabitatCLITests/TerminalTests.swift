import Foundation
import RasterCore
import TestSupport
import Testing

@Suite("On a terminal")
struct TerminalTests {
  private static let canScript = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

  /// What the program prints on a terminal of some columns, with line breaks as in a file.
  private static func printed(
    _ words: String, columns: Int, _ settings: String = "", in folder: TemporaryFolder
  ) throws -> String {
    let program = try #require(ExitCodeTests.program)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    process.arguments = [
      "-qec",
      "stty cols \(columns) rows 40; env -u NO_COLOR -u COLUMNS TERM=xterm \(settings) \(program) \(words)",
      "/dev/null",
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: try folder.write("", to: "screen"))
    try process.run()
    process.waitUntilExit()
    return String(decoding: try folder.contents(of: "screen"), as: UTF8.self)
      .replacing("\r\n", with: "\n")
  }

  @Test(
    "help, lists and messages fit",
    .enabled(if: canScript, "needs script of util-linux"), arguments: [60, 80])
  func fit(columns: Int) throws {
    try TemporaryFolder.with { folder in
      for words in ["help score", "legends", "score --species lion", "scroe"] {
        let text = try Self.printed(words, columns: columns, "NO_COLOR=1", in: folder)
        #expect(!text.isEmpty && !text.contains("\u{1B}"))
        for line in text.split(separator: "\n") {
          #expect(String(line).displayWidth <= columns, "\(line)")
        }
      }
    }
  }

  @Test(
    "errors are coloured, but not where that is unwanted",
    .enabled(if: canScript, "needs script of util-linux"))
  func colours() throws {
    try TemporaryFolder.with { folder in
      let words = "score --species lion"
      let coloured = try Self.printed(words, columns: 80, in: folder)
      #expect(coloured.hasPrefix("\u{1B}[1;31merror["))
      for setting in ["NO_COLOR=1", "TERM=dumb"] {
        let plain = try Self.printed(words, columns: 80, setting, in: folder)
        #expect(plain.hasPrefix("error["))
      }
      let narrow = try Self.printed(words, columns: 80, "COLUMNS=50 NO_COLOR=1", in: folder)
      #expect(narrow.split(separator: "\n").allSatisfy { $0.count <= 50 })
    }
  }
}
