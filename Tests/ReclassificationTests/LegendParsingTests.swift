import RasterCore
import Reclassification
import Testing

@Suite("Legends of users")
struct LegendParsingTests {
  static func legend(_ text: String) throws -> Legend {
    try Legend(text: text, file: "folder/mine.txt")
  }

  static func answers(_ text: String, _ codes: [Int]) throws -> [Legend.Lookup] {
    let legend = try legend(text)
    return codes.map(legend.category(of:))
  }

  @Test("a CSV may have a byte-order mark, any line ends, quotes and columns in any order")
  func csv() throws {
    let text =
      "\u{FEFF}category,Code,label\r\nmeadow,30,\"Grass, \"\"wet\"\"\r\nand dry\"\r\n\r\n"
      + "# a remark\r\nnodata,-9999,\r\n8, 40 ,Fields\r\nwater,5"
    let legend = try Self.legend(text)
    #expect(legend.name == "mine.txt")
    #expect(legend.codes == [-9999, 5, 30, 40])
    #expect(legend.entries[30]?.label == "Grass, \"wet\"\r\nand dry")
    #expect(legend.category(of: 30) == .category(.meadow))
    #expect(legend.category(of: 40) == .category(.cultivated))
    #expect(legend.category(of: 5) == .category(.water))
    #expect(legend.category(of: -9999) == .nodata)
    #expect(legend.category(of: 31) == .unknown)
  }

  @Test("semicolons and tabs separate where the header has no comma", arguments: [";", "\t"])
  func otherSeparators(separator: String) throws {
    let lines = ["code;label;category", "1;Grass, wet;meadow", "2;\"a;b\";water"]
    let legend = try Self.legend(
      lines.joined(separator: "\n").replacing("\"a;b\"", with: "?").replacing(";", with: separator)
        .replacing("?", with: "\"a\(separator)b\""))
    #expect(legend.category(of: 1) == .category(.meadow))
    #expect(legend.category(of: 2) == .category(.water))
    #expect(legend.entries[1]?.label == "Grass, wet")
    #expect(legend.entries[2]?.label == "a\(separator)b")
  }

  @Test("a CSV with numbers only does as well, and line ends of old Macs too")
  func csvNumbers() throws {
    let codes = [1, 2, 3]
    #expect(
      try Self.answers("code,category_id\r1,1\r2,10\r3,0\r", codes)
        == [.category(.forestBroadleaf), .category(.built), .nodata])
  }

  @Test(
    "a CSV that cannot be right is refused at its line",
    arguments: [
      ("", 1), ("1,Tree,1\n", 1), ("code,label\n1,Tree\n", 1), ("code,category\n", 1),
      ("code,category\n1,medow\n", 2), ("code,category\n1.5,meadow\n", 2),
      ("code,category\n\n1,meadow\n1,shrub\n", 4), ("code,category_id,category\n1,5,shrub\n", 2),
      ("code,category_id,category\n1,0,shrub\n", 2), ("code,category_id\n1,11\n", 2),
      ("code,category_id\n1,-1\n", 2), ("code,category_id\n1,meadow\n", 2),
      ("code,category\n1,\n", 2), ("code,label,category\n1,Grass, wet,meadow\n", 2),
      ("code,category\n1,\"meadow\n", 2), ("code,category\n1,mea\"dow\n", 2),
      ("code category\n1 meadow\n", 1), ("code,category,code\n1,meadow,1\n", 1),
      ("code,label,category\n1,\"two\nlines\",meadow\n2,x,medow", 4),
    ])
  func csvRefusals(text: String, line: Int) {
    let error = #expect(throws: HabitatError.self) { try Self.legend(text) }
    #expect(error?.kind == .input && error?.slug == "bad-legend")
    #expect(error?.location == "folder/mine.txt: line \(line)")
    // Whoever is not told the word that was meant is told where a legend is that reads.
    #expect(error?.fix.contains("did you mean") != error?.fix.contains("habitat legends"))
  }

  @Test("a misspelt category is answered with the nearest key")
  func nearestKey() {
    let error = #expect(throws: HabitatError.self) {
      try Self.legend("code,category\n1,forest_mixd\n")
    }
    #expect(error?.fix == "did you mean forest_mixed?")
  }

  @Test("text that is not UTF-8 is refused")
  func notUTF8() {
    let error = #expect(throws: HabitatError.self) {
      try Legend(bytes: [0x63, 0xE9, 0x0A], file: "latin.csv")
    }
    #expect(error?.slug == "bad-legend")
    // What is named is there.
    #expect(error?.fix.contains("habitat legends show esa_worldcover") == true)
    #expect(Legend.builtInNames.contains("esa_worldcover"))
  }

  @Test("a GDAL mapping has open and closed ranges, defaults and comments")
  func mapping() throws {
    // The example of the manual, with categories for values.
    let text = """
      # remap land cover types
      0       = 10      # land
      [2,4]   = 6   # freshwater
      1       = water
      (4,6]   = 2
      NO_DATA = NO_DATA # stays
      """
    #expect(
      try Self.answers(text, [0, 1, 2, 4, 5, 6, 7]) == [
        .category(.built), .category(.water), .category(.water), .category(.water),
        .category(.forestMixed), .category(.forestMixed), .unknown,
      ])
    let legend = try Self.legend(text)
    #expect(legend.entries[0]?.label == "land" && legend.entry(for: 3)?.label == "freshwater")
    #expect(legend.fallback == .unknown)
  }

  @Test("a GDAL mapping fits on one line and reaches to infinity")
  func mappingOnOneLine() throws {
    let text = "[-inf,0)=NO_DATA; [2,4]=5; NO_DATA=0; (100, inf)=7;DEFAULT=8;"
    #expect(
      try Self.answers(text, [Int.min, -1, 0, 2, 4, 5, 100, 101, Int.max]) == [
        .nodata, .nodata, .byDefault(.cultivated), .category(.meadow), .category(.meadow),
        .byDefault(.cultivated), .byDefault(.cultivated), .category(.bare), .category(.bare),
      ])
    #expect(try Self.legend(text).fallback == .category(.cultivated))
    #expect(
      try Self.answers("[1,2)=3; default=no_data", [1, 2]) == [
        .category(.forestConifer), .byDefault(nil),
      ])
  }

  @Test(
    "what a GDAL mapping gives to cells without a value means no value wherever it stands",
    arguments: [
      ("NO_DATA=255; 1=1; 2=255; DEFAULT=255", 255),
      ("1=1; 2=-9999; DEFAULT=-9999; NO_DATA=-9999", 11),
      ("NO_DATA=99;1=1;[2,3]=99;DEFAULT=99", 9), ("1=1; 2=255; DEFAULT=PASS_THROUGH", 255),
    ])
  func mappingNodata(text: String, other: Int) throws {
    #expect(
      try Self.answers(text, [1, 2, other])
        == [.category(.forestBroadleaf), .nodata, .byDefault(nil)])
    // Without NO_DATA another number stands for nothing.
    #expect(throws: HabitatError.self) { try Self.legend("1=1; 2=99") }
  }

  @Test("in a GDAL mapping single values go before ranges, of which the first counts")
  func mappingPrecedence() throws {
    // vrtreclassifier.cpp: a map of constants, the last one winning, then the list of intervals.
    #expect(
      try Self.answers("[1,9]=1; [5,20]=2; 7=3; 7=4; [8,8]=5", [1, 5, 7, 8, 15]) == [
        .category(.forestBroadleaf), .category(.forestBroadleaf), .category(.shrub),
        .category(.meadow), .category(.forestMixed),
      ])
  }

  @Test("codes are passed through where the mapping says so")
  func passThrough() throws {
    #expect(
      try Self.answers("[1,3]=PASS_THROUGH; 20=6; 21=PASS_THROUGH; DEFAULT=9", [0, 2, 20, 21, 4])
        == [
          .byDefault(.rice), .category(.forestMixed), .category(.water), .unknown,
          .byDefault(.rice),
        ])
    #expect(
      try Self.answers("20=6; DEFAULT=PASS_THROUGH", [0, 4, 11])
        == [.byDefault(nil), .byDefault(.shrub), .unknown])
  }

  @Test(
    "a GDAL mapping that cannot be right is refused at its line",
    arguments: [
      ("[1,2=5", 1), ("[1,2]=5\n[3]=5", 2), ("[4,2]=5", 1), ("(1,2)=5", 1), ("[1,2]=11", 1),
      ("[1,2]=5=6", 1), ("[a,b]=5", 1), ("DEFAULT=5\n2.5=1", 2), ("DEFAULT=", 1),
      ("NO_DATA=7", 1), ("[1,2]=5\nforest", 2), ("[1,2]=PASSTHROUGH", 1), ("=5; 1=2", 1),
      ("[nan,3]=5", 1),
    ])
  func mappingRefusals(text: String, line: Int) {
    let error = #expect(throws: HabitatError.self) { try Self.legend(text) }
    #expect(error?.slug == "bad-legend" && error?.location == "folder/mine.txt: line \(line)")
  }

  @Test("GRASS rules have lists, runs, labels, a rule for the rest and an end")
  func reclassRules() throws {
    let text = """
      # remarks are allowed
      1 3 5      = 1   poor quality
      2 4 6 thru 8 -3 thru -1 = meadow
      20 thru 10 = NULL
      *          = 7 rest
      end
      this is not read = 99
      """
    #expect(
      try Self.answers(text, [1, 3, 5, 2, 7, -2, 10, 20, 15, 9, 21]) == [
        .category(.forestBroadleaf), .category(.forestBroadleaf), .category(.forestBroadleaf),
        .category(.meadow), .category(.meadow), .category(.meadow), .nodata, .nodata, .nodata,
        .byDefault(.bare), .byDefault(.bare),
      ])
    #expect(try Self.legend(text).entries[3]?.label == "poor quality")
  }

  @Test("in GRASS rules a later rule overrides an earlier one")
  func reclassPrecedence() throws {
    // The manual's example of overlapping rules.
    let rules = "1 thru 100 = 1 poor quality\n20 thru 50 = 2 medium quality\n25 = 3 good quality\n"
    #expect(
      try Self.answers(rules, [19, 20, 24, 25, 26, 51, 101]) == [
        .category(.forestBroadleaf), .category(.forestMixed), .category(.forestMixed),
        .category(.forestConifer), .category(.forestMixed), .category(.forestBroadleaf), .unknown,
      ])
    #expect(try Self.answers("25 = 3\n1 thru 100 = 1", [25]) == [.category(.forestBroadleaf)])
  }

  @Test(
    "codes and bounds of 64 bits are exact, and runs may be as long as there are codes",
    arguments: [
      ("0 thru 9223372036854775807 = 3", Int.max, true),
      ("-9223372036854775808 thru -1 = 3", Int.min, true),
      ("[0,9007199254740993]=3", 9_007_199_254_740_993, true),
      ("[0,9007199254740993]=3", 9_007_199_254_740_994, false),
      ("(9007199254740993,inf)=3", 9_007_199_254_740_993, false),
      ("[0,1e30)=3", Int.max, true), ("[0,99999999999999999999]=3", Int.max, true),
      ("9007199254740993=3", 9_007_199_254_740_993, true),
      ("9007199254740993=3", 9_007_199_254_740_992, false),
    ])
  func longCodes(text: String, code: Int, isNamed: Bool) throws {
    #expect(try Self.answers(text, [code]) == [isNamed ? .category(.forestConifer) : .unknown])
  }

  @Test("a code without a rule is unknown unless the rule for the rest says otherwise")
  func reclassFallback() throws {
    #expect(try Self.answers("1 = 5", [2]) == [.unknown])
    #expect(try Self.answers("1 = 5\n* = NULL", [2]) == [.byDefault(nil)])
    #expect(
      try Self.answers("1 = 5\n* = *", [2, 0, 12]) == [
        .byDefault(.forestMixed), .byDefault(nil), .unknown,
      ])
  }

  @Test(
    "GRASS rules that cannot be right are refused at their line",
    arguments: [
      ("1 thru = 5", 1), ("1 to 3 = 5", 1), ("1 2 = 5\n3 = 12", 2), ("1 thru 3 = 5\n = 4", 2),
      ("1 thru 3 =", 1), ("* = 5\n1 = 2", 2), ("1 thru 3 = 5; 4 = 2", 1), ("1 = *", 1),
      ("1 thru 3 = 5\nforest", 2), ("1 thru 3 = forest", 1), ("end", 1), ("null = 3", 1),
    ])
  func reclassRefusals(text: String, line: Int) {
    let error = #expect(throws: HabitatError.self) { try Self.legend(text) }
    #expect(error?.slug == "bad-legend" && error?.location == "folder/mine.txt: line \(line)")
  }
}
