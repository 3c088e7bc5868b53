import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite("What features are called") struct FeatureNamingTests {
  private static func layer(
    _ properties: [String], _ selection: PolygonLayer.Selection
  ) throws -> PolygonLayer {
    try TemporaryFolder.with { folder in
      let features = properties.map {
        "{\"type\":\"Feature\",\"properties\":{\($0)},\"geometry\":{\"type\":\"Polygon\","
          + "\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}}"
      }
      let text =
        "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
      return try PolygonLayer(reading: folder.write(text, to: "p.geojson"), selection)
    }
  }

  @Test(
    "an identifier that is none is refused with the name of its park",
    arguments: [
      "null", "\"\"", "\" \"", "1e400", "-1e400", "99999999999999999999",
    ])
  func noIdentifier(value: String) throws {
    // The other identifier is of the same type, as in a column of a table.
    let other = value.contains("e") ? "0.5" : value.hasPrefix("9") ? "5000000000" : "\"7\""
    let error = #expect(throws: HabitatError.self) {
      try Self.layer(
        ["\"code\":\(other),\"name\":\"North\"", "\"code\":\(value),\"name\":\"South\""],
        .init(idField: "code"))
    }
    #expect(error?.slug == "park-id-missing" && error?.kind == .input)
    #expect(error?.what.hasPrefix("South has no identifier: its field code ") == true)
    #expect(error?.fix.contains("code IS NOT NULL") == true)
  }

  @Test("without an identifier or a name the feature's number stands in the message")
  func nameless() throws {
    let error = #expect(throws: HabitatError.self) {
      try Self.layer(["\"code\":\"a\"", "\"code\":null"], .init(idField: "code"))
    }
    #expect(error?.what.hasPrefix("feature 1 has no identifier") == true)
  }

  @Test("identifiers of any kind are taken as they stand, and the field is not asked for in vain")
  func identifiers() throws {
    for value in ["0", "\"0\"", "-3", "9007199254740993", "2.5", "\"null\"", "\"inf\""] {
      let layer = try Self.layer(["\"code\":\(value),\"name\":null"], .init(idField: "code"))
      let text = value.replacing("\"", with: "")
      #expect(layer.features.map(\.id) == [text] && layer.features.map(\.name) == [text])
    }
    #expect(try Self.layer(["\"code\":null"], .init()).features.map(\.id) == ["0"])
  }

  @Test(
    "the program's own table of parks finds its names again; a field called name comes first",
    arguments: [
      ("\"park_id\":\"7\",\"park\":\"Seven\"", "Seven"),
      ("\"park\":\"yes\",\"Name\":\"Eight\"", "Eight"), ("\"title\":\"Nine\"", "0"),
    ])
  func usualNames(properties: String, name: String) throws {
    #expect(try Self.layer([properties], .init()).features.map(\.name) == [name])
  }
}
