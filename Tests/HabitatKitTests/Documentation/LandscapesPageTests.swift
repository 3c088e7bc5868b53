import Documents
import Foundation
import RasterCore
import RasterLoader
import Testing

@Suite("The page of landscape files") struct LandscapesPageTests {
  private static func page() throws -> String {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: package.appendingPathComponent(
        "Sources/HabitatKit/HabitatKit.docc/Landscapes.md"), encoding: .utf8)
  }

  /// Rows of tables by the object in the heading above them; that of the whole file is empty.
  private static func rows() throws -> [String: [[String]]] {
    var rows: [String: [[String]]] = [:]
    for section in try page().components(separatedBy: "\n## Keys of ").dropFirst() {
      let object = section.firstMatch(of: /^`(\w+)`/).map { String($0.1) } ?? ""
      rows[object] = section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
        line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
          .map { $0.trimmingCharacters(in: .whitespaces) }
      }
    }
    return rows
  }

  private static func example() throws -> Data {
    let text = try page()
    let block = try #require(text.components(separatedBy: "```json5\n").dropFirst().first)
    return Data(try #require(block.components(separatedBy: "```").first).utf8)
  }

  @Test("every key that is read is on the page, and no other") func keys() throws {
    let documented = try Self.rows().mapValues { $0.map { $0[0].filter { $0 != "`" } }.sorted() }
    #expect(documented == Landscape.keys.mapValues { $0.sorted() })
  }

  @Test("each says what it holds, what stands for it where it is left out, and shows a value")
  func isExplained() throws {
    for (object, rows) in try Self.rows() {
      for row in rows {
        try #require(row.count == 5, "\(object): \(row)")
        #expect(!row[1].isEmpty && !row[3].isEmpty && !row[4].isEmpty, "\(object): \(row[0])")
      }
    }
  }

  @Test("the values shown are read, each in its place") func values() throws {
    for (object, rows) in try Self.rows() {
      for row in rows {
        let key = row[0].filter { $0 != "`" }
        let value = String(row[4].drop { $0 == "`" }.reversed().drop { $0 == "`" }.reversed())
        let member = "\(key): \(value)"
        // What an object cannot do without, unless it is the key itself.
        let needed = ["landCover": "tiles", "elevation": "tiles"][object] ?? "path"
        let isComplete = key == needed || ["", "refine", "sources"].contains(object)
        let other = isComplete ? "" : needed == "tiles" ? "tiles: [\"a.tif\"], " : "path: \"a\", "
        let text =
          switch object {
          case "": "{ \(member) }"
          case "sources": "{ sources: [{ \(member) }] }"
          default: "{ \(object): { \(other)\(member) } }"
          }
        #expect(throws: Never.self, "\(text)") {
          try Landscape(json5: Data(text.utf8), file: "l.json", folder: "")
        }
      }
    }
  }

  @Test("the example is read, and shows every key") func example() throws {
    let landscape = try Landscape(json5: Self.example(), file: "l.json", folder: "region")
    #expect(landscape.parks?.path == "region/parks.gpkg" && landscape.epoch == "2021")
    guard case .object(let members) = try #require(JSONValue(json5: Self.example())) else {
      Issue.record("the example is no object")
      return
    }
    for (object, keys) in Landscape.keys {
      let found: [JSONValue.Member]
      switch members.first(where: { $0.key == object })?.value {
      case .object(let inside): found = inside
      case .array(let list):
        guard case .object(let first) = list.first else {
          Issue.record("\(object) is empty")
          return
        }
        found = first
      default: found = members
      }
      #expect(Set(found.map(\.key)) == Set(keys), "\(object)")
    }
  }
}
