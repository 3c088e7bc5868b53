import Documents
import RasterCore
import Testing

@testable import Reporting

@Suite("The audit of a report") struct ReportAuditTests {
  private static let documents: [String: JSONValue] = [
    "cat_areas.json": .object([
      .init(
        "parks",
        .array([
          .object([
            .init("park", .string("1st")), .init("area_km2", .literal("1234.567890")),
            .init("medium_km2", .literal("308.641972")),
          ])
        ]))
    ])
  ]

  private static func audit(_ body: String, lang: String = "en") -> [String] {
    ReportAudit(
      html: "<html lang=\"\(lang)\"><td class=\"number\">\(body)</td></html>",
      documents: documents, required: ["cat_areas.json#parks"]
    ).differences.map(\.place)
  }

  private static let area = "cat_areas.json#parks[0].area_km2"
  private static let medium = "cat_areas.json#parks[0].medium_km2"

  private static func figure(
    _ text: String, _ value: String = "1234.56789", _ from: String = area, _ more: String = ""
  ) -> String {
    "<data value=\"\(value)\" data-from=\"\(from)\"\(more)>\(text)</data>"
  }

  private static let share =
    figure("25.0", "\(100 * 308.641972 / 1234.56789)", medium, " data-of=\"\(area)\"")

  @Test(
    "numbers that say what the run's JSON says pass, to the decimals shown",
    arguments: [
      ("1,235", "en"), ("1,234.6", "en"), ("1,234.567890", "en"), ("1\u{A0}234,57", "ru"),
      ("1,235", "zh"),
    ])
  func passes(text: String, lang: String) {
    let share = lang == "ru" ? Self.share.replacing("25.0", with: "25,0") : Self.share
    #expect(Self.audit(Self.figure(text) + share, lang: lang) == [])
  }

  @Test(
    "a number that is off by one in its last decimal, or written otherwise, is named",
    arguments: ["1,234", "1,236", "1,234.5", "1235", "1.235", "", "x", "1,235 km²", "−1,235"])
  func altered(text: String) {
    #expect(Self.audit(Self.figure(text) + Self.share) == [Self.area])
  }

  @Test("a number of another value, of another place, or of none is named")
  func misplaced() {
    #expect(Self.audit(Self.figure("1,235", "1234.5") + Self.share) == [Self.area])
    let elsewhere = "cat_areas.json#parks[1].area_km2"
    #expect(
      Self.audit(Self.figure("1,235", "1234.56789", elsewhere) + Self.share) == [
        elsewhere, Self.area,
      ])
    #expect(Self.audit(Self.figure("1,235") + Self.share + " 77") == ["1,23525.0 77"])
  }

  /// 308.64 km² are no less than one; 0.3 are, and so is a tie; nothing is not.
  @Test("what is told to be less than the last place is", arguments: Wording.Language.allCases)
  func bounds(language: Wording.Language) {
    func places(_ text: String, _ value: Double) -> [String] {
      ReportAudit(
        html: "<html lang=\"\(language.rawValue)\"><td class=\"number\">"
          + Self.figure(text, String(value)) + "</td></html>",
        documents: [
          "cat_areas.json": .object([
            .init("parks", .array([.object([.init("area_km2", .number(value))])]))
          ])
        ], required: []
      ).differences.map(\.place)
    }
    let half = language == .russian ? "&lt;0,1" : "&lt;0.1"
    #expect(places("&lt;1", 0.3) == [] && places("&lt;1", 0.5) == [] && places(half, 0.04) == [])
    #expect(places("&lt;1", 0.6) == [Self.area] && places("&lt;1", 0) == [Self.area])
    #expect(places(half, 0.3) == [Self.area] && places("&lt;2", 0.3) == [Self.area])
    #expect(places("&lt;", 0.3) == [Self.area] && places("0", 0.3) == [])
  }

  @Test("a number that is left out is named")
  func missing() {
    #expect(Self.audit(Self.figure("1,235")) == [Self.medium])
    #expect(Self.audit(Self.share) == [Self.area])
  }

  @Test("shares and differences are worked out again")
  func derived() {
    let difference = Self.figure(
      "926", "\(1234.56789 - 308.641972)", Self.area, " data-less=\"\(Self.medium)\"")
    #expect(Self.audit(difference + Self.share) == [])
    #expect(Self.audit(difference.replacing(">926<", with: ">927<") + Self.share) == [Self.area])
    #expect(
      Self.audit(Self.figure("1,235") + Self.share.replacing(">25.0<", with: ">25.1<"))
        == [Self.medium])
  }

  @Test("a share of a whole that stands in another row or another file is named")
  func foreignShare() {
    let documents: [String: JSONValue] = [
      "cat_areas.json": .object([
        .init(
          "parks",
          .array(
            [1234.56789, 1234.56789].map { area in
              .object([.init("area_km2", .number(area)), .init("medium_km2", .number(308.641972))])
            }))
      ]), "published.v1": .object([.init("total_km2", .number(1234.56789))]),
    ]
    func places(of whole: String) -> [String] {
      let share = Self.share.replacing("data-of=\"\(Self.area)\"", with: "data-of=\"\(whole)\"")
      return ReportAudit(
        html: "<html lang=\"en\"><td>\(share)</td></html>", documents: documents, required: []
      ).differences.map(\.place)
    }
    #expect(places(of: Self.area) == [])
    // The same value, elsewhere.
    #expect(places(of: "cat_areas.json#parks[1].area_km2") == [Self.medium])
    #expect(places(of: "published.v1#total_km2") == [Self.medium])
  }

  @Test("a page without a language of the report is refused")
  func language() {
    #expect(Self.audit(Self.figure("1,235") + Self.share, lang: "xx").contains("<html>"))
  }
}
