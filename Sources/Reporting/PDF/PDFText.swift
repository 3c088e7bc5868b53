import Foundation
import RasterCore

/// Text in letters that the fonts of a page have.
///
/// No font is embedded, so Latin, Cyrillic and Chinese are what there is; every other script is
/// transliterated by the rules of the Unicode CLDR, and what has none, such as Tibetan, is told by its code
/// points. A sign that stands for nothing, a question mark or a box, is never written.
enum PDFText {
  /// On one line, in characters for each of which `PDFFont.glyph` has a glyph.
  static func writable(_ text: String) -> String {
    let text = text.shown.precomposedStringWithCanonicalMapping
    var written = ""
    var foreign = ""
    func finish() {
      written += latin(foreign)
      foreign = ""
    }
    for scalar in text.unicodeScalars where !invisible.contains(scalar) {
      if PDFFont.glyph(of: scalar, isBold: false) == nil {
        foreign.unicodeScalars.append(scalar)
      } else {
        finish()
        written.unicodeScalars.append(scalar)
      }
    }
    finish()
    return written
  }

  /// Marks of direction and joining, which show nothing.
  private static let invisible: Set<Unicode.Scalar> = [
    "\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{200F}", "\u{2060}", "\u{FE0F}", "\u{FEFF}",
  ]

  /// A run that no font has, read as a whole: how a letter sounds may depend on its neighbours.
  private static func latin(_ run: String) -> String {
    guard let first = run.unicodeScalars.first else { return "" }
    let latin = run.applyingTransform(.toLatin, reverse: false) ?? run
    let plain = latin.applyingTransform(latinToASCII, reverse: false) ?? latin
    if plain.unicodeScalars.allSatisfy({ PDFFont.glyph(of: $0, isBold: false) != nil }) {
      return plain
    }
    let digits = PDFFont.hex(Int(first.value), digits: 4)
    return "‹U+\(digits)\(run.unicodeScalars.count > 1 ? "…" : "")›"
  }

  /// Takes off marks and writes letters that are none of ASCII with such: ł is l, ß is ss.
  private static let latinToASCII = StringTransform("Latin-ASCII")
}
