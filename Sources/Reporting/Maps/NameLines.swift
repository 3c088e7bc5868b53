import RasterCore

/// A name cut into lines for a map. Nothing is left out: the lines make up the name, spaces at their ends.
enum NameLines {
  /// Letters to a line; an ideograph counts as two.
  static let longest = 24

  /// As few lines as hold the name, and these of about the same length. Chinese may break between any two
  /// characters, other words only where they are too long for a line.
  static func lines(of name: String) -> [String] {
    let pieces = pieces(of: name.shown)
    let count = lines(of: pieces, limit: longest).count
    var lines = lines(of: pieces, limit: longest)
    for limit in stride(from: longest - 1, to: 0, by: -1) {
      let narrower = Self.lines(of: pieces, limit: limit)
      guard narrower.count == count, narrower.allSatisfy({ length(of: $0) <= limit }) else { break }
      lines = narrower
    }
    return lines
  }

  private static func lines(of pieces: [String], limit: Int) -> [String] {
    var lines: [String] = []
    for piece in pieces {
      if let line = lines.last, length(of: line + piece) <= limit {
        lines[lines.count - 1] += piece
      } else {
        lines.append(piece)
      }
    }
    return lines
  }

  /// Without the space at the end, which shows nothing.
  private static func length(of line: String) -> Int {
    let end = line.last == " " ? line.dropLast() : line[...]
    return end.reduce(0) { $0 + (isIdeograph($1) ? 2 : 1) }
  }

  private static func isIdeograph(_ character: Character) -> Bool {
    character.unicodeScalars.contains { (0x2E80...0xFFEF).contains($0.value) }
  }

  /// Signs that begin no line in Chinese, and those that end none.
  private static let closing: Set<Character> = [
    "）", "》", "”", "、", "，", "。", "；", "：", "！", "？", "·",
  ]
  private static let opening: Set<Character> = ["（", "《", "“"]

  /// What stays together in a line.
  private static func pieces(of name: String) -> [String] {
    var pieces: [String] = []
    var isOpen = false
    for character in name {
      let stays =
        isOpen && !isIdeograph(character) || character == " " || closing.contains(character)
        || pieces.last?.last.map(opening.contains) == true
      if stays, let piece = pieces.last, length(of: piece) < longest {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
      isOpen = !isIdeograph(character) && character != " "
    }
    return pieces
  }
}
