import Documents
import Foundation
import RasterCore
import Testing

@testable import Reporting

@Suite("Published figures beside computed ones") struct PublishedSectionTests {
  /// Areas of the leopard by park: name, then the park's area and its four classes in km².
  static func areas(
    _ parks: [(name: String, areas: [Double])], species: String = "leopard", nodata: Double = 0
  ) throws -> SpeciesAreas {
    func row(_ kind: String, _ id: String, _ name: String, _ areas: [Double]) -> JSONValue {
      let classes = zip(SuitabilityClass.allCases.map { $0.key + "_km2" }, areas.dropFirst())
      let split: [JSONValue.Member] =
        SuitabilityClass.allCases.map { .init($0.key + "_km2", .number(0)) }
        + [.init("nodata_km2", .number(0))]
      return .object(
        [
          .init("kind", .string(kind)), .init("park_id", .string(id)), .init("park", .string(name)),
          .init("park_km2", .number(areas[0])), .init("nodata_km2", .number(nodata)),
          .init("outside_km2", .number(0)), .init("residual_km2", .number(0)),
          .init(
            "by_category",
            .object(LandCategory.allCases.map { .init($0.key, .object(split)) })),
        ] + classes.map { .init($0, .number($1)) })
    }
    let sums = (0..<5).map { column in parks.reduce(0) { $0 + $1.areas[column] } }
    return try SpeciesAreas(
      DocumentNode(
        .object([
          .init("species", .string(species)), .init("title", .string("A cat")),
          .init("model_version", .string("1")),
          .init(
            "parks",
            .array(
              parks.enumerated().map {
                row("park", "\($0.offset)", $0.element.name, $0.element.areas)
              })),
          .init("total", row("total", "", "Total", sums)),
        ]), file: "leopard_areas.json", slug: "test", failure: HabitatError.inDocument))
  }

  private static let both: [(name: String, areas: [Double])] = [
    ("LLNP", [3000, 200, 500, 800, 1500]), ("东北虎豹国家公园", [14800, 1000, 5000, 6000, 2800]),
  ]

  private static func text(
    _ areas: SpeciesAreas, _ reservations: [Reservation] = [],
    _ language: Wording.Language = .english
  ) -> String {
    PublishedSection(areas, reservations: reservations).body(in: Wording(language)).source
  }

  @Test("differences are computed less published, in km² and percentage points") func differences()
    throws
  {
    let text = Self.text(try Self.areas(Self.both))
    // Table 8, Land of the Leopard, not suitable: 129 of 3,705; here 200 of 3,000.
    #expect(text.contains("data-less=\"neaspec-2026#table8[0].not_km2\">71</data>"))
    // 100·200/3000 − 100·129/3705 = 6.667 − 3.482 = 3.185; of the published total it would be 5.4.
    #expect(text.contains("data-less-of=\"neaspec-2026#table8[0].total_km2\">3.2</data>"))
    #expect(text.contains(">3.5</data>") && text.contains(">6.7</data>"))
    #expect(!text.contains(">5.4</data>"))
    // The total, maximum: 4,300 against 4,114.
    #expect(text.contains("data-less=\"neaspec-2026#table8[2].maximum_km2\">186</data>"))
    #expect(text.contains("<bdi>LLNP</bdi> (published as: "))
    #expect(text.contains("Table 8 of NEASPEC (2026)"))
    #expect(!text.contains("incomparable") && !text.contains("not comparable"))
  }

  @Test(
    "what cannot be compared has its differences all the same, marked, with the reason",
    arguments: Wording.Language.allCases)
  func marked(language: Wording.Language) throws {
    let areas = try Self.areas(Self.both)
    for reservation in [
      Reservation.synthetic(landscape: "Demo <1>"), .layersMissing(["roads", "settlements"]),
    ] {
      let text = Self.text(areas, [reservation], language)
      #expect(text.contains("class=\"published incomparable\""))
      #expect(text.contains("data-less=\"neaspec-2026#table8[0].not_km2\">71</data>"))
      let sentence = reservation.sentence(in: Wording(language)).source
      #expect(text.contains(sentence))
      #expect(text.contains(Wording(language)["published.difference_not_comparable"]))
    }
  }

  @Test(
    "of a species without published figures no reservation speaks of the tables",
    arguments: Wording.Language.allCases)
  func unpublished(language: Wording.Language) {
    let wording = Wording(language)
    let reservations: [(Bool) -> Reservation] = [
      { .synthetic(landscape: "Demo", isPublished: $0) },
      { .layersMissing(["roads"], isPublished: $0) },
    ]
    for reservation in reservations {
      #expect(reservation(true).text(in: wording).contains("NEASPEC"))
      #expect(!reservation(false).text(in: wording).contains("NEASPEC"))
      #expect(!reservation(false).sentence(in: wording).source.contains("8"))
    }
  }

  @Test("where no park was published, or nothing of the species, there is nothing to show")
  func noMatch() throws {
    func isEmpty(_ names: [String], _ species: String = "leopard") throws -> Bool {
      let areas = try Self.areas(names.map { ($0, [100, 25, 25, 25, 25]) }, species: species)
      return PublishedSection(areas, reservations: []).isEmpty
    }
    #expect(try isEmpty(["A", "B"]) && isEmpty(["LLNP"], "snow-leopard"))
    #expect(try !isEmpty(["A", "LLNP"]))
    // Which of the two is meant nobody knows: that is said.
    #expect(try !isEmpty(["LLNP", "Land of the Leopard"]))
    let matched = Self.text(try Self.areas(Self.both))
    #expect(matched.contains(Wording(.english)["published.as_printed"]))
  }

  @Test("parks without a counterpart are named, and totals of other parks are not compared")
  func partial() throws {
    let text = Self.text(
      try Self.areas([Self.both[0], ("Здесь & <там>", [100, 25, 25, 25, 25])]))
    #expect(text.contains("No published figures for: <bdi>Здесь &amp; &lt;там&gt;</bdi>"))
    #expect(text.contains("not among the parks of this run: <span lang=\"en\">Northeast Tiger"))
    #expect(text.contains("The totals are not compared"))
    #expect(!text.contains("table8[2]") && text.contains("table8[0]"))
    // All that are published and one more: the total is of other land.
    let more = Self.text(try Self.areas(Self.both + [("Third", [100, 25, 25, 25, 25])]))
    #expect(more.contains("table8[0]") && more.contains("table8[1]"))
    #expect(!more.contains("table8[2]") && more.contains("The totals are not compared"))
    let twins = Self.text(
      try Self.areas([Self.both[0], ("Land of the Leopard", [1, 1, 0, 0, 0])]))
    #expect(twins.contains("fits more than one park") && !twins.contains("table8[0]"))
  }
}
