/// The first place at which a text is no JSON5, for people who look for it: Foundation tells only that there
/// is one.
///
/// Source: JSON5 Data Interchange Format 1.0.0 (json5.org).
struct JSON5Fault: Error, Hashable {
  let what: String
  /// Both counted from 1; a column is a character.
  let line: Int
  let column: Int

  /// `nil` where nothing is wrong.
  init?(in text: String) {
    var scanner = Scanner(text: Array(text))
    do throws(Fault) {
      try scanner.document()
      return nil
    } catch {
      what = error.what
      let before = scanner.text[..<error.index]
      line = 1 + before.count(where: \.isNewline)
      column = 1 + before.reversed().prefix { !$0.isNewline }.count
    }
  }
}

private struct Fault: Error {
  let what: String
  let index: Int
}

private struct Scanner {
  let text: [Character]
  private var index = 0

  init(text: [Character]) { self.text = text }

  /// Foundation goes no deeper either.
  private static let deepest = 512

  private var next: Character? { index < text.count ? text[index] : nil }

  private func expected(_ what: String) -> Fault {
    guard let next else {
      return Fault(what: "the text ends where \(what) is expected", index: index)
    }
    return Fault(what: "\(what) is expected where \(String(next)) stands", index: index)
  }

  mutating func document() throws(Fault) {
    try value(depth: 0)
    try skipBlanks()
    if next != nil { throw expected("the end of the document") }
  }

  private mutating func value(depth: Int) throws(Fault) {
    try skipBlanks()
    guard depth <= Self.deepest else {
      throw Fault(what: "brackets are nested too deep", index: index)
    }
    switch next {
    case "{": try members(depth)
    case "[": try elements(depth)
    case "\"", "'": try quoted()
    default: try word()
    }
  }

  private mutating func members(_ depth: Int) throws(Fault) {
    index += 1
    var keys: Set<String> = []
    while true {
      try skipBlanks()
      if take("}") { return }
      let start = index
      try key()
      var key = String(text[start..<index])
      if "\"'".contains(key.first ?? " ") { key = String(key.dropFirst().dropLast()) }
      // Readers differ in which of them counts.
      guard keys.insert(key).inserted else {
        throw Fault(what: "the key \(key) stands there twice", index: start)
      }
      try skipBlanks()
      guard take(":") else { throw expected("a colon") }
      try value(depth: depth + 1)
      try skipBlanks()
      if take("}") { return }
      guard take(",") else { throw expected("a comma or }") }
    }
  }

  private mutating func elements(_ depth: Int) throws(Fault) {
    index += 1
    while true {
      try skipBlanks()
      if take("]") { return }
      try value(depth: depth + 1)
      try skipBlanks()
      if take("]") { return }
      guard take(",") else { throw expected("a comma or ]") }
    }
  }

  private mutating func key() throws(Fault) {
    if next == "\"" || next == "'" { return try quoted() }
    let start = index
    while let next, next.isLetter || next.isNumber && index > start || "$_\\".contains(next) {
      index += 1
    }
    guard index > start else { throw expected("a key") }
  }

  private mutating func quoted() throws(Fault) {
    let (start, quote) = (index, text[index])
    index += 1
    while let next {
      index += 1
      if next == quote { return }
      if next == "\\" {
        try escape()
      } else if next.isNewline {
        break
      }
    }
    throw Fault(what: "a text that begins here is not closed by \(quote)", index: start)
  }

  /// What stands behind a backslash. Half of a character of two codes is none.
  private mutating func escape() throws(Fault) {
    let start = index - 1
    guard let code = try code() else {
      index += 1
      return
    }
    guard (0xD800...0xDFFF).contains(code) else { return }
    let isPair = code < 0xDC00 && take("\\")
    guard isPair, let second = try self.code(), (0xDC00...0xDFFF).contains(second) else {
      throw Fault(what: "\\u\(String(code, radix: 16)) is half of a character", index: start)
    }
  }

  /// The code of `uXXXX`, which is then behind; `nil` of another escape.
  private mutating func code() throws(Fault) -> Int? {
    guard next == "u" else { return nil }
    let digits = String(text[(index + 1)..<min(index + 5, text.count)])
    guard digits.count == 4, digits.allSatisfy(\.isHexDigit), let code = Int(digits, radix: 16)
    else {
      throw Fault(what: "\\u stands before other than four digits (0…9, a…f)", index: index - 1)
    }
    index += 5
    return code
  }

  /// A number, `true`, `false` or `null`.
  private mutating func word() throws(Fault) {
    let start = index
    while let next, next.isLetter || next.isNumber || "+-._".contains(next) { index += 1 }
    guard index > start else { throw expected("a value") }
    let word = String(text[start..<index])
    guard !["true", "false", "null", "Infinity", "NaN"].contains(word.withoutSign) else { return }
    let digits = word.withoutSign
    if digits.count > 1, digits.first == "0", digits.dropFirst().first?.isNumber == true {
      throw Fault(what: "\(word) begins with 0, as no number may", index: start)
    }
    guard let number = Self.number(digits) else {
      throw Fault(what: "\(word) is no value; texts stand in quotes", index: start)
    }
    guard number.isFinite else {
      throw Fault(what: "\(word) is too large a number", index: start)
    }
  }

  /// Without its sign; `nil` where it is none, infinite where it is too large.
  private static func number(_ digits: Substring) -> Double? {
    if digits.lowercased().hasPrefix("0x") {
      let isNumber = digits.count > 2 && digits.dropFirst(2).allSatisfy(\.isHexDigit)
      return isNumber ? Double(digits) : nil
    }
    guard digits.first?.isNumber == true || digits.first == "." else { return nil }
    // Swift wants digits on both sides of the point, JSON5 on one; a zero inserted behind it changes only
    // how large the fraction is.
    return Double("0" + digits.replacing(".", with: ".0", maxReplacements: 1))
  }

  private mutating func take(_ character: Character) -> Bool {
    guard next == character else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() throws(Fault) {
    while let next {
      if next.isWhitespace || next == "\u{FEFF}" {
        index += 1
      } else if next == "/", index + 1 < text.count, text[index + 1] == "/" {
        while let next = self.next, !next.isNewline { index += 1 }
      } else if next == "/", index + 1 < text.count, text[index + 1] == "*" {
        let start = index
        index += 2
        while !(self.next == "*" && index + 1 < text.count && text[index + 1] == "/") {
          guard self.next != nil else {
            throw Fault(what: "a comment that begins here is not closed by */", index: start)
          }
          index += 1
        }
        index += 2
      } else {
        return
      }
    }
  }
}

extension String {
  fileprivate var withoutSign: Substring { first == "+" || first == "-" ? dropFirst() : self[...] }
}
