import Foundation
import Testing

@Suite("The page of the architecture") struct ArchitectureTests {
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func page() throws -> String {
    try String(
      contentsOf: package.appendingPathComponent(
        "Sources/HabitatKit/HabitatKit.docc/Architecture.md"), encoding: .utf8)
  }

  /// The targets of the sources that hold Swift.
  private static func rooms() throws -> [String: Int] {
    let sources = package.appendingPathComponent("Sources")
    var lines: [String: Int] = [:]
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let room = file.path.dropFirst(sources.path.count + 1).prefix { $0 != "/" }
      let text = try String(contentsOf: file, encoding: .utf8)
      lines[String(room), default: 0] += text.count { $0 == "\n" }
    }
    return lines
  }

  @Test("every room stands on the page") func isComplete() throws {
    let page = try Self.page()
    let missing = try Self.rooms().keys.filter {
      !page.contains("`\($0)`") && $0 != "DemoLandscapeCLI"
    }
    #expect(missing.isEmpty, "not in Architecture.md: \(missing.sorted())")
  }

  @Test("what the page names is there") func isTrue() throws {
    let text = try Self.page()
    let places = text.matches(
      of: /`((?:HabitatKit|HabitatCLI|GeoIO|Reclassification|Sources)\/[\w\/.]+)`/
    )
    .map { String($0.1) }
    #expect(places.count > 10)
    for place in places {
      let path = place.hasPrefix("Sources/") ? place : "Sources/" + place
      let exists = FileManager.default.fileExists(
        atPath: Self.package.appendingPathComponent(path).path)
      #expect(exists, "\(place) is not there")
    }
  }
}
