import Documents
import GeoIO
import RasterCore
import RasterLoader

/// One parameter of a run as its record holds it: how it is written, and how it is read back.
struct RecordedParameter: Sendable {
  typealias Path<Value> = any WritableKeyPath<ScoreRequest, Value> & Sendable

  let key: String
  /// `nil` where the record does not speak of it.
  let write: @Sendable (ScoreRequest) -> JSONValue?
  let read: @Sendable (Required<HabitatError>, inout ScoreRequest) throws(HabitatError) -> Void

  init(
    _ key: String, _ write: @escaping @Sendable (ScoreRequest) -> JSONValue?,
    read:
      @escaping @Sendable (Required<HabitatError>, inout ScoreRequest) throws(HabitatError) -> Void
  ) {
    (self.key, self.write, self.read) = (key, write, read)
  }

  // MARK: By what they are

  static func name(_ key: String, _ path: Path<String>) -> RecordedParameter {
    RecordedParameter(key) {
      .string($0[keyPath: path])
    } read: { (members, request) throws(HabitatError) in
      request[keyPath: path] = try members[key].string()
    }
  }

  static func text(_ key: String, _ path: Path<String?>) -> RecordedParameter {
    RecordedParameter(key) {
      .text($0[keyPath: path])
    } read: { (members, request) throws(HabitatError) in
      request[keyPath: path] = try members.optional(key) { node throws(HabitatError) in
        try node.string()
      }
    }
  }

  static func texts(_ key: String, _ path: Path<[String]>) -> RecordedParameter {
    RecordedParameter(key) { request in
      .array(request[keyPath: path].map { .string($0) })
    } read: { (members, request) throws(HabitatError) in
      request[keyPath: path] = try members[key].strings()
    }
  }

  static func flag(_ key: String, _ path: Path<Bool>) -> RecordedParameter {
    RecordedParameter(key) {
      .boolean($0[keyPath: path])
    } read: { (members, request) throws(HabitatError) in
      request[keyPath: path] = try members[key].boolean()
    }
  }

  /// - Parameter word: what stands in the place of the value, and where.
  static func value<Value: RecordedValue>(
    _ key: String, _ path: Path<Value?>, or word: (text: String, path: Path<Bool>)? = nil
  ) -> RecordedParameter {
    RecordedParameter(key) { request in
      if let word, request[keyPath: word.path] { return .string(word.text) }
      return request[keyPath: path].map(\.recorded) ?? .null
    } read: { (members, request) throws(HabitatError) in
      if let word {
        let isWord = try members[key].value == .string(word.text)
        request[keyPath: word.path] = isWord
        guard !isWord else { return }
      }
      request[keyPath: path] = try members.optional(key) { node throws(HabitatError) in
        try Value(recorded: node)
      }
    }
  }

  /// Words by layer, which records of earlier versions lack.
  static func words(_ key: String, _ path: Path<[String: String]>) -> RecordedParameter {
    RecordedParameter(key) { request in
      let words = request[keyPath: path].sorted { $0.key < $1.key }
      return words.isEmpty ? nil : .object(words.map { .init($0.key, .string($0.value)) })
    } read: { (members, request) throws(HabitatError) in
      for (layer, text) in try members.found(key)?.members() ?? [:] {
        request[keyPath: path][layer] = try text.string()
      }
    }
  }
}
