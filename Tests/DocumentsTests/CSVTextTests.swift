import Documents
import TestSupport
import Testing

@Suite("Comma-separated values")
struct CSVTextTests {
  /// RFC 4180, section 2, rules 5 to 7.
  @Test(
    "a field is quoted where it must be and only there",
    arguments: [
      ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
      ("two\nlines", "\"two\nlines\""), ("two\r\nlines", "\"two\r\nlines\""),
      ("cr\r", "\"cr\r\""), ("", ""), ("  ", "  "), ("Земля леопарда; 东北", "Земля леопарда; 东北"),
      (",\u{301}", "\",\u{301}\""), ("\"\u{301}", "\"\"\"\u{301}\""),
    ])
  func field(text: String, written: String) {
    #expect(Array(CSVText.field(text).utf8) == Array(written.utf8))
  }

  @Test("a line ends with carriage return and line feed")
  func lineEnd() {
    #expect(CSVText.line(["a", "b"]) == "a,b\r\n")
  }

  @Test("the fields of a line are what was written", arguments: UInt64(0)..<100)
  func roundTrip(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let letters = ["a", ",", "\"", "é", " ", "東", "\u{301}", "\n", "\r\n"]
    let fields = (0..<4).map { _ in
      (0..<Int.random(in: 0...5, using: &random)).map { _ in
        letters.randomElement(using: &random)!
      }.joined()
    }
    let line = fields.map(CSVText.field).joined(separator: ",")
    #expect(CSVText.fields(of: line).map { Array($0.utf8) } == fields.map { Array($0.utf8) })
  }
}
