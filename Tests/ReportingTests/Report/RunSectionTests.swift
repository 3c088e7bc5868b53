import Documents
import Foundation
import RasterCore
import Testing

@testable import Reporting

@Suite("Data, limits and verification") struct RunSectionTests {
  private static func text(
    isSynthetic: Bool = false, kind: String = "park", park: String = "A", sources: String = "",
    inputs: String = "", _ language: Wording.Language = .english
  ) throws -> String {
    let manifest = """
      { parameters: { landscape: "Demo", landscape_file: "l.json", parks: null,
          landcover: { tiles: [] }, synthetic: \(isSynthetic), epoch: "2019", default_forest: null,
          rice: null, rice_possible: true, species: [] },
        layers_missing: [], sources: [\(sources)], inputs: [\(inputs)], models: [], libraries: {},
        decided_by_default: [{ kind: "\(kind)", park: "\(park)", forest_km2: 1, rice_km2: 2 }],
        warnings: [{ slug: "dem-gap", what: "no <heights>", where: "dem.tif",
          fix: "add \\"tiles\\"" }],
        habitat_version: "1" }
      """
    let value = try #require(JSONValue(json5: Data(manifest.utf8)))
    let facts = try RunFacts(
      DocumentNode(
        value, file: "manifest.json", slug: "bad-manifest", failure: HabitatError.inDocument))
    return RunSection(facts, recordDigest: "0").body(in: Wording(language)).source
  }

  @Test("a warning tells what to do, marked as English", arguments: Wording.Language.allCases)
  func fixes(language: Wording.Language) throws {
    let text = try Self.text(language)
    #expect(text.contains("no &lt;heights&gt;"))
    let fix: Markup = "<bdi lang=\"en\">add &quot;tiles&quot;</bdi>"
    #expect(text.contains(Wording(language).markup("run.warning_fix", ["fix": fix]).source))
  }

  @Test("every layer that went in has its source, or says that nobody knows it")
  func sources() throws {
    let text = try Self.text(
      sources: """
        { layer: "landCover", title: "WorldCover", attribution: "© ESA <2021>", licence: "CC BY 4.0",
          url: "https://esa-worldcover.org", date: "2021", basis: "metadata" },
        { layer: "elevation", title: "Ours, in /home/ivan/dem", licence: "", url: "/home/ivan/README" }
        """,
      inputs: ["landcover", "landcover", "dem", "parks", "legend", "model"].map {
        "{ layer: \"\($0)\", path: \"/home/ivan/My data/\($0).x\", sha256: \"0\" }"
      }.joined(separator: ", "))
    #expect(text.contains("<bdi>WorldCover</bdi><br><bdi>© ESA &lt;2021&gt;</bdi></td>"))
    #expect(text.contains("<td><bdi>2021</bdi></td><td class=\"words\"><bdi>CC BY 4.0</bdi></td>"))
    #expect(text.contains("href=\"https://esa-worldcover.org\""))
    #expect(text.contains("<td>the file’s metadata</td>"))
    // Records of earlier versions say no more than title, licence and address.
    #expect(text.contains("<bdi>Ours, in …/dem</bdi>") && text.contains("<bdi>…/README</bdi>"))
    let unknown =
      "<th scope=\"row\">parks</th><td class=\"words\"><span class=\"note\">not stated</span></td>"
    #expect(text.contains(unknown) && text.contains("--source"))
    #expect(!text.contains("<th scope=\"row\">legend</th><td class=\"words\"><span"))
    #expect(text.contains("…/landcover.x") && !text.contains("ivan"))
    let known = try Self.text(
      sources: "{ layer: \"dem\", title: \"T\", licence: \"L\", url: \"\" }")
    #expect(!known.contains("not stated") && !known.contains("--source"))
  }

  @Test("figures stand below the headings of their columns, parks below theirs")
  func heads() throws {
    let text = try Self.text(park: "A National Park")
    #expect(
      text.contains("<th scope=\"col\">National park</th><th scope=\"col\" class=\"number\">"))
    #expect(try Self.text().contains("<th scope=\"col\">Area</th>"))
    #expect(try Self.text(kind: "raster").contains("<th scope=\"col\">Area</th>"))
  }

  @Test("land cover that is made up was seen at no time")
  func epoch() throws {
    #expect(try Self.text().contains("Land cover of: <bdi>2019</bdi>"))
    #expect(!(try Self.text(isSynthetic: true).contains("Land cover of")))
  }
}
