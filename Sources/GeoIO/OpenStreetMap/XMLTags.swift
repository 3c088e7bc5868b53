import Foundation

/// The tags of an XML file, one after another: no text, comments or declarations.
///
/// A stream of its own, for extracts of OpenStreetMap have gigabytes; whether they are well-formed is for the
/// parser to say that reads them afterwards.
struct XMLTags: ~Copyable {
  private let stream: ByteStream
  /// What is in memory of the file.
  private(set) var bytes: [UInt8] = []
  /// The offset in the file of the first of them.
  private var base = 0
  private var position = 0
  private var isAtEnd = false

  private static let portion = 1 << 20
  /// Longer tags are none.
  private static let longest = 16 << 20

  init(_ stream: consuming ByteStream, from offset: Int) {
    stream.seek(to: offset)
    self.stream = stream
    base = offset
  }

  /// Whether the file ends within a tag.
  private(set) var isCutOff = false

  /// The offset in the file of a place in `bytes`.
  func offset(of place: Int) -> Int { base + place }

  /// The next tag: what stands between its angle brackets, as a range of `bytes`; `nil` after the last.
  mutating func next() -> Range<Int>? {
    while true {
      guard let start = place(of: UInt8(ascii: "<"), from: position) else {
        position = bytes.count
        guard refill(keepingFrom: position) else { return nil }
        continue
      }
      position = start
      guard let end = endOfTag() else {
        isCutOff = true
        return nil
      }
      let first = position + 1
      position = end.next
      if end.isMarkup { return first..<end.last }
    }
  }

  /// The text that follows the last tag, as far as it is in memory.
  var textBehind: String {
    let rest = bytes[position...]
    return XMLText.string(rest[..<(rest.firstIndex(of: UInt8(ascii: "<")) ?? rest.endIndex)])
  }

  /// Of the tag at `position`: the place of its closing bracket, the place behind it, and whether it is a tag
  /// at all.
  private mutating func endOfTag() -> (last: Int, next: Int, isMarkup: Bool)? {
    while true {
      if let found = closing(from: position) { return found }
      guard bytes.count - position < Self.longest, refill(keepingFrom: position) else { return nil }
    }
  }

  /// `nil` where the tag goes on beyond what is in memory.
  private func closing(from start: Int) -> (last: Int, next: Int, isMarkup: Bool)? {
    guard start + 1 < bytes.count else { return nil }
    let second = bytes[start + 1]
    let isPassage = second == UInt8(ascii: "!") || second == UInt8(ascii: "?")
    for (opening, ending) in Self.passages where isPassage && begins(with: opening, at: start) {
      guard let end = ending.first, var place = place(of: end, from: start + opening.count) else {
        return nil
      }
      while !begins(with: ending, at: place) {
        guard let next = self.place(of: end, from: place + 1) else { return nil }
        place = next
      }
      return (place, place + ending.count, false)
    }
    // A comment or a section may be cut off within its first characters.
    if second == UInt8(ascii: "!"), start + 9 > bytes.count, !isAtEnd { return nil }
    var quote: UInt8 = 0
    var place = start + 1
    while place < bytes.count {
      let byte = bytes[place]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: ">") {
        return (place, place + 1, second != UInt8(ascii: "!"))
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      }
      place += 1
    }
    return nil
  }

  /// What holds angle brackets that are none of a tag.
  private static let passages: [(opening: [UInt8], ending: [UInt8])] = [
    (Array("<!--".utf8), Array("-->".utf8)), (Array("<![CDATA[".utf8), Array("]]>".utf8)),
    (Array("<?".utf8), Array("?>".utf8)),
  ]

  private func begins(with text: [UInt8], at place: Int) -> Bool {
    place + text.count <= bytes.count && bytes[place..<place + text.count].elementsEqual(text)
  }

  private func place(of byte: UInt8, from start: Int) -> Int? {
    unsafe bytes.withUnsafeBufferPointer { buffer -> Int? in
      guard start < buffer.count, let address = buffer.baseAddress,
        let found = unsafe memchr(address + start, Int32(byte), buffer.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(address)
    }
  }

  /// Drops what lies before `start`, which becomes place 0, and reads on.
  ///
  /// - Returns: whether there was more.
  private mutating func refill(keepingFrom start: Int) -> Bool {
    guard !isAtEnd else { return false }
    bytes.removeFirst(start)
    base += start
    position -= start
    let found = stream.read(Self.portion, appendingTo: &bytes)
    isAtEnd = found < Self.portion
    return found > 0
  }
}

/// The attributes of a tag, one after another.
struct XMLAttributes {
  private var place: Int
  private let end: Int
  /// The element's name.
  let name: Range<Int>
  /// `<a …/>`
  let isSelfClosing: Bool

  /// - Parameter tag: what stands between the angle brackets.
  init(_ tag: Range<Int>, in bytes: [UInt8]) {
    isSelfClosing = !tag.isEmpty && bytes[tag.upperBound - 1] == UInt8(ascii: "/")
    end = tag.upperBound - (isSelfClosing ? 1 : 0)
    var place = tag.lowerBound
    while place < end, bytes[place] > UInt8(ascii: " ") { place += 1 }
    name = tag.lowerBound..<max(place, tag.lowerBound)
    self.place = place
  }

  /// Name and value, the quotes left out; `nil` after the last.
  mutating func next(in bytes: [UInt8]) -> (name: Range<Int>, value: Range<Int>)? {
    while place < end, bytes[place] <= UInt8(ascii: " ") { place += 1 }
    let start = place
    while place < end, bytes[place] != UInt8(ascii: "="), bytes[place] > UInt8(ascii: " ") {
      place += 1
    }
    let name = start..<place
    while place < end, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "'") {
      place += 1
    }
    guard place < end else { return nil }
    let quote = bytes[place]
    let first = place + 1
    place = first
    while place < end, bytes[place] != quote { place += 1 }
    defer { place += 1 }
    return (name, first..<min(place, end))
  }
}

/// Reads values of attributes.
enum XMLText {
  /// The text of a value, its entities resolved.
  static func string(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard bytes.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      guard let end = rest.firstIndex(of: ";"),
        let character = character(named: rest[rest.index(after: rest.startIndex)..<end])
      else {
        result.append("&")
        rest = rest.dropFirst()
        continue
      }
      result.append(character)
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func character(named name: Substring) -> Character? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard name.hasPrefix("#") else { return nil }
      let digits = name.dropFirst()
      let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return code.flatMap(Unicode.Scalar.init).map { Character($0) }
    }
  }

  /// A whole number; `nil` for anything else.
  static func integer(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let digits = isNegative ? bytes.dropFirst() : bytes
    guard !digits.isEmpty, digits.count < 19 else { return nil }
    var number: Int64 = 0
    for byte in digits {
      guard 48...57 ~= byte else { return nil }
      number = 10 * number + Int64(byte - 48)
    }
    return isNegative ? -number : number
  }

  /// Whether it is a decimal number of at most `limit` in size.
  static func isNumber(_ bytes: ArraySlice<UInt8>, upTo limit: Double) -> Bool {
    var digits = bytes
    if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      digits = digits.dropFirst()
    }
    var (value, scale, hasDigit) = (0.0, 0.0, false)
    for byte in digits {
      if 48...57 ~= byte {
        hasDigit = true
        if scale == 0 {
          value = 10 * value + Double(byte - 48)
        } else {
          value += scale * Double(byte - 48)
          scale /= 10
        }
      } else if byte == UInt8(ascii: "."), scale == 0 {
        scale = 0.1
      } else {
        // An exponent, which programs rarely write.
        let number = Double(String(decoding: bytes, as: UTF8.self))
        return number.map { abs($0) <= limit } ?? false
      }
    }
    return hasDigit && value <= limit + 1e-9
  }
}
