import Testing

@testable import Reporting

@Suite("Markup") struct MarkupTests {
  @Test(
    "a name out of data is text in elements and attributes, whatever it holds",
    arguments: [
      ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
      ("\" onload=\"x", "&quot; onload=&quot;x"), ("O'Brien & <b>", "O&#39;Brien &amp; &lt;b&gt;"),
      ("=1+1", "=1+1"), ("two\nlines", "two␊lines"), ("turned\u{202E}round", "turned‹U+202E›round"),
      ("Заповедник 东北虎豹", "Заповедник 东北虎豹"),
    ])
  func escapes(name: String, source: String) {
    let markup: Markup = "<p title=\"\(name)\">\(name)</p>"
    #expect(markup.source == "<p title=\"\(source)\">\(source)</p>")
    #expect(Markup(name: name).source == "<bdi>\(source)</bdi>")
  }

  @Test("markup put into markup stays as it is") func nests() {
    let text = "&"
    let inner: Markup = "<b>\(text)</b>\(text.isEmpty ? "" : "<i>")"
    let cells: [Markup] = ["<td>\(1)</td>", "<td>\(coordinate: 2.50)</td>"]
    #expect(
      ("<p>\(inner)\(cells)</p>" as Markup).source == "<p><b>&amp;</b><i><td>1</td><td>2.5</td></p>"
    )
    #expect(cells.joined(separator: " ").source == "<td>1</td> <td>2.5</td>")
  }

  @Test(
    "coordinates have no needless digits",
    arguments: [(0.0, "0"), (-0.001, "0"), (100, "100"), (12.345, "12.35"), (-7.5, "-7.5")])
  func coordinates(value: Double, source: String) {
    #expect(("\(coordinate: value)" as Markup).source == source)
  }
}
