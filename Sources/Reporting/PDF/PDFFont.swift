import Foundation

/// The fonts of a page, none embedded: viewers have Helvetica, substitute Arial, and know the Chinese
/// collection. So a page is small and holds nobody's font, and its text can be searched and copied.
enum PDFFont: String, CaseIterable {
  case latin = "F1"
  case latinBold = "F2"
  case cyrillic = "F3"
  case cyrillicBold = "F4"
  case chinese = "F5"

  /// The font's objects, the font itself first.
  ///
  /// - Parameter first: the number of the first object.
  func objects(from first: Int) -> [String] {
    switch self {
    case .latin, .latinBold:
      let name = self == .latin ? "Helvetica" : "Helvetica-Bold"
      return ["<< /Type /Font /Subtype /Type1 /BaseFont /\(name) /Encoding /WinAnsiEncoding >>"]
    case .cyrillic, .cyrillicBold:
      let name = self == .cyrillic ? "Arial" : "Arial-BoldMT"
      let isBold = self == .cyrillicBold
      let widths = Cyrillic.letters.map { String(Cyrillic.width(of: $0, isBold: isBold)) }
      let names = Cyrillic.letters.map { "/" + Cyrillic.glyphName(of: $0) }
      let unicode = Cyrillic.toUnicode
      // Not symbolic; the bold one is to be shown so whatever takes its place.
      let flags = self == .cyrillic ? 1 << 5 : 1 << 5 | 1 << 18
      return [
        """
        << /Type /Font /Subtype /TrueType /BaseFont /\(name) /FirstChar \(Cyrillic.firstCode) \
        /LastChar \(Cyrillic.firstCode + Cyrillic.letters.count - 1) \
        /Widths [\(widths.joined(separator: " "))] /FontDescriptor \(first + 1) 0 R \
        /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding \
        /Differences [\(Cyrillic.firstCode) \(names.joined(separator: " "))] >> \
        /ToUnicode \(first + 2) 0 R >>
        """,
        """
        << /Type /FontDescriptor /FontName /\(name) /Flags \(flags) /FontBBox [-665 -325 2000 1006] \
        /ItalicAngle 0 /Ascent 905 /Descent -212 /CapHeight 716 \
        /StemV \(self == .cyrillic ? 80 : 140) >>
        """,
        "<< /Length \(unicode.utf8.count) >>\nstream\n\(unicode)\nendstream",
      ]
    case .chinese:
      return [
        """
        << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H \
        /DescendantFonts [\(first + 1) 0 R] >>
        """,
        """
        << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo \
        << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> /FontDescriptor \(first + 2) 0 R \
        /DW 1000 >>
        """,
        """
        << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] \
        /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>
        """,
      ]
    }
  }

  // MARK: Characters

  /// A character as a font writes it.
  struct Glyph: Hashable {
    let font: PDFFont
    /// Hexadecimal digits.
    let code: String
    /// Thousandths of the font's size.
    let width: Int
  }

  /// The glyph of a character, `nil` for one that no font has.
  static func glyph(of scalar: Unicode.Scalar, isBold: Bool) -> Glyph? {
    if let code = Latin.code(of: scalar) {
      return Glyph(
        font: isBold ? .latinBold : .latin, code: hex(code, digits: 2),
        width: Latin.width(of: code, isBold: isBold))
    }
    if let index = Cyrillic.letters.firstIndex(of: scalar) {
      return Glyph(
        font: isBold ? .cyrillicBold : .cyrillic, code: hex(Cyrillic.firstCode + index, digits: 2),
        width: Cyrillic.width(of: scalar, isBold: isBold))
    }
    if [0x2E80...0x9FFF, 0xFF00...0xFFEF].contains(where: { $0.contains(Int(scalar.value)) }) {
      return Glyph(font: .chinese, code: hex(Int(scalar.value), digits: 4), width: 1000)
    }
    return nil
  }

  static func hex(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
