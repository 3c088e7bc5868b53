import Foundation
import RasterCore

/// One page of drawings and text as a PDF file of its own, the same bytes for the same strokes.
///
/// Coordinates and lengths are points, 1/72 inch, from the lower left corner.
public struct PDFDrawing: Sendable {
  public let width: Int
  public let height: Int
  private var content = ""

  public init(width: Int, height: Int) { (self.width, self.height) = (width, height) }

  enum Alignment { case left, centre, right }

  // MARK: Shapes

  mutating func fill(_ points: [Point], colour: UInt32) {
    guard points.count > 2 else { return }
    content += "\(Self.colour(colour)) rg\n\(path(points))f\n"
  }

  mutating func stroke(
    _ points: [Point], width: Double, colour: UInt32, isClosed: Bool = false
  ) {
    guard points.count > 1 else { return }
    content += "\(number(width)) w \(Self.colour(colour)) RG\n\(path(points))"
    content += isClosed ? "s\n" : "S\n"
  }

  /// From here to the end of what is clipped the corners of strokes are round: on a jagged line a sharp
  /// corner may reach far.
  mutating func roundCorners() { content += "1 j\n" }

  mutating func rectangle(_ box: Extent, fill: UInt32?, stroke: UInt32?, width: Double = 0.5) {
    if let fill { content += "\(Self.colour(fill)) rg\n" }
    if let stroke { content += "\(number(width)) w \(Self.colour(stroke)) RG\n" }
    let operation = fill != nil && stroke != nil ? "B" : fill != nil ? "f" : "S"
    content += "\(rectangle(box)) \(operation)\n"
  }

  /// What `draw` draws shows within `box` only.
  mutating func clipped(to box: Extent, _ draw: (inout PDFDrawing) -> Void) {
    content += "q \(rectangle(box)) W n\n"
    draw(&self)
    content += "Q\n"
  }

  private func path(_ points: [Point]) -> String {
    points.enumerated().map { index, point in
      "\(number(point.x)) \(number(point.y)) \(index == 0 ? "m" : "l")\n"
    }.joined()
  }

  private func rectangle(_ box: Extent) -> String {
    let numbers = [box.minX, box.minY, box.width, box.height].map(number)
    return numbers.joined(separator: " ") + " re"
  }

  // MARK: Text

  /// - Parameters:
  ///   - at: the foot of the text: its left, middle or right end.
  ///   - hasHalo: whether a white rim sets it off from what lies under it.
  mutating func text(
    _ text: String, at foot: Point, size: Double, isBold: Bool = false,
    alignment: Alignment = .left, colour: UInt32 = 0x222222, hasHalo: Bool = false
  ) {
    let glyphs = Self.glyphs(of: text, isBold: isBold)
    let width = Self.width(of: glyphs, size: size)
    let shift =
      switch alignment {
      case .left: 0.0
      case .centre: width / 2
      case .right: width
      }
    let place = "\(number(foot.x - shift)) \(number(foot.y)) Td "
    if hasHalo {
      content += "q 1 j 1 J \(number(size / 4)) w 1 1 1 RG BT 1 Tr \(place)"
      content += "\(Self.operators(glyphs, size)) ET Q\n"
    }
    let colour = Self.colour(colour)
    let isThickened = isBold && glyphs.contains { $0.font == .chinese }
    guard isThickened else {
      content += "\(colour) rg BT 0 Tr \(place)\(Self.operators(glyphs, size)) ET\n"
      return
    }
    content += "q 1 j \(number(size * Self.thickening)) w \(colour) RG \(colour) rg "
    content += "BT 0 Tr \(place)\(Self.operators(glyphs, size, thickensChinese: true)) ET Q\n"
  }

  /// The collection has no bold font of Chinese: a line about each character makes it one, of so much of the
  /// font's size.
  private static let thickening = 0.035

  /// The width of a text in Helvetica and Arial, and near it in the other fonts.
  static func width(of text: String, size: Double, isBold: Bool = false) -> Double {
    width(of: glyphs(of: text, isBold: isBold), size: size)
  }

  /// A text cut into lines of at most `width`, less a little for viewers whose own fonts are wider; Chinese
  /// may break anywhere, other words are kept whole.
  ///
  /// - Parameter breaksWords: those that are longer than a line go on in the next.
  static func lines(
    of text: String, size: Double, isBold: Bool = false, width limit: Double,
    breaksWords: Bool = false
  ) -> [String] {
    let limit = 0.96 * limit
    var lines: [String] = []
    var line = ""
    var words = words(of: text)
    if breaksWords {
      words = words.flatMap { broken($0, size: size, isBold: isBold, width: limit) }
    }
    for word in words {
      let longer = line + word
      if !line.isEmpty, width(of: longer.trimmedEnd, size: size, isBold: isBold) > limit {
        lines.append(line.trimmedEnd)
        line = word
      } else {
        line = longer
      }
    }
    return lines + (line.isEmpty ? [] : [line.trimmedEnd])
  }

  /// A word in pieces, none of them longer than a line.
  private static func broken(
    _ word: String, size: Double, isBold: Bool, width limit: Double
  ) -> [String] {
    guard width(of: word.trimmedEnd, size: size, isBold: isBold) > limit else { return [word] }
    var pieces: [String] = []
    var piece = ""
    for character in word {
      let longer = piece + String(character)
      if !piece.isEmpty, width(of: longer.trimmedEnd, size: size, isBold: isBold) > limit {
        pieces.append(piece)
        piece = String(character)
      } else {
        piece = longer
      }
    }
    return pieces + [piece]
  }

  /// Pieces that stay together, spaces at their ends.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var isOpen = false
    for character in PDFText.writable(text) {
      let isIdeograph = character.unicodeScalars.contains { (0x2E80...0xFFEF).contains($0.value) }
      if isOpen && !isIdeograph {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
      isOpen = !isIdeograph && character != " "
    }
    return words
  }

  private static func glyphs(of text: String, isBold: Bool) -> [PDFFont.Glyph] {
    PDFText.writable(text).unicodeScalars.compactMap {
      PDFFont.glyph(of: $0, isBold: isBold)
    }
  }

  private static func width(of glyphs: [PDFFont.Glyph], size: Double) -> Double {
    Double(glyphs.reduce(0) { $0 + $1.width }) / 1000 * size
  }

  /// Runs of one font, each in hexadecimal digits, so that no text can be taken for an operator.
  private static func operators(
    _ glyphs: [PDFFont.Glyph], _ size: Double, thickensChinese: Bool = false
  ) -> String {
    var parts: [String] = []
    var start = 0
    while start < glyphs.count {
      let font = glyphs[start].font
      let end = glyphs[start...].firstIndex { $0.font != font } ?? glyphs.count
      let codes = glyphs[start..<end].map(\.code).joined()
      let mode = thickensChinese ? "\(font == .chinese ? 2 : 0) Tr " : ""
      parts.append("\(mode)/\(font.rawValue) \(size.shortened(decimals: 2)) Tf <\(codes)> Tj")
      start = end
    }
    return parts.joined(separator: " ")
  }

  private func number(_ value: Double) -> String { value.shortened(decimals: 2) }

  private static func colour(_ rgb: UInt32) -> String {
    [rgb >> 16, rgb >> 8, rgb].map { (Double($0 & 0xFF) / 255).shortened(decimals: 3) }
      .joined(separator: " ")
  }

  // MARK: The file

  /// The file, of ASCII alone.
  public var file: String {
    var objects = [
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "",
      "<< /Length \(content.utf8.count) >>\nstream\n\(content)endstream",
    ]
    var fonts: [String] = []
    for font in PDFFont.allCases {
      fonts.append("/\(font.rawValue) \(objects.count + 1) 0 R")
      objects += font.objects(from: objects.count + 1)
    }
    objects[2] = """
      << /Type /Page /Parent 2 0 R /MediaBox [0 0 \(width) \(height)] /Contents 4 0 R \
      /Resources << /Font << \(fonts.joined(separator: " ")) >> >> >>
      """
    var file = "%PDF-1.5\n"
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(file.utf8.count)
      file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let table = file.utf8.count
    file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for offset in offsets {
      let digits = String(offset)
      file += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }
    file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n"
    return file
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
