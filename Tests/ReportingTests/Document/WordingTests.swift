import RasterCore
import Testing

@testable import Reporting

@Suite("Wording") struct WordingTests {
  private static let english = Wording(.english)

  @Test("every language has every text, with the same places", arguments: Wording.Language.allCases)
  func isComplete(language: Wording.Language) {
    let wording = Wording(language)
    #expect(Set(wording.texts.keys) == Set(Self.english.texts.keys))
    func places(_ text: String?) -> [String] {
      (text ?? "").matches(of: /{([a-z_]+)}/).map { String($0.1) }.sorted()
    }
    for (key, text) in wording.texts {
      #expect(places(text) == places(Self.english.texts[key]), "\(key)")
      #expect(!text.isEmpty, "\(key)")
    }
  }

  @Test(
    "each number comes back from its text, with its decimals", arguments: Wording.Language.allCases)
  func numbers(language: Wording.Language) throws {
    let wording = Wording(language)
    for (value, decimals) in [(0.0, 0), (18_543, 0), (1_234_567.891, 3), (-0.25, 2), (999.5, 1)] {
      let parsed = try #require(wording.parse(wording.number(value, decimals: decimals)))
      #expect(parsed.value == value)
      #expect(parsed.decimals == decimals)
    }
    for text in ["", "x", "1,2,3", "1.2.3", "12a", "--1"] { #expect(wording.parse(text) == nil) }
  }

  @Test("numbers are written as each language does") func written() {
    #expect(Wording(.english).number(-18_543.2, decimals: 1) == "−18,543.2")
    #expect(Wording(.russian).number(-18_543.2, decimals: 1) == "−18\u{A0}543,2")
    #expect(Wording(.chinese).number(-18_543.2, decimals: 1) == "−18,543.2")
  }

  @Test(
    "what is there is not written as nothing",
    arguments: [
      (0.0, 0, "0"), (0.3, 0, "<1"), (0.49, 0, "<1"), (0.51, 0, "1"), (1e-7, 3, "<0.001"),
      (0.0006, 3, "0.001"), (-0.2, 0, "0"), (1234, 0, "1,234"),
    ])
  func amounts(value: Double, decimals: Int, text: String) {
    for language in Wording.Language.allCases {
      let wording = Wording(language)
      let written = wording.amount(value, decimals: decimals)
      let plain = written.replacing(wording.groupSeparator, with: ",")
      if language != .russian { #expect(plain.replacing("\u{2212}", with: "") == text) }
      // Each is read again as what it is.
      #expect((wording.bound(written) != nil) == text.hasPrefix("<"))
      #expect((wording.parse(written) == nil) == text.hasPrefix("<"))
    }
    #expect(Wording(.russian).amount(0.0001, decimals: 2) == "<0,01")
  }

  @Test("names within a sentence lose the capitals of headings, abbreviations keep theirs")
  func enumeration() {
    let text = Self.english.enumeration(["Land cover", "DEM", "Slope"])
    #expect(text == "land cover; DEM; slope" && text.capitalizedFirst == "Land cover; DEM; slope")
    #expect(Wording(.russian).enumeration(["Уклон", "Дороги"]) == "уклон; дороги")
    #expect(Wording(.chinese).enumeration(["海拔", "坡度"]) == "海拔；坡度")
  }

  @Test("where Chinese is written, its signs are too")
  func chineseSigns() {
    for (key, text) in Wording(.chinese).texts {
      #expect(text.firstMatch(of: /\p{Han}[:;,!?()]/) == nil, "\(key)")
    }
  }

  @Test("a value that looks like a place is not filled in again") func fills() {
    let text = Self.english.sentence("page.title", ["landscape": "{landscape} {x}"])
    #expect(text.contains("{landscape} {x}"))
  }
}
