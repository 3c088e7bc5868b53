extension String {
  /// The text in lines of at most `width` columns of a terminal, broken at blanks.
  ///
  /// - Parameters:
  ///   - taken: columns of the first line that are in use already.
  ///   - breakingWords: whether words that are longer than a line are broken, behind a sign such as `_` or
  ///     `/` where there is one; else they keep a line of their own, so that they can be copied.
  /// - Returns: at least one line; the blanks at breaks are gone.
  public func folded(
    to width: Int, taken: Int = 0, breakingWords: Bool = false
  ) -> [String] {
    var lines = [""]
    var room = width - taken
    for word in split(separator: " ") {
      var rest = String(word)
      let gap = lines[lines.count - 1].isEmpty ? 0 : 1
      if gap + rest.displayWidth <= room || (gap == 0 && !breakingWords) {
        lines[lines.count - 1] += (gap == 0 ? "" : " ") + rest
        room -= gap + rest.displayWidth
        continue
      }
      if gap > 0 || (lines.count == 1 && taken > 0) {
        lines.append("")
        room = width
      }
      while breakingWords, rest.displayWidth > room {
        let head = rest.head(of: max(1, room))
        lines[lines.count - 1] = head
        lines.append("")
        room = width
        rest.removeFirst(head.count)
      }
      lines[lines.count - 1] = rest
      room = width - rest.displayWidth
    }
    return lines
  }

  /// Signs behind which words can be broken.
  private static let joints = "_-/.,:;|="

  /// Columns of the longest part of the text that folding keeps whole.
  public var widestPart: Int {
    var widest = 0
    var part = ""
    for character in self {
      part.append(character)
      if character == " " || Self.joints.contains(character) || String(character).displayWidth > 1 {
        widest = max(widest, part.displayWidth - (character == " " ? 1 : 0))
        part = ""
      }
    }
    return max(widest, part.displayWidth)
  }

  /// The beginning that fills at most `width` columns, at least a character: up to a sign that joins words
  /// where one stands behind its first third.
  func head(of width: Int) -> String {
    var head = ""
    var used = 0
    for character in self {
      let columns = String(character).displayWidth
      guard used + columns <= width || head.isEmpty else { break }
      head.append(character)
      used += columns
    }
    guard head.count < count, let sign = head.lastIndex(where: { Self.joints.contains($0) }),
      head.distance(from: head.startIndex, to: sign) >= head.count / 3
    else { return head }
    return String(head[...sign])
  }
}
