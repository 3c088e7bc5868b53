import Foundation
import RasterCore
import Testing

@testable import Reporting

@Suite("Facts of a run") struct RunFactsTests {
  private static func title(
    file: String = "null", parks: String? = nil, tiles: [String] = ["/data/lc.tif"]
  ) throws -> String {
    let parks = parks.map { "{ path: \"\($0)\" }" } ?? "null"
    let text = """
      { landscape: "whole raster", landscape_file: \(file), parks: \(parks),
        landcover: { tiles: [\(tiles.map { "\"\($0)\"" }.joined(separator: ", "))] } }
      """
    let value = try JSONValue(json5: Data(text.utf8), at: "test")
    return try RunFacts.usualTitle(
      from: Required(DocumentNode(value, file: "manifest.json", slug: "bad-manifest")))
  }

  @Test("a landscape file has the title; else it is the parks' file, or the land cover")
  func titles() throws {
    #expect(try Self.title(file: "\"l.json\"", parks: "/a/b.gpkg") == "whole raster")
    #expect(try Self.title(parks: "/a/land_of_the_leopard.v2.geojson") == "land of the leopard")
    #expect(try Self.title(parks: "/vsizip/x.zip/Кедровая падь.shp") == "Кедровая падь")
    #expect(try Self.title() == "lc")
    #expect(try Self.title(tiles: ["../../altai/*.tif", "b.tif"]) == "altai")
    #expect(try Self.title(tiles: [".hidden"]) == ".hidden")
    // Nothing to take a name from, or what holds a password.
    #expect(try Self.title(tiles: ["*.tif"]) == "whole raster")
    #expect(try Self.title(parks: "PG:host=x password=secret") == "whole raster")
  }

  @Test("what was asked for is read out of a page's first tag, whatever the title holds")
  func settings() {
    for title in [nil, "A \"<b>\" & 'c' >", "公园 2026"] {
      let settings = ReportSettings(language: .russian, title: title)
      let page = "<!DOCTYPE html>\n\(settings.tag.source)\n<head lang=\"x\">"
      #expect(ReportSettings(readingFrom: page) == settings)
    }
    #expect(ReportSettings(readingFrom: "<html lang=\"xx\">") == nil)
    #expect(ReportSettings(readingFrom: "<p>") == nil)
  }
}
