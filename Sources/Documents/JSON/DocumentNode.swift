public import Foundation

/// Makes the failure that a program throws over a document: its slug, what is wrong, where, how to mend it.
public typealias DocumentFailure<Failure: Error> =
  @Sendable (_ slug: String, _ what: String, _ location: String, _ fix: String) -> Failure

/// A value of a document together with the path that leads to it, so that an error names the place.
///
/// Every accessor throws what `makeFailure` makes of the given slug and the path of the value at fault: how a
/// program words and sorts its failures is not known here.
public struct DocumentNode<Failure: Error>: Sendable {
  public let value: JSONValue
  /// For example `layers.elevation.curve[2]`; empty for the document itself.
  public let path: String
  /// The file, for the error's location.
  public let file: String
  /// The slug of all errors of this document, for example `bad-model`.
  public let slug: String
  private let makeFailure: DocumentFailure<Failure>

  public init(
    _ value: JSONValue, file: String, slug: String, path: String = "",
    failure: @escaping DocumentFailure<Failure>
  ) {
    (self.value, self.path, self.file, self.slug) = (value, path, file, slug)
    makeFailure = failure
  }

  /// Reads JSON5.
  ///
  /// - Throws: the failure of slug `bad-json`.
  public init(
    json5 data: Data, file: String, slug: String, refusingRepeats: Bool = false,
    failure: @escaping DocumentFailure<Failure>
  ) throws(Failure) {
    let value = try JSONValue(
      json5: data, at: file, refusingRepeats: refusingRepeats, failure: failure)
    self.init(value, file: file, slug: slug, failure: failure)
  }

  /// Another value of the same document, by default at the same place.
  public func with(_ value: JSONValue, path: String? = nil) -> DocumentNode {
    DocumentNode(value, file: file, slug: slug, path: path ?? self.path, failure: makeFailure)
  }

  /// The failure of the value here.
  public func failure(_ what: String, fix: String) -> Failure {
    makeFailure(slug, what, path.isEmpty ? file : "\(file): \(path)", fix)
  }

  private func mismatch(_ expected: String) -> Failure {
    failure("\(path.isEmpty ? "the document" : path) is not \(expected)", fix: "write \(expected)")
  }

  public func string() throws(Failure) -> String {
    guard case .string(let string) = value else { throw mismatch("a text in quotes") }
    return string
  }

  public func number() throws(Failure) -> Double {
    guard case .number(let number) = value, number.isFinite else { throw mismatch("a number") }
    return number
  }

  /// A whole number from 0 to 2⁵³.
  public func count() throws(Failure) -> Int {
    guard let count = Int(exactly: try number()), (0...1 << 53).contains(count) else {
      throw mismatch("a whole number, not negative")
    }
    return count
  }

  public func boolean() throws(Failure) -> Bool {
    guard case .boolean(let flag) = value else { throw mismatch("true or false") }
    return flag
  }

  public func elements() throws(Failure) -> [DocumentNode] {
    guard case .array(let elements) = value else { throw mismatch("a list in brackets [ ]") }
    return elements.enumerated().map { with($0.element, path: "\(path)[\($0.offset)]") }
  }

  /// The members of an object by key.
  public func members() throws(Failure) -> [String: DocumentNode] {
    guard case .object(let members) = value else { throw mismatch("an object in braces { }") }
    var nodes: [String: DocumentNode] = [:]
    for member in members {
      nodes[member.key] = with(
        member.value, path: path.isEmpty ? member.key : "\(path).\(member.key)")
    }
    return nodes
  }

  /// The members of an object that may hold `known` keys only; members that are `null` count as absent.
  public func members(
    known: [String]
  ) throws(Failure) -> [String: DocumentNode] {
    let nodes = try members()
    for key in nodes.keys.sorted() where !known.contains(key) {
      let nearest = key.nearest(in: known)
      throw failure(
        "unknown key \"\(key)\"\(path.isEmpty ? "" : " in \(path)")",
        fix: nearest.map { "did you mean \"\($0)\"?" }
          ?? "known keys here: \(known.joined(separator: ", "))")
    }
    return nodes.filter { $0.value.value != .null }
  }
}

extension String {
  /// The candidate with the fewest edits to this string, `nil` when none is near: another word altogether, such as
  /// `en` for `fr`, is no slip of the pen.
  public func nearest(in candidates: some Sequence<String>) -> String? {
    let ranked = candidates.map { (name: $0, distance: lowercased().edits(to: $0.lowercased())) }
    guard let best = ranked.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }),
      best.distance <= Swift.max(2, count / 2), best.distance < Swift.max(count, best.name.count)
    else { return nil }
    return best.name
  }

  /// Levenshtein (1966) distance.
  private func edits(to other: String) -> Int {
    let target = Array(other)
    var previous = Array(0...target.count)
    for (row, character) in enumerated() {
      var current = [row + 1]
      for (column, wanted) in target.enumerated() {
        let replaced = previous[column] + (character == wanted ? 0 : 1)
        current.append(Swift.min(replaced, previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[target.count]
  }
}
