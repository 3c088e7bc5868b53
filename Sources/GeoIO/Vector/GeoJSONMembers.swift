import Documents
import Foundation
import RasterCore

/// Texts that stand in a GeoJSON file beside its features, which GDAL passes over: exports of Overpass name their
/// source and licence as `copyright` there.
///
/// Only the head of the file is read, up to its features.
struct GeoJSONMembers {
  /// By key, those that are texts.
  private(set) var texts: [String: String] = [:]

  /// Writers put such members first; who has thousands of them writes no head.
  private static let (mostBytes, mostMembers) = (64 << 10, 64)

  init(reading path: String) {
    var head: [UInt8] = []
    if !NetworkAccess.isRemote(path) {
      _ = FileSystem.read(path, atMost: Self.mostBytes) {
        head = $0
        return false
      }
    }
    self.init(head: head)
  }

  /// - Parameter head: the first bytes of a file, which may end anywhere.
  init(head: [UInt8]) {
    var rest = head[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    guard Self.takes("{", from: &rest) else { return }
    for _ in 0..<Self.mostMembers {
      guard let key = Self.text(from: &rest), Self.takes(":", from: &rest), key != "features" else {
        return
      }
      Self.skipBlanks(&rest)
      if rest.first == UInt8(ascii: "\"") {
        guard let text = Self.text(from: &rest) else { return }
        texts[key] = text
      } else {
        Self.skipValue(&rest)
      }
      guard Self.takes(",", from: &rest) else { return }
    }
  }

  private static func skipBlanks(_ rest: inout ArraySlice<UInt8>) {
    rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  private static func takes(_ sign: Unicode.Scalar, from rest: inout ArraySlice<UInt8>) -> Bool {
    skipBlanks(&rest)
    guard rest.first == UInt8(ascii: sign) else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// The length of the text in quotes at the beginning; `nil` where it does not end.
  private static func length(ofTextIn rest: ArraySlice<UInt8>) -> Int? {
    var isEscaped = false
    for index in rest.indices.dropFirst() {
      if isEscaped {
        isEscaped = false
      } else if rest[index] == UInt8(ascii: "\\") {
        isEscaped = true
      } else if rest[index] == UInt8(ascii: "\"") {
        return index - rest.startIndex + 1
      }
    }
    return nil
  }

  private static func text(from rest: inout ArraySlice<UInt8>) -> String? {
    skipBlanks(&rest)
    guard rest.first == UInt8(ascii: "\""), let length = length(ofTextIn: rest),
      case .string(let text) = JSONValue(json5: Data(rest.prefix(length)))
    else { return nil }
    rest = rest.dropFirst(length)
    return text
  }

  /// Up to the comma or the bracket behind a value that is no text.
  private static func skipValue(_ rest: inout ArraySlice<UInt8>) {
    var depth = 0
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "\""):
        guard let length = length(ofTextIn: rest) else {
          rest = []
          return
        }
        rest = rest.dropFirst(length)
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ",") where depth == 0: return
      default: break
      }
      if depth < 0 { return }
      rest = rest.dropFirst()
    }
  }
}
