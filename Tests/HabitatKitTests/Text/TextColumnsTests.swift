import RasterCore
import Testing

@testable import HabitatKit

@Suite("Columns of text")
struct TextColumnsTests {
  private static var columns: TextColumns {
    var columns = TextColumns(numeric: [0, 2], hasHeader: true)
    columns.add("id", "park", "km² of land", "")
    columns.add("1", "Land of the Leopard", "3,704.8", "")
    columns.add("12", "东北虎豹国家公园", "14,838.2", "repaired")
    return columns
  }

  @Test("columns are as wide as their fields, wide characters counted as two")
  func file() {
    #expect(
      Self.columns.text(on: .file) == """
          id  park                 km² of land
           1  Land of the Leopard      3,704.8
          12  东北虎豹国家公园        14,838.2  repaired

        """)
  }

  @Test("names take several lines where the terminal is narrow, and figures none")
  func narrow() {
    #expect(
      Self.columns.text(on: TextPage(width: 36)) == """
          id  park          km² of
                              land
           1  Land of      3,704.8
              the
              Leopard
          12  东北虎豹    14,838.2  repaired
              国家公园

        """)
  }

  @Test("no line is wider than the terminal, whatever its width", arguments: 16...60)
  func widths(width: Int) {
    let text = Self.columns.text(on: TextPage(width: width))
    for line in text.split(separator: "\n") { #expect(String(line).displayWidth <= width) }
    for figure in ["3,704.8", "14,838.2"] { #expect(text.contains(figure)) }
  }

  @Test("where columns find no room each line is a paragraph with the names of its columns")
  func paragraphs() {
    #expect(
      Self.columns.text(on: TextPage(width: 24)) == """
          id 1, park Land of the
            Leopard, km² of land
            3,704.8
          id 12, park
            东北虎豹国家公园,
            km² of land
            14,838.2, repaired

        """)
  }
}
