import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Legends shown") struct LegendTextTests {
  @Test("a list of codes is shown as CSV with all columns") func list() throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write("code,category\n2,forest_mixed\n7,water\n", to: "list.csv")
      let lines = try Catalogue.legendText(named: path).split(separator: "\n")
      #expect(
        lines == [
          "code,label,category_id,category,note", "2,,2,forest_mixed,", "7,,6,water,",
        ])
    }
  }

  @Test(
    "rules that CSV cannot say are shown as they stand, so that what is saved means the same",
    arguments: ["10 thru 40 = 8\n* = 5\n", "7=water; DEFAULT=meadow"])
  func rules(text: String) throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write(text, to: "rules.txt")
      let shown = try Catalogue.legendText(named: path)
      #expect(shown == (text.hasSuffix("\n") ? text : text + "\n"))
    }
  }
}
