import RasterCore
import Reporting
import Testing

@Suite("The printed table on a terminal")
struct TerminalTableTests {
  private static let names = [
    "Land of the Leopard", "Национальный парк «Земля леопарда» имени Н. Н. Воронцова",
    "东北虎豹国家公园", "Кедровая", "Thelongestwordthatanybodyhaseverseenonamapofparks",
  ]
  private static let classes = [
    "Not suitable", "Minimum suitable", "Medium suitable", "Maximum suitable",
  ]

  /// Areas of the parks in the order of `names`, each class a tenth more than the one before.
  private static func table(
    nodata: Double, outside: Double, scale: Double = 1, notes: [String] = []
  ) -> PrintedTable {
    let rows = names.enumerated().map { index, name in
      let parts = (0..<4).map { scale * Double(1000 + 100 * index + 10 * $0) }
      return AreaTable.Row(
        kind: .park, id: "\(index)", name: name,
        area: parts.reduce(nodata + outside, +), parts: parts, nodata: nodata, outside: outside)
    }
    let sums = (0..<4).map { part in rows.reduce(0) { $0 + $1.parts[part] } }
    let total = AreaTable.Row(
      kind: .total, id: "", name: "Total", area: rows.reduce(0) { $0 + $1.area }, parts: sums,
      nodata: 5 * nodata, outside: 5 * outside)
    return PrintedTable(
      AreaTable(partKeys: ["a", "b", "c", "d"], rows: rows, total: total),
      title: "Habitat suitability for Amur leopard (Panthera pardus orientalis)",
      partNames: classes, partColours: [0xECDCB6, 0x96C07E, 0x4F9E74, 0x0B4F4A],
      exactFiles: "leopard_areas.csv and .json", notes: notes)
  }

  /// The text without what colours it.
  private static func plain(_ text: String) -> String {
    text.replacing(/\u{1B}\[[0-9;]*m/, with: "").replacing("━", with: "─").replacing("■", with: " ")
  }

  /// Signs alone: blanks and rules are where lines have room for them.
  private static func signs(_ text: String) -> [Character: Int] {
    text.filter { !" \n─".contains($0) }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  @Test("a table that fits is the same as in a file")
  func fits() {
    let table = Self.table(nodata: 0, outside: 0)
    #expect(table.text(on: TextPage(width: 200)) == table.text)
    #expect(table.text(on: .file) == table.text)
  }

  @Test(
    "no line is wider than the terminal, and no figure, name or heading is lost",
    arguments: [40, 50, 60, 70, 80, 100, 120], [(0.0, 0.0), (250, 0), (250, 1250)])
  func narrow(width: Int, missing: (Double, Double)) {
    let table = Self.table(nodata: missing.0, outside: missing.1, notes: ["Synthetic: 不是真的。"])
    let text = table.text(on: TextPage(width: width))
    for line in text.split(separator: "\n") {
      #expect(String(line).displayWidth <= width, "\(line)")
    }
    // A list repeats headings; columns have all signs of the table, and no others.
    if text.contains("─") { #expect(Self.signs(text) == Self.signs(table.text)) }
    for name in ["1,000", "1,430"] { #expect(text.contains(name)) }
  }

  @Test("classes keep their columns at 60 columns, with names above them")
  func columns() {
    let text = Self.table(nodata: 250, outside: 1250).text(on: TextPage(width: 60))
    let lines = text.split(separator: "\n").map(String.init)
    let name = lines.firstIndex { $0.hasPrefix("东北虎豹国家公园") }
    #expect(name.map { lines[$0 + 1].split(separator: " ").count } == 7)
    #expect(lines.contains { $0.hasSuffix("suitable suitable suitable suitable  data Outside") })
  }

  @Test("colours take no room and change no sign", arguments: [40, 60, 80, 200])
  func colours(width: Int) {
    let table = Self.table(nodata: 0, outside: 0)
    for colours in [TextPage.Colours.indexed, .all] {
      let text = table.text(on: TextPage(width: width, colours: colours))
      #expect(text.contains("\u{1B}["))
      #expect(Self.plain(text) == table.text(on: TextPage(width: width)))
    }
  }

  @Test("figures that find no room beside one another are a list")
  func list() {
    let table = Self.table(nodata: 0, outside: 0, scale: 1e6)
    let text = table.text(on: TextPage(width: 40))
    #expect(text.contains("Кедровая\n  Total area"))
    #expect(text.contains(/Maximum suitable +1,030,000,000\n/))
  }
}
