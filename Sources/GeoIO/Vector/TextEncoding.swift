import CGDAL
import Documents
public import RasterCore

/// A way in which files hold letters as bytes, by the name that iconv has for it.
public struct TextEncoding: Hashable, Sendable {
  public let name: String

  /// - Throws: `.usage`, slug `unknown-encoding`.
  public init(named name: String) throws(HabitatError) {
    GeospatialLibraries.ready
    guard Self.isKnown(name) else {
      let page = "CP" + name.filter(\.isNumber)
      let nearest =
        page.count > 2 && Self.isKnown(page) ? page : name.uppercased().nearest(in: Self.usual)
      throw HabitatError(
        .usage, "unknown-encoding", "there is no text encoding \"\(name)\"", at: "encoding \(name)",
        fix: (nearest.map { "did you mean \($0)? " } ?? "")
          + "usual ones: \(Self.usual.joined(separator: ", "))")
    }
    self.name = name
  }

  private init(known name: String) { self.name = name }

  static let usual = [
    "UTF-8", "CP1251", "CP866", "KOI8-R", "GBK", "GB18030", "BIG5", "CP1252", "ISO-8859-1",
    "SHIFT_JIS", "EUC-KR",
  ]

  /// Those that text of unknown encoding is tried with.
  static let likely = ["UTF-8", "CP1251", "GB18030", "CP1252"].map { TextEncoding(known: $0) }

  private static func isKnown(_ name: String) -> Bool {
    let isName = name.utf8.allSatisfy { 33...126 ~= $0 && $0 != UInt8(ascii: "/") }
    guard isName, !name.isEmpty else { return false }
    return unsafe CPLCanRecode("A", name, "UTF-8") != 0
  }

  /// What bytes say; `nil` where they cannot be text of this encoding.
  ///
  /// - Parameter bytes: without a zero.
  func text(of bytes: [UInt8]) -> String? {
    if name.uppercased() == "UTF-8" || name.uppercased() == "UTF8" {
      return String(validating: bytes, as: UTF8.self)
    }
    let source = bytes.map { CChar(bitPattern: $0) } + [0]
    guard unsafe CPLCanRecode(source, name, "UTF-8") != 0 else { return nil }
    let text = unsafe CPLRecode(source, name, "UTF-8")
    defer { unsafe VSIFree(text) }
    return unsafe String(validatingCString: text)
  }
}
