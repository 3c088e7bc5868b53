import RasterCore
import Testing

@Suite("Text shown to people")
struct StringShownTests {
  @Test(
    "what would steer a terminal or break a line is shown, not done",
    arguments: [
      ("plain", "plain"), ("Земля леопарда 虎", "Земля леопарда 虎"), ("a\u{301}", "a\u{301}"),
      ("a\u{1B}[31mred", "a␛[31mred"), ("one\ntwo\r\tx", "one␊two␍␉x"),
      ("bell\u{7}\u{7F}", "bell␇␡"),
      ("c1\u{9B}2J", "c1‹U+009B›2J"), ("gpj\u{202E}fdp.", "gpj‹U+202E›fdp."),
      ("\u{2066}x\u{2069}", "‹U+2066›x‹U+2069›"), ("a\u{2028}b", "a␊b"), ("\r\n", "␍␊"),
    ])
  func controls(text: String, shown: String) { #expect(text.shown == shown) }

  @Test("a name written from right to left stands between marks that keep numbers in their places")
  func rightToLeft() {
    #expect("שמורה 2".shown == "\u{200E}שמורה 2\u{200E}")
    #expect("محمية".shown == "\u{200E}محمية\u{200E}")
    #expect("שמורה".shown.displayWidth == 5)
  }

  @Test("no text keeps a control character", arguments: UInt32(0)...0x2FF)
  func none(code: UInt32) throws {
    let text = String(try #require(Unicode.Scalar(code)))
    #expect(!text.shown.unicodeScalars.contains { $0.properties.generalCategory == .control })
  }

  @Test("messages show names as text")
  func messages() {
    let error = HabitatError(.input, "x", "park \"\u{1B}[2J\"", at: "a\nb", fix: "rename\r")
    #expect(error.description == "error[x]: park \"␛[2J\"\n  where: a␊b\n  fix:   rename␍")
    let warning = HabitatWarning("x", "\u{202E}", at: "b", fix: "c")
    #expect(warning.description.hasPrefix("warning[x]: ‹U+202E›\n"))
  }

  @Test("widths count what a terminal shows")
  func widths() {
    #expect("虎豹".displayWidth == 4)
    #expect("e\u{301}".displayWidth == 1)
    #expect("\u{200E}ab\u{200E}".displayWidth == 2)
  }
}
