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
      let widths = Cyrillic.letters.map { String(Cyrillic.width(of: $0)) }
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
        width: Latin.width(of: code) * (isBold ? 106 : 100) / 100)
    }
    if let index = Cyrillic.letters.firstIndex(of: scalar) {
      return Glyph(
        font: isBold ? .cyrillicBold : .cyrillic, code: hex(Cyrillic.firstCode + index, digits: 2),
        width: Cyrillic.width(of: scalar))
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

/// Helvetica in the encoding WinAnsi.
private enum Latin {
  /// Characters of WinAnsi beyond Latin-1, and the nearest ones for signs it lacks.
  private static let others: [Unicode.Scalar: Int] = [
    "\u{20AC}": 0x80, "\u{2026}": 0x85, "\u{2018}": 0x91, "\u{2019}": 0x92, "\u{201C}": 0x93,
    "\u{201D}": 0x94, "\u{2022}": 0x95, "\u{2013}": 0x96, "\u{2014}": 0x97, "\u{2212}": 0x96,
    "\u{202F}": 0x20, "\u{2009}": 0x20, "\u{2032}": 0x27, "\u{2039}": 0x8B, "\u{203A}": 0x9B,
  ]

  static func code(of scalar: Unicode.Scalar) -> Int? {
    let value = Int(scalar.value)
    return (0x20...0x7E).contains(value) || (0xA0...0xFF).contains(value) ? value : others[scalar]
  }

  /// Adobe's metrics of Helvetica, from the space to the tilde.
  private static let widths = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]

  static func width(of code: Int) -> Int {
    (0x20...0x7E).contains(code) ? widths[code - 0x20] : 556
  }
}

/// Arial with the letters of Russian, Mongolian and their neighbours at codes of our own.
private enum Cyrillic {
  static let firstCode = 0x20
  static let letters: [Unicode.Scalar] = (Array(0x0400...0x045F) + Array(0x0490...0x04E9))
    .compactMap { Unicode.Scalar($0) }

  /// The names of Adobe's glyph list.
  static func glyphName(of letter: Unicode.Scalar) -> String {
    let value = Int(letter.value)
    switch value {
    case 0x0410...0x0415: return "afii\(10017 + value - 0x0410)"
    case 0x0401: return "afii10023"
    case 0x0416...0x042F: return "afii\(10024 + value - 0x0416)"
    case 0x0430...0x0435: return "afii\(10065 + value - 0x0430)"
    case 0x0451: return "afii10071"
    case 0x0436...0x044F: return "afii\(10072 + value - 0x0436)"
    default: return "uni" + PDFFont.hex(value, digits: 4)
    }
  }

  /// Widths of Arial from А to я.
  private static let widths = [
    667, 656, 667, 542, 677, 667, 923, 604, 719, 719, 583, 656, 833, 722, 778, 719, 667, 722, 611,
    635, 760, 667, 740, 667, 917, 938, 792, 885, 656, 719, 1010, 722, 556, 573, 531, 365, 583, 556,
    669, 458, 559, 559, 438, 583, 688, 552, 556, 542, 556, 500, 458, 500, 823, 500, 573, 521, 802,
    823, 625, 719, 521, 510, 750, 542,
  ]

  static func width(of letter: Unicode.Scalar) -> Int {
    let index = Int(letter.value) - 0x0410
    return widths.indices.contains(index) ? widths[index] : letter == "\u{0401}" ? 667 : 556
  }

  /// From codes back to characters, for searching and copying; at most a hundred lines a block.
  static var toUnicode: String {
    let pairs = letters.enumerated().map { index, letter in
      let code = PDFFont.hex(firstCode + index, digits: 2)
      return "<\(code)> <\(PDFFont.hex(Int(letter.value), digits: 4))>"
    }
    let blocks = stride(from: 0, to: pairs.count, by: 100).map { start in
      let block = pairs[start..<min(start + 100, pairs.count)]
      return "\(block.count) beginbfchar\n\(block.joined(separator: "\n"))\nendbfchar"
    }
    return """
      /CIDInit /ProcSet findresource begin
      12 dict begin
      begincmap
      /CMapName /Habitat def
      /CMapType 2 def
      1 begincodespacerange
      <00> <FF>
      endcodespacerange
      \(blocks.joined(separator: "\n"))
      endcmap
      end
      end
      """
  }
}
