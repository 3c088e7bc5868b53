import Foundation
import Testing

@Suite("The page of messages") struct MessagesTests {
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Words that look like the name of a message and are something else.
  private static let others: Set<String> = [
    "forest-type", "land-of-big-cats", "snow-leopard", "sub-score",
  ]

  /// Every literal of lower-case words joined by hyphens in the program's sources; attributes of markup are
  /// none.
  private static func slugs() throws -> Set<String> {
    let sources = package.appendingPathComponent("Sources")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var slugs: Set<String> = []
    while let file = files?.nextObject() as? URL {
      let isOther = ["/DemoLandscape/", "/HabitatBench/"].contains { file.path.contains($0) }
      guard file.pathExtension == "swift", !isOther else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /[^=]"([a-z]+(?:-[a-z]+)+)"/) { slugs.insert(String(match.1)) }
    }
    return slugs.subtracting(others).filter { !$0.hasPrefix("data-") }
  }

  private static func documented() throws -> Set<String> {
    let page = package.appendingPathComponent("Sources/HabitatKit/HabitatKit.docc/Messages.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    return Set(text.matches(of: /\n\| `([a-z-]+)` \|/).map { String($0.1) })
  }

  @Test("every message of the program is explained") func isComplete() throws {
    let missing = try Self.slugs().subtracting(Self.documented())
    #expect(missing.isEmpty, "not in Messages.md: \(missing.sorted())")
  }

  @Test("every warning of a run has a heading in the report") func headings() throws {
    let package = Self.package.appendingPathComponent("Sources")
    let page = package.appendingPathComponent("HabitatKit/HabitatKit.docc/Messages.md")
    let sections = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n## ")
      .filter { section in
        section.hasPrefix("Warnings: ")
          && !["verify", "not recorded"].contains { section.hasPrefix("Warnings: \($0)\n") }
      }
    let warnings = sections.flatMap { $0.matches(of: /\n\| `([a-z-]+)` \|/) }.map { String($0.1) }
    let texts = package.appendingPathComponent("Reporting/Resources/Wording/warnings.en.json")
    let headings = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: texts))
    #expect(warnings.count > 20)
    #expect(warnings.filter { headings["warning.\($0)"] == nil } == [])
    let known = try Self.documented()
    #expect(headings.keys.filter { !known.contains(String($0.dropFirst("warning.".count))) } == [])
  }

  @Test("no message is explained that the program does not have") func isCurrent() throws {
    let gone = try Self.documented().subtracting(Self.slugs()).subtracting(["interrupted"])
    #expect(gone.isEmpty, "only in Messages.md: \(gone.sorted())")
  }
}
