/// A message of protocol buffers, field by field.
///
/// Source: protobuf.dev/programming-guides/encoding.
struct ProtobufMessage {
  struct Field {
    let number: Int
    /// Of a number.
    let value: UInt64
    /// Of text, a message or packed numbers; else empty.
    let range: Range<Int>
  }

  private let bytes: [UInt8]
  private var place: Int
  private let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    (self.bytes, place, end) = (bytes, range.lowerBound, range.upperBound)
  }

  var isAtEnd: Bool { place >= end }

  /// `nil` after the last.
  mutating func next() throws(OSMDamage) -> Field? {
    guard place < end else { return nil }
    let key = try number()
    let field = Int(truncatingIfNeeded: key >> 3)
    switch key & 7 {
    case 0: return Field(number: field, value: try number(), range: 0..<0)
    case 1: return Field(number: field, value: 0, range: try take(8))
    case 2: return Field(number: field, value: 0, range: try take(try number()))
    case 5: return Field(number: field, value: 0, range: try take(4))
    default: throw Self.damage
    }
  }

  /// A number of seven bits a byte, the lowest first.
  mutating func number() throws(OSMDamage) -> UInt64 {
    var (number, shift): (UInt64, UInt64) = (0, 0)
    while place < end, shift < 64 {
      let byte = bytes[place]
      place += 1
      number |= UInt64(byte & 127) << shift
      if byte < 128 { return number }
      shift += 7
    }
    throw Self.damage
  }

  mutating func signedNumber() throws(OSMDamage) -> Int64 { Self.signed(try number()) }

  /// What a number with its sign in the lowest bit stands for.
  static func signed(_ number: UInt64) -> Int64 {
    Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  private mutating func take(_ count: UInt64) throws(OSMDamage) -> Range<Int> {
    guard count <= UInt64(end - place) else { throw Self.damage }
    defer { place += Int(count) }
    return place..<place + Int(count)
  }

  private static let damage = OSMDamage("a block ends within a value")
}

/// The texts of a block of OpenStreetMap PBF.
struct StringTable {
  private var ranges: [Range<Int>] = []
  private var wanted: [Bool] = []
  private var idle: [Bool] = []

  init(_ bytes: [UInt8], _ range: Range<Int>, _ keys: OSMKeys) throws(OSMDamage) {
    let idleKeys = OSMKeys(Set(OSMElement.idleKeys))
    var message = ProtobufMessage(bytes, range)
    while let field = try message.next() {
      guard field.number == 1 else { continue }
      ranges.append(field.range)
      wanted.append(keys.contain(bytes[field.range]))
      idle.append(idleKeys.contain(bytes[field.range]))
    }
  }

  private func index(_ number: UInt64) throws(OSMDamage) -> Int {
    guard number < ranges.count else { throw OSMDamage("a block lacks a text that it refers to") }
    return Int(number)
  }

  func isIdle(_ number: UInt64) throws(OSMDamage) -> Bool { idle[try index(number)] }
  func isWanted(_ number: UInt64) throws(OSMDamage) -> Bool { wanted[try index(number)] }

  func string(_ number: UInt64, _ bytes: [UInt8]) throws(OSMDamage) -> String {
    String(decoding: bytes[ranges[try index(number)]], as: UTF8.self)
  }
}
