extension String {
  /// The text on one line for a terminal or a message: what is in names and paths cannot break the line,
  /// move the cursor, colour the screen or turn the order of what follows.
  ///
  /// Control characters become their pictures (␛, ␊) or their number (‹U+009B›), and so do the controls of
  /// writing direction that reach beyond themselves. Names in right-to-left script stay, between marks
  /// of no width, so that the numbers beside them keep their places. Files hold names as they are.
  ///
  /// Source: Unicode Standard Annex 9, sections 2.1–2.6; the block Control Pictures, U+2400.
  public var shown: String {
    // Most text needs nothing, and a look into Unicode's tables costs more than all else that is done with it.
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
    var text = ""
    var isRightToLeft = false
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0..<0x20: text.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value)!)
      case 0x7F: text += "␡"
      case 0x2028, 0x2029: text += "␊"
      case _ where scalar.isControl:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        text += "‹U+\(String(repeating: "0", count: 4 - digits.count))\(digits)›"
      default:
        isRightToLeft = isRightToLeft || scalar.isRightToLeft
        text.unicodeScalars.append(scalar)
      }
    }
    return isRightToLeft ? Self.leftToRightMark + text + Self.leftToRightMark : text
  }

  /// The text where it is short enough, else its beginning and an ellipsis.
  public func shortened(to count: Int) -> String {
    self.count > count ? prefix(count - 1) + "…" : self
  }

  /// The text with each run of blanks and line breaks as one blank, without other control characters.
  public var oneLine: String {
    split(whereSeparator: \.isWhitespace).map { word in
      String(String.UnicodeScalarView(word.unicodeScalars.filter { !$0.isControl }))
    }.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static let leftToRightMark = "\u{200E}"

  /// Columns on a terminal: two for East Asian wide characters, none for marks that combine.
  ///
  /// Source: Unicode Standard Annex 11, East Asian Width (the ranges that are wide throughout).
  public var displayWidth: Int {
    reduce(0) { width, character in
      guard let scalar = character.unicodeScalars.first else { return width }
      if [.nonspacingMark, .format].contains(scalar.properties.generalCategory) { return width }
      let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD,
      ]
      return width + (wide.contains { $0.contains(scalar.value) } ? 2 : 1)
    }
  }
}

extension Unicode.Scalar {
  /// Control characters and those of writing direction that embed, override or isolate.
  var isControl: Bool {
    properties.generalCategory == .control
      || [0x202A...0x202E, 0x2066...0x2069, 0x2028...0x2029].contains { $0.contains(Int(value)) }
  }

  /// Of a block that is written from right to left: Hebrew, Arabic and their kin.
  fileprivate var isRightToLeft: Bool {
    let blocks: [ClosedRange<UInt32>] = [
      0x0590...0x08FF, 0x200F...0x200F, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF,
      0x1E800...0x1EFFF,
    ]
    return blocks.contains { $0.contains(value) }
  }
}

extension [String] {
  /// A few names, and how many more there are.
  public var listed: String {
    let shown = prefix(5).joined(separator: ", ")
    return count > 5 ? "\(shown) and \(count - 5) more" : shown
  }
}
