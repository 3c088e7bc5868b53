import Documents
import Foundation
import RasterCore
import Testing

@testable import Reporting

@Suite("A model as a document") struct ModelSectionTests {
  private static func value(_ number: Double) -> ModelSheet.Value { .init(number, figure: nil) }

  private static func sheet(
    rule: String = "weightedGeometricMean", hasZeroRule: Bool = true, isCapped: Bool = true,
    title: String = "Lynx", sources: [ModelSheet.Source] = [],
    texts: [DocumentationTopic: [String]] = [:]
  ) -> ModelSheet {
    ModelSheet(
      species: "lynx", title: title, version: "2.1", sha256: "abc123",
      landCover: .init(weight: value(0.25), scores: (1...10).map { value(Double($0) + 0.125) }),
      curves: [
        .init(
          layer: "elevation", unit: "m", weight: value(0.25), isOptional: false,
          knots: [(value(0), value(75)), (value(1200), value(0))]),
        .init(
          layer: "roads", unit: "m", weight: value(0.5), isOptional: true,
          knots: [(value(500), value(40))]),
      ],
      combination: .init(rule: rule, hasZeroRule: hasZeroRule, isCappedByLandCover: isCapped),
      bounds: [30, 60, 80].map(value),
      resistance: .init(
        c: value(4), maximum: value(100),
        overrides: [(.water, value(50)), (.built, nil)]), sources: sources, texts: texts)
  }

  /// A record as a run writes it, with the parts that matter here.
  private static func run(
    missing: [String] = [], synthetic: Bool = false, landscape: String = "Taiga"
  ) throws -> ModelRun {
    let manifest: JSONValue = .object([
      .init("habitat_version", .string("9.9")),
      .init(
        "parameters",
        .object([
          .init("synthetic", .boolean(synthetic))
        ])),
      .init(
        "libraries", .object([.init("PROJ", .string("9.1.1")), .init("GDAL", .string("3.6.2"))])),
      .init(
        "grid",
        .object([
          .init("geotransform", .array([0, 3, 0, 0, 4, -60].map { .number($0) })),
          .init("columns", .number(3000)), .init("rows", .number(20)),
        ])),
      .init("layers_missing", .array(missing.map { .string($0) })),
      .init(
        "inputs",
        .array([
          .object([
            .init("layer", .string("landcover")), .init("path", .string("a<b>.tif")),
            .init("sha256", .string("0123456789abcdef")),
          ])
        ])),
      .init(
        "outputs",
        .array(
          ["lynx_class.tif", "lynx_areas.json", "lynxes_class.tif"].map {
            .object([.init("path", .string($0))])
          })),
      .init("warnings", .array([.null, .null])),
    ])
    return try ModelRun(
      DocumentNode(manifest, file: "manifest.json", slug: "test", failure: HabitatError.inDocument),
      species: "lynx",
      modelFile: "lynx_model.json", crs: "EPSG:32652", title: landscape)
  }

  private static func text(
    _ sheet: ModelSheet, _ run: ModelRun, _ language: Wording.Language = .english
  ) -> String { ModelSection(sheet, run: run).body(in: Wording(language)).source }

  @Test("every number of the model is there", arguments: Wording.Language.allCases)
  func numbers(language: Wording.Language) throws {
    let text = Self.text(Self.sheet(), try Self.run(), language)
    let wording = Wording(language)
    for score in 1...10 {
      #expect(text.contains(">\(wording.number(Double(score) + 0.125, decimals: 3))<svg"))
    }
    // Weights 0.25, 0.25 and 0.5 are these shares.
    #expect(text.contains("\(wording.number(50, decimals: 1))\u{A0}%"))
    #expect(text.contains("\(wording.number(25, decimals: 1))\u{A0}%"))
    #expect(text.contains("\(wording.number(1200, decimals: 0))\u{A0}\(wording["unit.m"]) → 0"))
    #expect(text.contains("<td>30 ≤ <var>S</var> &lt; 60</td>"))
    #expect(text.contains("<td>80 ≤ <var>S</var> ≤ 100</td>"))
    #expect(text.contains(wording["model.barrier"]))
    #expect(text.contains("\(wording["list.colon"])50</li>"))
    #expect(text.contains(wording["model.hypotheses"]))
    #expect(text.contains("abc123") && text.contains("lynx_model.json"))
  }

  @Test("a layer that the run lacked has no share, the others have it all") func missing() throws {
    let text = Self.text(Self.sheet(), try Self.run(missing: ["roads"]))
    // 0.25 of 0.5 each.
    #expect(text.components(separatedBy: ">50.0\u{A0}%").count == 3)
    #expect(text.contains("Distance to roads</strong> — optional, missing in this run"))
    #expect(text.contains("Missing in this run: distance to roads."))
  }

  @Test(
    "the rule is told in words and as a formula",
    arguments: [
      ("weightedGeometricMean", true, "<mo>∏</mo>"), ("weightedMean", false, "<mo>∑</mo>"),
      ("minimum", true, "<mo>min</mo><mi>i</mi>"), ("product", true, "<mo>∏</mo>"),
    ])
  func rules(rule: String, hasZeroRule: Bool, sign: String) throws {
    let text = Self.text(
      Self.sheet(rule: rule, hasZeroRule: hasZeroRule, isCapped: false), try Self.run())
    let wording = Wording(.english)
    #expect(text.contains(wording["model.rule.\(rule)"]))
    #expect(text.contains(sign))
    #expect(text.contains(wording[hasZeroRule ? "model.rule.zero" : "model.rule.no_zero"]))
    // Each case with its condition, and no sign that has to be stretched.
    #expect(text.contains("<mo>∃</mo>") == hasZeroRule)
    #expect(text.contains("<mo>∀</mo>") == hasZeroRule)
    #expect(!text.contains("<mo>{</mo>") && !text.contains("<mo>(</mo><mfrac>"))
    #expect(text.contains(wording["model.rule.no_cap"]))
    #expect(!text.contains("<msub><mi>s</mi><mi>1</mi></msub><mo>,</mo><mi>G</mi>"))
  }

  @Test("sources stand beside what they are for, others at the end, none is told") func sources()
    throws
  {
    let text = Self.text(
      Self.sheet(sources: [
        .init(subject: "layers.elevation", text: "Doe <1999>"),
        .init(subject: "layers.snow", text: "elsewhere"),
      ]), try Self.run())
    let curve = try #require(text.range(of: "<strong>Elevation</strong>"))
    let source = try #require(text.range(of: "Source: <span lang=\"en\">Doe &lt;1999&gt;</span>"))
    let next = try #require(text.range(of: "<strong>Distance to roads</strong>"))
    #expect(curve.upperBound < source.lowerBound && source.upperBound < next.lowerBound)
    #expect(text.contains("<code>layers.snow</code>: <span lang=\"en\">elsewhere</span>"))
    #expect(text.contains("Source: not stated in the model file."))
  }

  @Test("a model without documentation says so; one with gaps names them") func gaps() throws {
    let none = Self.text(Self.sheet(), try Self.run())
    #expect(none.contains("The model file has no documentation"))
    let some = Self.text(
      Self.sheet(texts: [.habitatUse: ["Woods & rocks"], .objective: ["To map"]]), try Self.run())
    #expect(some.contains("The documentation in the model file lacks: area; season;"))
    #expect(some.contains("<p lang=\"en\">Woods &amp; rocks</p>"))
    let all = Dictionary(uniqueKeysWithValues: DocumentationTopic.allCases.map { ($0, ["x"]) })
    let full = Self.text(Self.sheet(sources: []), try Self.run())
    #expect(full.contains("class=\"gap\" role=\"note\""))
    let documented = Self.text(Self.sheet(texts: all), try Self.run())
    #expect(!documented.contains("role=\"note\"") && !documented.contains("lacks:"))
    #expect(documented.contains("<li>x</li>"))
  }

  @Test("ODMAP's data and prediction come from the record of the run") func odmap() throws {
    let text = Self.text(Self.sheet(title: "Lynx <L.>"), try Self.run(synthetic: true))
    // Cells of (3, 4) along a row: 5 long.
    #expect(
      text.contains("3,000 × 20 cells of 5 × 60 units of the CRS <bdi>EPSG:32652</bdi>."))
    #expect(text.contains("habitat 9.9, GDAL 3.6.2, PROJ 9.1.1"))
    #expect(text.contains("a&lt;b&gt;.tif</bdi> <code class=\"digest\">0123456789ab…</code>"))
    #expect(text.contains("Rasters: <code>lynx_class.tif</code>."))
    #expect(text.contains("A synthetic demonstration, not a real place."))
    #expect(text.contains("Lynx &lt;L.&gt;"))
    #expect(text.contains("2; they are listed in this report."))
    for part in ["overview", "data", "model", "assessment", "prediction"] {
      #expect(text.contains(Wording(.english)["odmap.\(part)"]))
    }
  }

  @Test("names of species make fragments that links can hold")
  func anchors() {
    #expect(Anchor.text("snow leopard_2") == "snow-20leopard-5f2")
    #expect(Anchor.text("рысь") != Anchor.text("барс"))
  }
}
