import RasterCore
import Reclassification
import Testing

@Suite("Built-in legends and look-ups")
struct LegendTests {
  @Test("every built-in legend is read and is not empty", arguments: Legend.builtInNames)
  func builtIn(name: String) throws {
    let legend = try Legend.builtIn(named: name)
    #expect(legend.name == name)
    // Key and number of every row agree, or reading would have failed.
    #expect(legend.codes.count >= 6)
    #expect(legend.fallback == .unknown)
    #expect(legend.entries.values.contains { $0.category != nil })
    for entry in legend.entries.values {
      #expect(!entry.label.isEmpty)
      #expect(entry.tags.contains("nodata") == (entry.category == nil))
    }
  }

  @Test("the list of built-in legends is that of the contract")
  func names() {
    #expect(
      Legend.builtInNames == [
        "copernicus_forest_type", "copernicus_lc100", "corine", "corine_grid", "dynamic_world",
        "esa_cci_lc", "esa_worldcover", "esri_lulc10", "from_glc10", "glc_fcs30", "globeland30",
        "mcd12c1_igbp", "modis_igbp", "nlcd", "ten_categories",
      ])
  }

  @Test(
    "codes mean what the products say",
    arguments: [
      ("esa_worldcover", 10, Legend.Lookup.category(.forestBroadleaf)),
      ("esa_worldcover", 0, .nodata), ("esa_worldcover", 11, .unknown),
      ("dynamic_world", 0, .category(.water)),  // not nodata
      ("modis_igbp", 0, .unknown),  // water of old versions: refused rather than guessed
      ("mcd12c1_igbp", 0, .category(.water)), ("corine", 213, .category(.rice)),
      ("esa_cci_lc", 20, .category(.rice)), ("copernicus_forest_type", 5, .category(.forestMixed)),
      ("ten_categories", 10, .category(.built)), ("ten_categories", 255, .nodata),
      ("ten_categories", 11, .unknown), ("nlcd", 250, .nodata),
    ])
  func meanings(name: String, code: Int, expected: Legend.Lookup) throws {
    #expect(try Legend.builtIn(named: name).category(of: code) == expected)
  }

  @Test("notes give their tags")
  func tags() throws {
    let legend = try Legend.builtIn(named: "esa_worldcover")
    #expect(legend.entries[10]?.tags == ["forest_type"])
    #expect(legend.entries[90]?.tags == ["wetland", "rice"])
    #expect(legend.entries[20]?.tags == [])
    #expect(
      try Legend.builtIn(named: "esa_cci_lc").entries[160]?.tags == ["forest_type", "wetland"])
    #expect(try Legend.builtIn(named: "nlcd").entries[41]?.tags == ["forest_type"])
  }

  @Test(
    "a name in other letters or with other signs is the legend it can only be",
    arguments: [
      ("esa-worldcover", Optional("esa_worldcover")), ("ESA WorldCover", "esa_worldcover"),
      ("MODIS_IGBP", "modis_igbp"), ("corine", "corine"), ("CORINE-grid", "corine_grid"),
      ("worldcover", nil), ("esa_worldcover.csv", nil), ("", nil),
    ])
  func spellings(name: String, expected: String?) {
    #expect(Legend.builtInName(like: name) == expected)
  }

  @Test("a name of a file that is not there is a missing input")
  func missingFile() {
    let error = #expect(throws: HabitatError.self) { try Legend.builtIn(named: "./mine.csv") }
    #expect(error?.kind == .input && error?.slug == "input-missing")
  }

  @Test("an unknown name is refused with the nearest one and the list")
  func unknownName() {
    let error = #expect(throws: HabitatError.self) {
      try Legend.builtIn(named: "esa_worldcovr")
    }
    #expect(error?.kind == .usage && error?.slug == "unknown-legend")
    #expect(error?.fix.contains("did you mean esa_worldcover?") == true)
    #expect(error?.fix.contains("ten_categories") == true)
  }
}
