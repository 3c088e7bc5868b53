import RasterCore

/// Looks through the text of a GeoJSON file, or one of its kin (a feature a line, ESRI's, TopoJSON), for what
/// GDAL's driver leaves out without a word: rings, parts and whole outlines with a position that is no pair
/// of numbers, or that are nested as their type is not. It passes the text once and keeps none of it.
struct GeoJSONScanner {
  /// What is wrong with a feature, by its number in the file, from 0; the first fault of each.
  private(set) var faults: [Int: String] = [:]
  /// What stands in the members of the outermost object that tell of the file as a whole, each cut after
  /// 65,536 bytes.
  private(set) var members: [Member: [UInt8]] = [:]
  /// Of a collection, the features that it holds.
  var featureCount: Int? { isCollection ? count : nil }

  /// A member of the outermost object that tells of the file as a whole.
  enum Member: String {
    case crs, links, properties, exceededTransferLimit, numberMatched, totalFeatures
  }

  private var tokens = JSONTokens()
  /// Features begun so far.
  private var count = 0
  private var frames: [Frame] = []
  private var shapes: [Shape] = []
  /// The arrays that are open around a position.
  private var levels: [Level] = []
  /// The arrays and objects that are open within a value of no interest.
  private var skipped = 0
  private var isCollection = false
  /// The member that is being kept, and what of it has come.
  private var kept: (member: Member, bytes: [UInt8])?

  /// An object or an array on the way to positions.
  private enum Frame {
    /// A file, a feature or a geometry: each may be all that a file holds.
    case object(Key, mustBeGeometry: Bool)
    case features, geometries
  }

  private enum Key {
    case type, features, geometry, geometries, coordinates, other

    init(_ text: [UInt8]) {
      switch String(decoding: text, as: UTF8.self) {
      case "type": self = .type
      case "features": self = .features
      case "geometry": self = .geometry
      case "geometries": self = .geometries
      // ESRI's, and the arcs of TopoJSON.
      case "coordinates", "rings", "paths", "points", "arcs": self = .coordinates
      default: self = .other
      }
    }
  }

  private struct Level {
    var elements = 0
    var numbers = 0
  }

  /// What is known of an object that may be a geometry.
  private struct Shape {
    var type = ""
    /// How many arrays lie around numbers, and around nothing.
    var depth: Int?
    var emptyDepths: Set<Int> = []
    var fault: String?
    /// The numbers of the elements that hold the fault, the outermost first.
    var place: [Int] = []
  }

  mutating func take(_ bytes: [UInt8]) {
    for byte in bytes {
      if kept != nil, kept!.bytes.count < 65_536 { kept!.bytes.append(byte) }
      if let token = tokens.take(byte) { take(token) }
    }
  }

  private mutating func take(_ token: JSONTokens.Token) {
    if token == .string, tokens.holdsZero {
      note("a text of it holds the character U+0000, at which it would be cut")
    }
    if skipped > 0 {
      switch token {
      case .beginArray, .beginObject: skipped += 1
      case .endArray, .endObject:
        skipped -= 1
        if skipped == 0 { keep() }
      case .key, .string, .number, .word: break
      }
    } else if !levels.isEmpty {
      takePositions(token)
    } else {
      switch frames.last {
      case .object(let key, let mustBeGeometry): take(token, key, mustBeGeometry)
      case .features, .geometries: takeElement(token)
      case nil: if token == .beginObject { open(isFeature: true) }
      }
    }
  }

  // MARK: Objects

  private mutating func take(_ token: JSONTokens.Token, _ key: Key, _ mustBeGeometry: Bool) {
    switch (token, key) {
    case (.endObject, _):
      keep()
      close(mustBeGeometry: mustBeGeometry)
    case (.key, _):
      keep()
      frames[frames.count - 1] = .object(Key(tokens.text), mustBeGeometry: mustBeGeometry)
      if frames.count == 1 {
        let member = Member(rawValue: String(decoding: tokens.text, as: UTF8.self))
        kept = member.map { ($0, []) }
      }
    case (.string, .type):
      shapes[shapes.count - 1].type = String(decoding: tokens.text, as: UTF8.self)
    case (.beginArray, .features):
      // The object around them is no feature.
      count -= 1
      if frames.count == 1 { isCollection = true }
      frames.append(.features)
    case (.beginArray, .geometries): frames.append(.geometries)
    case (.beginObject, .geometry): open(mustBeGeometry: true)
    case (.beginArray, .geometry), (.string, .geometry), (.number, .geometry):
      note("its geometry is no object")
      skipped = token == .beginArray ? 1 : 0
    case (.beginArray, .coordinates):
      levels = [Level()]
    case (_, .coordinates):
      fault(token)
      if token == .beginObject { skipped = 1 }
    case (.beginArray, _), (.beginObject, _): skipped = 1
    case (.string, _): keep()
    default: break
    }
  }

  /// Ends a member that is kept. A number or a word ends where the next key or the object's end begins.
  private mutating func keep() {
    guard let (member, bytes) = kept else { return }
    let value = bytes.drop { $0 <= 0x20 || $0 == UInt8(ascii: ":") }
    let isScalar = ![UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\"")].contains(value.first)
    members[member] = Array(
      isScalar
        ? value.prefix { $0 > 0x20 && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") } : value)
    kept = nil
  }

  private mutating func takeElement(_ token: JSONTokens.Token) {
    let areFeatures = if case .features? = frames.last { true } else { false }
    switch token {
    case .endArray: frames.removeLast()
    case .beginObject: open(mustBeGeometry: !areFeatures, isFeature: areFeatures)
    default:
      if areFeatures { count += 1 }
      note(areFeatures ? "it is no object" : "a part of its collection is no geometry")
      if token == .beginArray { skipped = 1 }
    }
  }

  private mutating func open(mustBeGeometry: Bool = false, isFeature: Bool = false) {
    if isFeature { count += 1 }
    frames.append(.object(.other, mustBeGeometry: mustBeGeometry))
    shapes.append(Shape())
  }

  private mutating func close(mustBeGeometry: Bool) {
    frames.removeLast()
    let shape = shapes.removeLast()
    let type = shape.type.lowercased()
    let depth = Self.depths[type]
    // Whatever else is called so within a feature is its own business.
    guard mustBeGeometry || depth != nil || type == "topology" else { return }
    if let fault = shape.fault {
      note(fault + Self.words(of: shape.place, type, depth: depth))
    } else if let depth, let found = shape.depth, found != depth {
      note("its coordinates are not nested as those of a \(shape.type)")
    } else if let found = shape.depth, found > 1, shape.emptyDepths.contains(found) {
      note("a position is empty")
    } else if mustBeGeometry, depth == nil, !type.isEmpty, type != "geometrycollection" {
      note("there is no type of geometry called \(shape.type)")
    }
  }

  private mutating func note(_ what: String) {
    let feature = max(count - 1, 0)
    if faults[feature] == nil { faults[feature] = what }
  }

  // MARK: Positions

  private mutating func takePositions(_ token: JSONTokens.Token) {
    if token == .endArray {
      close(levels.removeLast())
      return
    }
    levels[levels.count - 1].elements += 1
    switch token {
    case .number: levels[levels.count - 1].numbers += 1
    case .beginArray: levels.append(Level())
    default:
      fault(token)
      if token == .beginObject { skipped = 1 }
    }
  }

  /// - Parameter level: the array that ends.
  private mutating func close(_ level: Level) {
    let (shape, depth) = (shapes.count - 1, levels.count + 1)
    if level.elements == 0 { shapes[shape].emptyDepths.insert(depth) }
    guard level.numbers > 0 else { return }
    if level.numbers < 2 { fault("a position has one number only") }
    if level.numbers < level.elements || shapes[shape].depth ?? depth != depth {
      fault("its positions are nested unevenly")
    }
    shapes[shape].depth = depth
  }

  private mutating func fault(_ token: JSONTokens.Token) {
    switch token {
    case .word: fault("a coordinate is null, or no number")
    case .string: fault("a coordinate is a text")
    case .beginObject: fault("a position is an object")
    default: fault("its coordinates are no list")
    }
  }

  private mutating func fault(_ what: String) {
    let index = shapes.count - 1
    guard shapes[index].fault == nil else { return }
    shapes[index].fault = what
    shapes[index].place = levels.map(\.elements)
  }

  /// How many arrays lie around the numbers of a type.
  private static let depths = [
    "point": 1, "multipoint": 2, "linestring": 2, "multilinestring": 3, "polygon": 3,
    "multipolygon": 4,
  ]

  /// Where a position stands, such as ` (position 4 of ring 1 of part 2)`.
  private static func words(of place: [Int], _ type: String, depth: Int?) -> String {
    guard let depth, place.count >= depth - 1 else { return "" }
    let names = ["position", type.hasSuffix("polygon") ? "ring" : "line", "part"]
    let words = zip(names, place.prefix(depth - 1).reversed()).map { "\($0) \($1)" }
    return words.isEmpty ? "" : " (\(words.joined(separator: " of ")))"
  }
}

extension GeoJSONScanner {
  /// The whole text of a file; `nil` where GDAL has taken it for another format.
  init?(of path: String, driver: String) {
    guard ["GeoJSON", "GeoJSONSeq", "ESRIJSON", "TopoJSON"].contains(driver) else { return nil }
    // GDAL takes a path with the format before it.
    let plain = path.split(separator: ":", maxSplits: 1).last.map(String.init) ?? path
    var scanner = GeoJSONScanner()
    for path in [path, plain] {
      if case .bytes = FileSystem.size(of: path) {
        _ = FileSystem.read(path) {
          scanner.take($0)
          return true
        }
        break
      }
    }
    self = scanner
  }
}
