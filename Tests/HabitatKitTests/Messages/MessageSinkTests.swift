import RasterCore
import Testing

@testable import HabitatKit

@Suite("Where steps say what they find") struct MessageSinkTests {
  private static func error(_ slug: String) -> HabitatError {
    HabitatError(.input, slug, "what", at: "where", fix: "fix")
  }

  /// Three steps, the second of which fails, and fails again.
  private static func steps<Stop>(_ sink: MessageSink<Stop>) throws(Stop) -> [Int?] {
    let first = try sink.attempt { () throws(HabitatError) in 1 }
    sink.warn(HabitatWarning("w", "what", at: "where", fix: "fix"))
    let second = try sink.attempt { () throws(HabitatError) -> Int in throw error("a") }
    try sink.refuse(error("a"))
    sink.warn([HabitatWarning("w", "what", at: "where", fix: "fix")])
    try sink.refuse(error("b"))
    return [first, second, try sink.attempt { () throws(HabitatError) in 3 }]
  }

  @Test("who stops hears the first error and nothing after it")
  func stopping() {
    let sink = MessageSink.stopping()
    #expect(throws: Self.error("a")) { try Self.steps(sink) }
    #expect(sink.errors.map(\.slug) == ["a"])
    #expect(sink.warnings.count == 1)
  }

  @Test("who collects hears all, each once, and goes on with what is left")
  func collecting() {
    let sink = MessageSink.collecting()
    #expect(Self.steps(sink) == [1, nil, 3])
    #expect(sink.errors.map(\.slug) == ["a", "b"])
    #expect(sink.warnings.count == 1)
  }
}
