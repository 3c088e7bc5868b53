/// Arial with the letters of Russian, Mongolian and their neighbours at codes of our own.
enum Cyrillic {
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

  /// Thousandths of the font's size; of letters beyond џ, which Arial has in some editions only, about right.
  static func width(of letter: Unicode.Scalar, isBold: Bool) -> Int {
    let index = Int(letter.value) - 0x0400
    let widths = isBold ? boldWidths : regularWidths
    return widths.indices.contains(index) ? widths[index] : isBold ? 650 : 600
  }

  /// Widths of Arial from Ѐ to џ.
  private static let regularWidths = [
    667, 667, 865, 542, 719, 667, 278, 278, 500, 1057, 1010, 854, 583, 722, 635, 719, 667, 656,
    667, 542, 677, 667, 923, 604, 719, 719, 583, 656, 833, 722, 778, 719, 667, 722, 611, 635,
    760, 667, 740, 667, 917, 938, 792, 885, 656, 719, 1010, 722, 556, 573, 531, 365, 583, 556,
    669, 458, 559, 559, 438, 583, 688, 552, 556, 542, 556, 500, 458, 500, 823, 500, 573, 521,
    802, 823, 625, 719, 521, 510, 750, 542, 556, 556, 556, 365, 510, 500, 222, 278, 222, 906,
    812, 556, 438, 559, 500, 552,
  ]
  private static let boldWidths = [
    667, 669, 885, 567, 711, 667, 278, 276, 556, 1094, 1062, 875, 610, 722, 622, 719, 722, 719,
    722, 567, 712, 667, 904, 626, 719, 719, 610, 702, 833, 722, 778, 719, 667, 722, 611, 622,
    854, 667, 730, 703, 1005, 1019, 870, 979, 719, 711, 1031, 719, 556, 618, 615, 417, 635,
    556, 709, 497, 615, 615, 500, 635, 740, 604, 611, 604, 611, 556, 490, 556, 875, 556, 615,
    581, 833, 844, 729, 854, 615, 552, 854, 583, 556, 556, 611, 417, 552, 556, 278, 281, 278,
    969, 906, 611, 500, 615, 556, 604,
  ]

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
