public import Foundation

/// A JSON document as a value.
///
/// Reading accepts JSON5 (comments, trailing commas, unquoted keys); writing is plain JSON with the
/// members of an object in the order given.
public enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  /// A number with the very digits it is written with.
  case literal(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var key: String
    public var value: JSONValue
    public init(_ key: String, _ value: JSONValue) { (self.key, self.value) = (key, value) }
  }
}

extension JSONValue {
  /// The same document with each text, keys aside, put through `change`.
  public func mappingTexts(_ change: (String) -> String) -> JSONValue {
    switch self {
    case .string(let text): .string(change(text))
    case .array(let values): .array(values.map { $0.mappingTexts(change) })
    case .object(let members):
      .object(members.map { Member($0.key, $0.value.mappingTexts(change)) })
    case .null, .boolean, .number, .literal: self
    }
  }

  /// Reads JSON5.
  ///
  /// - Parameter refusingRepeats: whether a key that stands twice in an object is a fault, as in what people
  ///   write; else the last counts.
  /// - Throws: the failure of slug `bad-json`, with the line and the column of the first fault.
  public init<Failure: Error>(
    json5 data: Data, at location: String, refusingRepeats: Bool = false,
    failure: DocumentFailure<Failure>
  ) throws(Failure) {
    // Foundation of Swift 6.3.1 crashes over JSON5 that is not UTF-8.
    guard let text = String(validating: data, as: UTF8.self) else {
      throw failure("bad-json", "the document is not UTF-8 text", location, "save it as UTF-8")
    }
    func refusal(_ fault: JSON5Fault?, _ error: (any Error)? = nil) -> Failure {
      let reason =
        fault?.what ?? "there is a fault"
        + (error.map { " (Foundation: \(Self.reason(for: $0)))" } ?? "")
      return failure(
        "bad-json", "not a readable JSON5 document: \(reason)",
        location + (fault.map { ", line \($0.line), column \($0.column)" } ?? ""),
        "check brackets, commas and quotes near that place")
    }
    if refusingRepeats, let fault = JSON5Fault(in: text) { throw refusal(fault) }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      self = try decoder.decode(Decoded.self, from: data).value
    } catch {
      throw refusal(JSON5Fault(in: text), error)
    }
  }

  /// Reads JSON5 whose faults are reported to nobody; `nil` where it is none.
  public init?(json5 data: Data) {
    struct Fault: Error {}
    guard let value = try? JSONValue(json5: data, at: "", failure: { _, _, _, _ in Fault() }) else {
      return nil
    }
    self = value
  }

  /// What Foundation says of a broken document, without its wrapping.
  private static func reason(for error: any Error) -> String {
    guard case DecodingError.dataCorrupted(let context) = error else { return "\(error)" }
    let underlying = context.underlyingError as? NSError
    let detail = underlying?.userInfo[NSDebugDescriptionErrorKey] as? String
    return detail ?? context.debugDescription
  }

  /// Foundation's decoder drives this; the order of an object's members is lost, so they are sorted.
  private struct Decoded: Decodable {
    let value: JSONValue

    init(from decoder: any Decoder) throws {
      if let container = try? decoder.container(keyedBy: AnyKey.self) {
        value = .object(
          try container.allKeys.sorted { $0.stringValue < $1.stringValue }.map {
            Member($0.stringValue, try container.decode(Decoded.self, forKey: $0).value)
          })
      } else if var container = try? decoder.unkeyedContainer() {
        var elements: [JSONValue] = []
        while !container.isAtEnd { elements.append(try container.decode(Decoded.self).value) }
        value = .array(elements)
      } else {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
          value = .null
        } else if let flag = try? container.decode(Bool.self) {
          value = .boolean(flag)
        } else if let number = try? container.decode(Double.self) {
          value = .number(number)
        } else {
          value = .string(try container.decode(String.self))
        }
      }
    }
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

extension JSONValue {
  /// Whether both say the same, whatever the order of members and the way numbers are written.
  public func isSameDocument(as other: JSONValue) -> Bool {
    switch (self, other) {
    case (.object(let mine), .object(let theirs)):
      mine.count == theirs.count
        && mine.allSatisfy { member in
          theirs.contains { $0.key == member.key && $0.value.isSameDocument(as: member.value) }
        }
    case (.array(let mine), .array(let theirs)):
      mine.count == theirs.count
        && zip(mine, theirs).allSatisfy { $0.isSameDocument(as: $1) }
    case (.literal(let digits), .number(let number)), (.number(let number), .literal(let digits)):
      Double(digits) == number
    default: self == other
    }
  }

  /// The paths of members here that are absent from, or other than, those of a document; down to two levels, so
  /// that `parameters.layers` is named and not its elements. Below the first, those too that the document has alone.
  public func differences(from other: JSONValue, depth: Int = 2) -> [String] {
    guard case .object(let mine) = self, case .object(let theirs) = other else {
      return isSameDocument(as: other) ? [] : [""]
    }
    return mine.flatMap { member -> [String] in
      guard let twin = theirs.first(where: { $0.key == member.key }) else { return [member.key] }
      if member.value.isSameDocument(as: twin.value) { return [] }
      let deeper =
        depth > 1
        ? member.value.differences(from: twin.value, depth: depth - 1)
          + twin.value.keys(missingIn: member.value) : []
      let named = deeper.filter { !$0.isEmpty }.map { member.key + "." + $0 }
      return named.isEmpty ? [member.key] : named
    }
  }

  private func keys(missingIn other: JSONValue) -> [String] {
    guard case .object(let mine) = self, case .object(let theirs) = other else { return [] }
    let keys = Set(theirs.map(\.key))
    return mine.map(\.key).filter { !keys.contains($0) }
  }

  /// The document as text, two spaces a level, ending without a line break.
  public var text: String {
    var text = ""
    write(to: &text, indentation: 0)
    return text
  }

  /// The document as text on one line.
  public var compactText: String {
    switch self {
    case .array(let elements): "[" + elements.map(\.compactText).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.key) + ":" + $0.value.compactText }.joined(separator: ",")
        + "}"
    default: text
    }
  }

  private func write(to text: inout String, indentation: Int) {
    switch self {
    case .null: text += "null"
    case .boolean(let flag): text += flag ? "true" : "false"
    case .number(let number):
      let isWhole = number == number.rounded() && abs(number) < 1e15
      text += isWhole ? String(Int64(number)) : "\(number)"
    case .literal(let digits): text += digits
    case .string(let string): text += Self.quoted(string)
    case .array(let elements):
      Self.writeList(elements, "[", "]", to: &text, indentation) { element, text in
        element.write(to: &text, indentation: indentation + 1)
      }
    case .object(let members):
      Self.writeList(members, "{", "}", to: &text, indentation) { member, text in
        text += Self.quoted(member.key) + ": "
        member.value.write(to: &text, indentation: indentation + 1)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], _ open: String, _ close: String, to text: inout String,
    _ indentation: Int, _ writeElement: (Element, inout String) -> Void
  ) {
    guard !elements.isEmpty else {
      text += open + close
      return
    }
    let margin = "\n" + String(repeating: "  ", count: indentation)
    text += open
    for (index, element) in elements.enumerated() {
      text += (index == 0 ? "" : ",") + margin + "  "
      writeElement(element, &text)
    }
    text += margin + close
  }

  /// A JSON string; characters that end a script or a line in a browser or steer a terminal are escaped
  /// as well.
  private static func quoted(_ string: String) -> String {
    // Keys, names and numbers mostly need no escape.
    let plain: ClosedRange<UInt8> = 0x20...0x7E
    if string.utf8.allSatisfy({
      plain.contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }) {
      return "\"" + string + "\""
    }
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.steersText:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

extension Unicode.Scalar {
  /// Control characters, ends of lines, and those that turn the direction of writing.
  fileprivate var steersText: Bool {
    properties.generalCategory == .control
      || [0x202A...0x202E, 0x2066...0x2069, 0x2028...0x2029].contains { $0.contains(Int(value)) }
  }
}
