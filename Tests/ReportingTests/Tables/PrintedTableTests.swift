import RasterCore
import Reporting
import Testing

@Suite("The printed table")
struct PrintedTableTests {
  static func table(
    _ areas: [Double], nodata: Double = 0, outside: Double = 0, total: Double? = nil
  ) -> AreaTable {
    let rows = areas.enumerated().map {
      AreaTable.Row(
        kind: .park, id: "\($0.offset)", name: "Park \($0.offset)", area: $0.element,
        parts: [$0.element - nodata - outside], nodata: nodata, outside: outside)
    }
    let sum = total ?? areas.reduce(0, +)
    return AreaTable(
      partKeys: ["a"], rows: rows,
      total: .init(
        kind: .total, id: "", name: "Total", area: sum, parts: [sum], nodata: nodata,
        outside: outside))
  }

  static func printed(_ table: AreaTable, notes: [String] = []) -> PrintedTable {
    PrintedTable(
      table, title: "Habitat", partNames: ["Best"], exactFiles: "a.csv and .json", notes: notes)
  }

  static func text(_ table: AreaTable, notes: [String] = []) -> String {
    printed(table, notes: notes).text
  }

  @Test("columns line up and the total stands under a rule")
  func layout() {
    #expect(
      Self.text(Self.table([1234, 200])) == """
        Habitat (km²)

        Area    Total area   Best
        ─────────────────────────
        Park 0       1,234  1,234
        Park 1         200    200
        ─────────────────────────
        Total        1,434  1,434

        Figures are rounded and may not sum to the totals; a.csv and .json hold six decimals.

        """)
  }

  /// Three digits for the smallest park, whole numbers at least.
  @Test(
    "areas have as many decimals as the smallest park needs",
    arguments: [
      ([100.0, 5000], "5,000"), ([99.0, 5000], "5,000.0"), ([1.5, 5000], "5,000.00"),
      ([0.015, 5000], "5,000.0000"), ([0, 5000], "5,000"), ([1e-9, 5000], "5,000.000000"),
    ])
  func decimals(areas: [Double], shown: String) {
    #expect(Self.text(Self.table(areas)).contains(" \(shown)  "))
  }

  @Test("land without data and land outside have columns only where there is some")
  func columns() {
    #expect(!Self.text(Self.table([1000])).contains("No data"))
    #expect(!Self.text(Self.table([1000], nodata: 0.4)).contains("No data"))
    #expect(Self.text(Self.table([1000], nodata: 0.6)).contains("No data"))
    #expect(Self.text(Self.table([1000], outside: 3)).contains("Outside"))
  }

  @Test("a total below the sum of its parks says how much and why")
  func overlap() {
    let text = Self.text(Self.table([1000, 500], total: 1400))
    #expect(text.contains("The total is 100 km² less than the sum: parks overlap"))
    #expect(!Self.text(Self.table([1000, 500])).contains("overlap"))
  }

  @Test("an overlap smaller than the last decimal is told with more of them")
  func smallOverlap() {
    let text = Self.text(Self.table([1000, 500], total: 1499.99))
    #expect(text.contains("The total is 0.010000 km² less"))
  }

  @Test("notes stand below the table, each on its line")
  func notes() {
    #expect(
      Self.text(Self.table([100]), notes: ["One.", "Two."]).hasSuffix(
        " six decimals.\nOne.\nTwo.\n"))
  }

  @Test("without parks the row is an area, and there is no total")
  func raster() {
    let table = AreaTable(
      partKeys: ["a"],
      rows: [
        .init(kind: .raster, id: "", name: "scene", area: 500, parts: [500], nodata: 0, outside: 0)
      ], total: nil)
    let text = Self.text(table)
    #expect(text.contains("Area "))
    #expect(!text.contains("National park") && !text.contains("Total\n"))
  }

  @Test("in Markdown bars in names are escaped and the total is bold")
  func markdown() {
    var table = Self.table([200])
    table.rows[0].name = "A|B"
    let text = Self.printed(table).markdown
    #expect(
      text == """
        ### Habitat (km²)

        | Area | Total area | Best |
        |---|---:|---:|
        | A\\|B | 200 | 200 |
        | **Total** | **200** | **200** |

        Figures are rounded and may not sum to the totals; a.csv and .json hold six decimals.

        """)
  }

  @Test("names out of data stay text: on one line, in their column, without markup")
  func hostileNames() {
    var table = Self.table([200, 300])
    table.rows[0].name = "\u{1B}[31m<script>\nA_B*"
    table.rows[1].name = "=1+1"
    let printed = Self.printed(table)
    #expect(printed.text.contains("\n␛[31m<script>␊A_B*         200   200\n"))
    #expect(printed.markdown.contains("\n| ␛\\[31m\\<script>␊A\\_B\\* | 200 | 200 |\n"))
    #expect(printed.markdown.contains("\n| =1+1 | 300 | 300 |\n"))
  }
}
