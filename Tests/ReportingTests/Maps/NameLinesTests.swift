import Testing

@testable import Reporting

@Suite("Names in lines on a map of the report") struct NameLinesTests {
  @Test(
    "a name breaks between words into as few lines as hold it, about as long as one another",
    arguments: [
      ("Taiga", ["Taiga"]),
      ("Land of the Leopard", ["Land of the Leopard"]),
      (
        "Northeast Tiger and Leopard National Park",
        ["Northeast Tiger and ", "Leopard National Park"]
      ),
      (
        "Северо-Восточный национальный парк тигра и леопарда (Китай)",
        ["Северо-Восточный ", "национальный парк тигра ", "и леопарда (Китай)"]
      ),
      // Twelve ideographs to a line; no line begins with the sign that closes.
      ("东北虎豹国家公园", ["东北虎豹国家公园"]),
      ("东北虎豹国家公园（吉林省）管理局", ["东北虎豹国家公园", "（吉林省）管理局"]),
      ("", []),
    ])
  func breaks(name: String, lines: [String]) {
    #expect(NameLines.lines(of: name) == lines)
  }

  @Test(
    "the lines make up the name, and none is too long",
    arguments: [
      String(repeating: "A", count: 100), String(repeating: "虎", count: 50),
      "Donaudampfschifffahrtsgesellschaftskapitänsreservat am See", "a  b   c", "虎（）。 豹 x",
    ])
  func holds(name: String) {
    let lines = NameLines.lines(of: name)
    #expect(lines.joined() == name)
    #expect(lines.allSatisfy { $0.count <= NameLines.longest + 1 })
  }
}
