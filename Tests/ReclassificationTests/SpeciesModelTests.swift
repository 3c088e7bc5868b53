import Documents
import Foundation
import RasterCore
import Reclassification
import Testing

@Suite("Species models")
struct SpeciesModelTests {
  /// A complete model; tests replace one part of it.
  static let text = """
    {
      species: "lynx", title: "Lynx", version: "2.1",
      combine: { rule: "product", cap: null }, // a comment
      layers: {
        landCover: { weight: 0.5, scores: {
          forest_broadleaf: 10, forest_mixed: 20, forest_conifer: 30, shrub: 40, meadow: 50,
          water: 0, bare: 60, cultivated: 70, rice: 80, built: 90 } },
        elevation: { weight: 0.5, unit: "m", curve: [[0, 5], [10, 95.5]] },
        slope: { weight: 0, curve: [[3, 50]] },
        roads: { weight: 2, unit: "m", curve: [[-1, 0], [1, 100]], optional: true },
      },
      classes: { minimum: 1, medium: 2.5, maximum: 100 },
      resistance: {
        transform: "negativeExponential", c: 8, max: 10, overrides: { water: 5, rice: "barrier" } },
      sources: [{ for: "layers.roads", text: "a guess" }],
      documentation: {
        habitatUse: "woods", references: ["one", "two"], limitations: " ",
        applicability: { area: "hills" }, odmap: { assumptions: ["a", "b"], objective: [] } },
    }
    """

  static func model(_ text: String) throws -> SpeciesModel {
    try SpeciesModel(json5: Data(text.utf8), file: "models/lynx.json")
  }

  @Test("a model file is read in full")
  func reads() throws {
    let model = try Self.model(Self.text)
    #expect(model.species == "lynx" && model.title == "Lynx" && model.version == "2.1")
    #expect(model.combination == Combination(rule: .product, isCappedByLandCover: false))
    #expect(model.landCover.scores == [10, 20, 30, 40, 50, 0, 60, 70, 80, 90])
    #expect(model.landCover.score(of: .rice) == 80)
    // Slope has no weight and is absent.
    #expect(model.layers == [.landCover, .elevation, .roads])
    #expect(model.isOptional(.roads) && !model.isOptional(.elevation))
    #expect(model.weight(of: .roads) == 2 && model.weight(of: .slope) == 0)
    #expect(model.curveLayers[.elevation]?.curve.knots.last == .init(x: 10, score: 95.5))
    #expect(model.classes == ClassBounds(minimum: 1, medium: 2.5, maximum: 100))
    #expect(
      model.resistance
        == ResistanceTransform(
          c: 8, maximum: 10, overrides: [.water: .value(5), .rice: .barrier]))
    #expect(model.sources.map(\.subject) == ["layers.roads"])
    #expect(model.sources.map(\.text) == ["a guess"])
    #expect(
      model.documentation.texts == [
        .habitatUse: ["woods"], .references: ["one", "two"], .area: ["hills"],
        .assumptions: ["a", "b"],
      ])
    #expect(model.text == Self.text)
    #expect(model.file == "models/lynx.json")
    #expect(model.sha256 == SHA256.hexDigest(of: Self.text.utf8))
  }

  @Test("what may be left out has the defaults of the contract")
  func defaults() throws {
    let scores = LandCategory.allCases.map { "\($0.key): 50" }.joined(separator: ", ")
    let model = try Self.model(
      """
      { species: "x", layers: { landCover: { weight: 1, scores: { \(scores) } } },
        classes: { minimum: 30, medium: 60, maximum: 80 } }
      """)
    #expect(model.combination.rule == .weightedGeometricMean)
    #expect(model.combination.isCappedByLandCover)
    #expect(model.resistance == ResistanceTransform(c: 4, maximum: 100))
    #expect(model.title == "x" && model.sources.isEmpty)
    let capped = try Self.model(Self.text.replacing(", cap: null", with: ""))
    #expect(capped.combination.isCappedByLandCover)
  }

  typealias Refusal = (part: String, replacement: String, path: String)

  /// One part of the model, what it is replaced by, and the path of the value at fault.
  static let refusals: [Refusal] = [
    ("rice: 80, ", "", "layers.landCover.scores.rice"),
    ("rice: 80", "rise: 80", "layers.landCover.scores"),
    ("rice: 80", "rice: null", "layers.landCover.scores.rice"),
    ("rice: 80", "rice: 100.5", "layers.landCover.scores.rice"),
    ("rice: 80", "rice: -1", "layers.landCover.scores.rice"),
    ("rice: 80", "rice: \"80\"", "layers.landCover.scores.rice"),
    ("[10, 95.5]", "[0, 95.5]", "layers.elevation.curve[1][0]"),
    ("[10, 95.5]", "[-1, 95.5]", "layers.elevation.curve[1][0]"),
    ("[10, 95.5]", "[10, 101]", "layers.elevation.curve[1][1]"),
    ("[10, 95.5]", "[10]", "layers.elevation.curve[1]"),
    ("[10, 95.5]", "10", "layers.elevation.curve[1]"),
    ("[[0, 5], [10, 95.5]]", "[]", "layers.elevation.curve"),
    (", curve: [[0, 5], [10, 95.5]]", "", "layers.elevation.curve"),
    ("weight: 2", "weight: -2", "layers.roads.weight"),
    ("weight: 2, ", "", "layers.roads.weight"),
    ("landCover: { weight: 0.5", "landCover: { weight: true", "layers.landCover.weight"),
    (
      "elevation: { weight: 0.5, unit: \"m\"", "elevation: { weight: 1, unit: \"ft\"",
      "layers.elevation.unit"
    ),
    ("slope: { weight: 0,", "slope: { weight: 0, unit: \"percent\",", "layers.slope.unit"),
    ("optional: true", "optional: 1", "layers.roads.optional"),
    ("optional: true", "optinal: true", "layers.roads"),
    ("roads: {", "rivers: {", "layers"),
    ("minimum: 1, medium: 2.5", "minimum: 3, medium: 2.5", "classes.medium"),
    ("medium: 2.5, maximum: 100", "medium: 2.5, maximum: 2.5", "classes.maximum"),
    ("maximum: 100", "maximum: 100.1", "classes.maximum"),
    ("minimum: 1,", "minimum: -1,", "classes.minimum"),
    ("medium: 2.5, ", "", "classes.medium"),
    ("classes: {", "klasses: {", ""),
    ("classes: { minimum: 1, medium: 2.5, maximum: 100 },", "", "classes"),
    ("rule: \"product\"", "rule: \"producd\"", "combine.rule"),
    ("cap: null", "cap: \"slope\"", "combine.cap"),
    ("cap: null", "kap: null", "combine"),
    ("\"negativeExponential\"", "\"linear\"", "resistance.transform"),
    ("c: 8", "c: -8", "resistance.c"),
    ("max: 10", "max: 0.5", "resistance.max"),
    ("water: 5", "water: 0.5", "resistance.overrides.water"),
    ("water: 5", "sea: 5", "resistance.overrides"),
    ("\"barrier\"", "\"wall\"", "resistance.overrides.rice"),
    ("for: \"layers.roads\", ", "", "sources[0].for"),
    ("text: \"a guess\"", "txt: \"a guess\"", "sources[0]"),
    ("habitatUse: \"woods\"", "habitat: \"woods\"", "documentation"),
    ("[\"one\", \"two\"]", "[\"one\", 2]", "documentation.references[1]"),
    ("area: \"hills\"", "aera: \"hills\"", "documentation.applicability"),
    ("assumptions: [\"a\"", "assumptions: [1", "documentation.odmap.assumptions[0]"),
    ("odmap: { assumptions: [\"a\", \"b\"], objective: [] }", "odmap: 1", "documentation.odmap"),
    ("species: \"lynx\"", "species: \"a/b\"", "species"),
    ("species: \"lynx\"", "species: \"all\"", "species"),
    ("species: \"lynx\"", "species: \"\"", "species"),
    ("species: \"lynx\", ", "", "species"),
    ("title: \"Lynx\"", "title: 5", "title"),
  ]

  @Test("a model that cannot be right is refused with the path at fault", arguments: refusals)
  func refuses(_ refusal: Refusal) throws {
    try #require(Self.text.contains(refusal.part))
    let text = Self.text.replacing(refusal.part, with: refusal.replacement, maxReplacements: 1)
    let error = #expect(throws: HabitatError.self) { try Self.model(text) }
    #expect(error?.kind == .input && error?.slug == "bad-model")
    #expect(
      error?.location == "models/lynx.json" + (refusal.path.isEmpty ? "" : ": \(refusal.path)"))
    #expect(error?.fix.isEmpty == false)
  }

  @Test("a model without any weight is refused")
  func noWeight() {
    var test = TestModel(layers: [.slope])
    (test.landCoverWeight, test.weight) = (0, 0)
    let error = #expect(throws: HabitatError.self) { try test.model() }
    #expect(error?.slug == "bad-model" && error?.location == "test.json: layers")
  }

  @Test("unknown keys and rules are answered with the nearest known one")
  func nearest() {
    for (part, replacement, fix) in [
      ("optional: true", "optinal: true", "did you mean \"optional\"?"),
      ("rule: \"product\"", "rule: \"producd\"", "did you mean \"product\"?"),
      ("rice: 80", "rise: 80", "did you mean \"rice\"?"),
    ] {
      let error = #expect(throws: HabitatError.self) {
        try Self.model(Self.text.replacing(part, with: replacement))
      }
      #expect(error?.fix == fix)
    }
  }

  @Test("a documentation names the topics it leaves open; an applicability as a list is remarks")
  func missingTopics() throws {
    let none = ModelDocumentation().missingTopics
    #expect(none == DocumentationTopic.allCases.filter { $0 != .applicabilityRemarks })
    let some = try Self.model(Self.text).documentation.missingTopics
    #expect(some.contains(.season) && some.contains(.objective) && some.contains(.limitations))
    #expect(!some.contains(.area) && !some.contains(.assumptions))
    let list = try Self.model(
      Self.text.replacing("{ area: \"hills\" }", with: "[\"hills\", \"all year\"]"))
    #expect(list.documentation.texts[.applicabilityRemarks] == ["hills", "all year"])
    #expect(list.documentation.texts[.area] == nil)
  }

  @Test("broken JSON is refused")
  func brokenJSON() {
    let error = #expect(throws: HabitatError.self) { try Self.model("{ species: ") }
    #expect(error?.kind == .input && error?.slug == "bad-json")
  }

  @Test(
    "the built-in models carry the weights and overrides of the reference and document themselves")
  func builtIn() throws {
    #expect(SpeciesModel.builtInNames == ["leopard", "tiger", "snow-leopard"])
    let expected: [String: (weights: [Double], water: Double)] = [
      "leopard": ([0.25, 0.20, 0.10, 0.20, 0.25], 50),
      "tiger": ([0.30, 0.10, 0.05, 0.25, 0.30], 30),
      "snow-leopard": ([0.25, 0.20, 0.35, 0.05, 0.15], 60),
    ]
    for (name, (weights, water)) in expected {
      let model = try SpeciesModel.builtIn(named: name)
      #expect(model.species == name && model.version == "1.0.0")
      #expect(model.layers.map(model.weight(of:)) == weights)
      #expect(!model.layers.contains(.water))
      #expect(model.layers.filter(model.isOptional) == [.roads, .settlements])
      #expect(model.combination == Combination())
      #expect(model.classes == ClassBounds(minimum: 30, medium: 60, maximum: 80))
      #expect(
        model.resistance
          == ResistanceTransform(
            c: 4, maximum: 100, overrides: [.water: .value(water), .built: .value(100)]))
      #expect(model.documentation.texts.count == DocumentationTopic.allCases.count)
      for layer in model.layers {
        #expect(model.sources.contains { $0.subject == "layers.\(layer.key)" })
      }
      #expect(
        model.sha256 == SHA256.hexDigest(of: try SpeciesModel.builtInText(named: name).utf8))
    }
  }
}

@Suite("The choice of models")
struct ModelCatalogueTests {
  @Test("an unknown species is refused with the nearest one and the list")
  func unknown() {
    let error = #expect(throws: HabitatError.self) { try SpeciesModel.builtIn(named: "leopart") }
    #expect(error?.kind == .usage && error?.slug == "unknown-species")
    #expect(error?.fix.contains("did you mean leopard?") == true)
    #expect(error?.fix.contains("leopard, tiger, snow-leopard") == true)
  }

  @Test("a name that files or options of the program have is refused")
  func takenNames() {
    for name in ["all", "LandCover", "hillshade", "", "a/b", ".x", "a,b"] {
      let error = #expect(throws: HabitatError.self) {
        try SpeciesModelTests.model(
          SpeciesModelTests.text.replacing("\"lynx\"", with: "\"\(name)\""))
      }
      #expect(error?.slug == "bad-model", "\(name)")
    }
  }

  @Test("a model of the same name replaces a built-in one, others come after them")
  func replaces() throws {
    let tiger = try SpeciesModelTests.model(
      SpeciesModelTests.text.replacing("\"lynx\"", with: "\"tiger\""))
    let catalogue = try ModelCatalogue(
      adding: [SpeciesModelTests.model(SpeciesModelTests.text), tiger])
    #expect(catalogue.names == ["leopard", "tiger", "snow-leopard", "lynx"])
    #expect(try catalogue.model(named: "tiger") == tiger)
    #expect(try catalogue.models(chosenBy: nil).map(\.species) == ["lynx", "tiger"])
    #expect(try catalogue.models(chosenBy: "all").map(\.species) == catalogue.names)
    #expect(
      try catalogue.models(chosenBy: "lynx, leopard,lynx").map(\.species) == ["lynx", "leopard"])
    let error = #expect(throws: HabitatError.self) {
      try catalogue.models(chosenBy: "leopard,")
    }
    #expect(error?.slug == "unknown-species")
  }

  @Test("two models of one species are refused")
  func refusesTwins() throws {
    let model = try SpeciesModelTests.model(SpeciesModelTests.text)
    let error = #expect(throws: HabitatError.self) {
      try ModelCatalogue(adding: [model, model])
    }
    #expect(error?.kind == .input && error?.slug == "bad-model")
  }
}
