/// Geometries written as text in a table.
enum WellKnownText {
  /// What keeps a text from being one; GDAL reads on past words it does not know.
  static func fault(in text: String) -> String? {
    var depth = 0
    var token: [UInt8] = []
    for byte in Array(text.utf8) + [0x20] {
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), ...0x20:
        if !token.isEmpty, !isKnown(token) {
          return "\"\(String(decoding: token, as: UTF8.self))\" is no coordinate"
        }
        token.removeAll(keepingCapacity: true)
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") { depth -= 1 }
        if depth < 0 { return "it has a parenthesis too many" }
      default: if token.count < 64 { token.append(byte) }
      }
    }
    return depth == 0 ? nil : "it lacks a parenthesis"
  }

  private static func isKnown(_ token: [UInt8]) -> Bool {
    let isNumber = token.allSatisfy {
      (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0)
    }
    return isNumber || words.contains(String(decoding: token, as: UTF8.self).uppercased())
  }

  private static let words: Set<String> = {
    let types = [
      "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON",
      "GEOMETRYCOLLECTION", "CIRCULARSTRING", "COMPOUNDCURVE", "CURVEPOLYGON", "MULTICURVE",
      "MULTISURFACE", "POLYHEDRALSURFACE", "TIN", "TRIANGLE",
    ]
    return Set(types.flatMap { [$0, $0 + "Z", $0 + "M", $0 + "ZM"] } + ["Z", "M", "ZM", "EMPTY"])
  }()
}
