import RasterCore

/// Looks through the text of a KML, GML or GPX file for what GDAL's drivers take for zero, or leave out, without a
/// word: coordinates that are no numbers, positions of one number, and more than one ring to a boundary.
struct MarkupScanner {
  struct Fault {
    let line: Int
    let what: String
  }
  private(set) var fault: Fault?
  /// The tag of the first collection of features, as it stands.
  private(set) var collection: String?

  private var state = State.text
  private var tag: [UInt8] = []
  private var elements: [Element] = []
  private var line = 1
  /// The text of the element on top, if it holds coordinates.
  private var coordinates: Coordinates?

  private enum State {
    case text, tag
    case quote(UInt8)
    case comment
  }

  private struct Element {
    let name: String
    var rings = 0
  }

  /// Lists of numbers, a comma between those of one position.
  private struct Coordinates {
    /// Commas tell positions apart.
    let areTuples: Bool
    var token: [UInt8] = []
    var numbers = 0
    var isAfterComma = false
    /// White space stands after the last number.
    var isAfterSpace = false
  }

  mutating func take(_ bytes: [UInt8]) {
    for byte in bytes where fault == nil {
      if byte == UInt8(ascii: "\n") { line += 1 }
      take(byte)
    }
  }

  // MARK: Tags

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .text:
      if byte == UInt8(ascii: "<") {
        state = .tag
        tag.removeAll(keepingCapacity: true)
      } else if coordinates != nil {
        takeCoordinate(byte)
      }
    case .tag:
      switch byte {
      case UInt8(ascii: ">"):
        state = .text
        endTag()
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        tag.append(byte)
        state = .quote(byte)
      default:
        tag.append(byte)
        if tag.elementsEqual("!--".utf8) || tag.elementsEqual("![CDATA[".utf8) {
          (state, tag) = (.comment, [])
        }
      }
    case .quote(let quote):
      tag.append(byte)
      if byte == quote { state = .tag }
    case .comment:
      tag.append(byte)
      if tag.count > 3 { tag.removeFirst() }
      if tag.elementsEqual("-->".utf8) || tag.elementsEqual("]]>".utf8) { state = .text }
    }
  }

  private mutating func endTag() {
    guard let first = tag.first, first != UInt8(ascii: "!"), first != UInt8(ascii: "?") else {
      return
    }
    if first == UInt8(ascii: "/") {
      endElement()
      return
    }
    let name = tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
    let local = String(
      decoding: name.split(separator: UInt8(ascii: ":")).last ?? [], as: UTF8.self)
    let parent = elements.last?.name ?? ""
    if local == "FeatureCollection", collection == nil {
      collection = String(decoding: tag, as: UTF8.self)
    }
    if local == "LinearRing", Self.boundaries.contains(parent) {
      elements[elements.count - 1].rings += 1
      if elements[elements.count - 1].rings > 1 { note("a boundary has more than one ring") }
    }
    if Self.trackPoints.contains(local) { checkPlace() }
    guard tag.last != UInt8(ascii: "/") else { return }
    if Self.shapes.contains(parent), Self.lists.contains(local), !hasOwnSeparators {
      coordinates = Coordinates(areTuples: local == "coordinates")
    }
    elements.append(Element(name: local))
  }

  private mutating func endElement() {
    if coordinates != nil {
      endToken()
      endPosition()
      coordinates = nil
    }
    _ = elements.popLast()
  }

  /// GML lets a file choose the characters between numbers; nobody does but to say the usual.
  private var hasOwnSeparators: Bool {
    let text = String(decoding: tag, as: UTF8.self)
    let usual = text.replacing("decimal=\".\"", with: "").replacing("cs=\",\"", with: "")
      .replacing("ts=\" \"", with: "")
    return ["decimal=", "cs=", "ts="].contains(where: usual.contains)
  }

  /// Of GPX; their places are attributes.
  private static let trackPoints: Set = ["trkpt", "rtept", "wpt"]

  private mutating func checkPlace() {
    var missing = [("lat", 90.0), ("lon", 360)]
    var attributes = XMLAttributes(0..<tag.count, in: tag)
    while let (name, value) = attributes.next(in: tag) {
      guard let index = missing.firstIndex(where: { tag[name].elementsEqual($0.0.utf8) }) else {
        continue
      }
      let limit = missing.remove(at: index).1
      guard !XMLText.isNumber(tag[value], upTo: limit) else { continue }
      note("\"\(String(decoding: tag[value], as: UTF8.self))\" is no coordinate")
    }
    if let (name, _) = missing.first { note("a point has no \(name)") }
  }

  private static let boundaries: Set = [
    "outerBoundaryIs", "innerBoundaryIs", "exterior", "interior",
  ]
  private static let shapes: Set = [
    "Point", "LineString", "LinearRing", "LineStringSegment", "Arc", "ArcString", "Circle",
    "GeodesicString", "coord",
  ]
  private static let lists: Set = ["coordinates", "posList", "pos", "X", "Y"]

  private mutating func note(_ what: String) {
    if fault == nil { fault = Fault(line: line, what: what) }
  }

  // MARK: Numbers

  private mutating func takeCoordinate(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: ","):
      endToken()
      coordinates!.isAfterComma = true
    case ...0x20:
      endToken()
      coordinates!.isAfterSpace = true
    default:
      let isNext = coordinates!.isAfterSpace && !coordinates!.isAfterComma
      if coordinates!.token.isEmpty, isNext { endPosition() }
      (coordinates!.isAfterSpace, coordinates!.isAfterComma) = (false, false)
      if coordinates!.token.count < 64 { coordinates!.token.append(byte) }
    }
  }

  private mutating func endToken() {
    guard !coordinates!.token.isEmpty else { return }
    let text = String(decoding: coordinates!.token, as: UTF8.self)
    if Double(text)?.isFinite != true { note("\"\(text)\" is no coordinate") }
    coordinates!.token.removeAll(keepingCapacity: true)
    coordinates!.numbers += 1
  }

  private mutating func endPosition() {
    let numbers = coordinates!.numbers
    coordinates!.numbers = 0
    guard coordinates!.areTuples, numbers > 0 else { return }
    if !(2...4).contains(numbers) { note("a position has \(numbers) numbers") }
  }
}
