import RasterCore
import Testing

@Suite("Folding text to the width of a terminal")
struct FoldingTests {
  @Test(
    "lines are broken at blanks",
    arguments: [
      ("one two three", 7, 0, ["one two", "three"]), ("one two", 7, 3, ["one", "two"]),
      ("", 5, 0, [""]), ("a  b", 9, 0, ["a b"]),
      // Too long a word stands alone, whole.
      ("see /a/long/path now", 6, 0, ["see", "/a/long/path", "now"]),
      // Two columns a character.
      ("东北 虎豹", 5, 0, ["东北", "虎豹"]),
    ])
  func blanks(text: String, width: Int, taken: Int, lines: [String]) {
    #expect(text.folded(to: width, taken: taken) == lines)
  }

  @Test(
    "words are broken where that is asked for, behind a sign or anywhere, and nothing is lost",
    arguments: [
      ("forest_broadleaf", 10, ["forest_", "broadleaf"]), ("abcdefgh", 5, ["abcde", "fgh"]),
      ("东北虎豹国家公园", 7, ["东北虎", "豹国家", "公园"]), ("a bcdefgh", 4, ["a", "bcde", "fgh"]),
    ])
  func words(text: String, width: Int, lines: [String]) {
    let folded = text.folded(to: width, breakingWords: true)
    #expect(folded == lines)
    #expect(folded.allSatisfy { $0.displayWidth <= width })
  }
}
