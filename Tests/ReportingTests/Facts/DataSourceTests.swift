import Documents
import Foundation
import RasterCore
import Reporting
import Testing

@Suite("Sources of data in a record") struct DataSourceTests {
  private static func read(_ text: String) throws -> DataSource {
    let value = try #require(JSONValue(json5: Data(text.utf8)))
    return try DataSource(
      recorded: DocumentNode(
        value, file: "m", slug: "bad-manifest", failure: HabitatError.inDocument))
  }

  @Test("what is recorded is read back") func roundTrip() throws {
    for basis in DataSource.Basis.allCases {
      for source in [
        DataSource(layer: "dem", title: "T", licence: "L", url: "U", basis: basis),
        DataSource(layer: "landCover", attribution: "© \"x\"", date: "2021", basis: basis),
      ] {
        #expect(try Self.read(source.json.text) == source)
      }
    }
  }

  @Test("a source as earlier versions wrote it is the same, and is written the same") func earlier()
    throws
  {
    let text = "{ layer: \"parks\", title: \"T\", licence: \"\", url: \"U\" }"
    let source = try Self.read(text)
    #expect(source == DataSource(layer: "parks", title: "T", url: "U"))
    #expect(
      source.json.compactText
        == "{\"layer\":\"parks\",\"title\":\"T\",\"licence\":\"\",\"url\":\"U\"}"
    )
    #expect(throws: HabitatError.self) { try Self.read("{ layer: \"parks\", title: \"T\" }") }
  }
}
