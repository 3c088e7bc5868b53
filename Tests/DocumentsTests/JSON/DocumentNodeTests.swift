import Documents
import Foundation
import Testing

@Suite("Values of a document with their paths")
struct DocumentNodeTests {
  static func node(_ text: String) throws -> DocumentNode<Refusal> {
    try DocumentNode(
      json5: Data(text.utf8), file: "m.json", slug: "bad-model", failure: Refusal.init)
  }

  @Test("an error names the path of the value at fault")
  func path() throws {
    let curve = try Self.node("{ layers: { slope: { curve: [[0, 1], [2, \"x\"]] } } }")
      .members()["layers"]!.members()["slope"]!.members()["curve"]!
    let value = try curve.elements()[1].elements()[1]
    let error = #expect(throws: Refusal.self) { try value.number() }
    #expect(error?.location == "m.json: layers.slope.curve[1][1]")
    #expect(error?.slug == "bad-model")
  }

  @Test("a value of another kind is refused, not converted")
  func kinds() throws {
    let members = try Self.node("{ text: \"1\", number: 1, flag: true, list: [], object: {} }")
      .members()
    #expect(throws: Refusal.self) { try members["text"]!.number() }
    #expect(throws: Refusal.self) { try members["number"]!.string() }
    #expect(throws: Refusal.self) { try members["number"]!.boolean() }
    #expect(throws: Refusal.self) { try members["flag"]!.number() }
    #expect(throws: Refusal.self) { try members["list"]!.members() }
    #expect(throws: Refusal.self) { try members["object"]!.elements() }
  }

  @Test("a number that is not finite is refused", arguments: ["Infinity", "-Infinity", "NaN"])
  func finite(text: String) throws {
    let value = try Self.node("{ a: \(text) }").members()["a"]!
    #expect(throws: Refusal.self) { try value.number() }
  }

  @Test("the document itself is named by its file")
  func root() throws {
    let document = try Self.node("[]")
    let error = #expect(throws: Refusal.self) { try document.members() }
    #expect(error?.location == "m.json")
  }

  @Test("a member that is not there is named with its place, one that is null is there")
  func required() throws {
    let layer = try Self.node("{ layer: { a: null } }").members()["layer"]!
    let members = try Required(layer)
    #expect(try members["a"].value == .null)
    let error = #expect(throws: Refusal.self) { try members["b"] }
    #expect(error?.what == "\"b\" is missing in layer")
    #expect(error?.location == "m.json: layer.b")
  }

  @Test("an unknown key is refused with the nearest known one")
  func unknownKey() throws {
    let layers = try Self.node("{ layers: { elevatoin: 1 } }").members()["layers"]!
    let error = #expect(throws: Refusal.self) {
      try layers.members(known: ["landCover", "elevation", "slope"])
    }
    #expect(error?.what == "unknown key \"elevatoin\" in layers")
    #expect(error?.fix == "did you mean \"elevation\"?")
  }

  @Test("a key near to none is refused with all known ones")
  func strangeKey() throws {
    let document = try Self.node("{ zebra: 1 }")
    let error = #expect(throws: Refusal.self) { try document.members(known: ["a", "b"]) }
    #expect(error?.fix == "known keys here: a, b")
  }

  @Test("a member that is null counts as absent")
  func null() throws {
    #expect(try Self.node("{ a: null, b: 1 }").members(known: ["a", "b"]).keys.sorted() == ["b"])
  }

  /// Edits by hand: one letter swapped is two, a missing letter one.
  @Test(
    "the nearest name is the one with the fewest edits, if any is near",
    arguments: [
      ("leopart", Optional("leopard")), ("Tigre", "tiger"), ("snowleopard", "snow-leopard"),
      ("x", nil), ("elephant", nil), ("", nil),
    ])
  func nearest(word: String, expected: String?) {
    #expect(word.nearest(in: ["leopard", "tiger", "snow-leopard"]) == expected)
  }

  /// `fr` shares no letter with any; `rus` is `ru` and one more.
  @Test(
    "another word altogether is no slip of the pen",
    arguments: [("fr", nil), ("de", nil), ("rus", Optional("ru")), ("EN", "en"), ("e", "en")])
  func shortNames(word: String, expected: String?) {
    #expect(word.nearest(in: ["en", "ru", "zh"]) == expected)
  }
}
