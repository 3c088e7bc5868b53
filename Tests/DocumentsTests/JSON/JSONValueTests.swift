import Documents
import Foundation
import TestSupport
import Testing

@Suite("JSON documents")
struct JSONValueTests {
  static func parse(_ text: String) throws -> JSONValue {
    try JSONValue(json5: Data(text.utf8), at: "test.json", failure: Refusal.init)
  }

  @Test(
    "JSON5 is read as JSON says it",
    arguments: [
      ("{ a: 1, }", "{\"a\": 1}"),
      ("// line\n[1, /* between */ 2,]", "[1, 2]"),
      ("{ 'single': 'quotes' }", "{\"single\": \"quotes\"}"),
      ("[0x10, +1, .5, 5.]", "[16, 1, 0.5, 5]"),
      ("[null, true, false, \"\", {}, []]", "[null, true, false, \"\", {}, []]"),
      ("[1, 0, \"1\", \"true\"]", "[1, 0, \"1\", \"true\"]"),
    ])
  func json5(relaxed: String, strict: String) throws {
    #expect(try Self.parse(relaxed) == Self.parse(strict))
  }

  @Test("numbers, flags and texts keep their kinds")
  func kinds() throws {
    #expect(
      try Self.parse("[1, true, \"1\", null]")
        == .array([.number(1), .boolean(true), .string("1"), .null]))
  }

  @Test("a broken document is refused with its place", arguments: ["{ a: ", "[1 2]", "", "{a:1}}"])
  func broken(text: String) {
    let error = #expect(throws: Refusal.self) { try Self.parse(text) }
    #expect(error?.slug == "bad-json")
    #expect(error?.location.hasPrefix("test.json, line 1, column ") == true)
  }

  @Test("what differs between documents is told by path, down to two levels")
  func differences() throws {
    let mine = try Self.parse(
      "{ a: 1, b: { c: [1, 2], d: { e: 1 } }, f: 2, g: { h: 1 }, i: { j: 1 } }")
    let other = try Self.parse(
      "{ a: 1.0, b: { c: [1, 3], d: { e: 2 } }, g: 7, i: { j: 1, k: 2 }, more: 1 }")
    #expect(mine.differences(from: other) == ["b.c", "b.d", "f", "g", "i.k"])
    #expect(mine.differences(from: mine) == [])
  }

  @Test("a document is written in the order of its members, two spaces a level")
  func text() {
    let document = JSONValue.object([
      .init("z", .number(1)), .init("a", .array([.number(0.5), .null])),
      .init("empty", .object([])), .init("digits", .literal("1.500000")),
    ])
    #expect(
      document.text == """
        {
          "z": 1,
          "a": [
            0.5,
            null
          ],
          "empty": {},
          "digits": 1.500000
        }
        """)
  }

  @Test("what ends a text or a script is escaped, all else stays as it is")
  func escapes() {
    #expect(
      JSONValue.string("\"\\\n\r\t\u{1}\u{2028}Ж東é").text
        == "\"\\\"\\\\\\n\\r\\t\\u0001\\u2028Ж東é\"")
  }

  static func random(_ depth: Int, _ random: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
    case 0: return .null
    case 1: return .boolean(.random(using: &random))
    case 2: return .number(Double(bitPattern: random.next()).wholeOrFinite)
    case 3:
      let letters = ["a", "\"", "\\", "\n", "é", "東", "\u{1F406}", " ", "\u{7F}"]
      return .string((0..<5).map { _ in letters.randomElement(using: &random)! }.joined())
    case 4: return .array((0..<3).map { _ in Self.random(depth - 1, &random) })
    default:
      return .object((0..<3).map { .init("key \($0)\"", Self.random(depth - 1, &random)) })
    }
  }

  @Test("what is written is read back the same", arguments: UInt64(0)..<100)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let document = Self.random(4, &random)
    #expect(try Self.parse(document.text) == document)
  }

  @Test(
    "two documents are the same whatever the order of members and the digits of numbers",
    arguments: [
      (JSONValue.literal("1.50"), JSONValue.number(1.5), true),
      (.number(1), .string("1"), false),
      (
        .object([.init("a", .null), .init("b", .literal("2"))]),
        .object([.init("b", .number(2)), .init("a", .null)]), true
      ),
      (.object([.init("a", .null)]), .object([]), false),
      (.array([.number(1), .number(2)]), .array([.number(2), .number(1)]), false),
    ])
  func sameness(one: JSONValue, two: JSONValue, isSame: Bool) {
    #expect(one.isSameDocument(as: two) == isSame)
    #expect(two.isSameDocument(as: one) == isSame)
  }
}

extension Double {
  /// A number that JSON can hold; -0 is written as 0.
  fileprivate var wholeOrFinite: Double { isFinite && self != 0 ? self : 7 }

  @Test("a string that steers a terminal is escaped, and reads back as it was")
  func controls() throws {
    let value = JSONValue.string("a\u{1B}\u{9B}\u{7F}\u{202E}\u{2028}é")
    #expect(value.text == "\"a\\u001b\\u009b\\u007f\\u202e\\u2028é\"")
    #expect(JSONValue(json5: Data(value.text.utf8)) == value)
  }
}
