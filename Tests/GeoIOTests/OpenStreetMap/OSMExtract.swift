import Foundation

/// A small extract of OpenStreetMap, written as XML or as PBF.
struct OSMExtract {
  struct Way {
    var id: Int
    var nodes: [Int]
    var tags: [String: String] = [:]
    /// As attributes of XML.
    var state = ""
  }
  struct Relation {
    var id: Int
    var members: [(type: String, id: Int, role: String)]
    var tags: [String: String]
  }

  var nodes: [(id: Int, x: Double, y: Double)] = []
  var ways: [Way] = []
  var relations: [Relation] = []

  /// Four nodes, counted from `first`.
  mutating func addSquare(_ first: Int, _ west: Double, _ south: Double, _ size: Double) {
    nodes += [
      (first, west, south), (first + 1, west + size, south),
      (first + 2, west + size, south + size), (first + 3, west, south + size),
    ]
  }

  static func ring(_ first: Int) -> [Int] { [first, first + 1, first + 2, first + 3, first] }

  static func reserve(_ name: String) -> [String: String] {
    ["leisure": "nature_reserve", "name": name]
  }

  /// A reserve of a way (10), one of a relation with a hole (100), a forest (12), a road (13).
  static var whole: OSMExtract {
    var extract = OSMExtract()
    extract.addSquare(1, 131, 43, 0.06)
    extract.addSquare(11, 131.1, 43, 0.06)
    extract.addSquare(21, 131.12, 43.02, 0.02)
    extract.addSquare(31, 131.2, 43, 0.02)
    extract.ways = [
      Way(id: 10, nodes: ring(1), tags: reserve("Square")),
      // The outline of the relation in two halves.
      Way(id: 20, nodes: [11, 12, 13]), Way(id: 21, nodes: [13, 14, 11]),
      Way(id: 22, nodes: ring(21)),
      Way(id: 30, nodes: ring(31), tags: ["landuse": "forest"]),
      Way(id: 40, nodes: [1, 11, 31], tags: ["highway": "primary", "name": "Road"]),
    ]
    extract.relations = [
      Relation(
        id: 100,
        members: [
          ("way", 20, "outer"), ("way", 21, "outer"), ("way", 22, "inner"),
          // None of these is part of the outline.
          ("relation", 999, "subarea"), ("way", 998, "subarea"), ("node", 997, "label"),
          ("node", 996, "admin_centre"),
        ], tags: ["type": "boundary", "boundary": "protected_area", "name": "Hole"])
    ]
    return extract
  }

  // MARK: XML

  var nodesXML: String {
    nodes.map { "<node id=\"\($0.id)\" lat=\"\($0.y)\" lon=\"\($0.x)\"/>\n" }.joined()
  }
  var waysXML: String {
    ways.map { way in
      let references = way.nodes.map { "<nd ref=\"\($0)\"/>" }.joined()
      return "<way id=\"\(way.id)\" \(way.state)>\(references)\(Self.xml(way.tags))</way>\n"
    }.joined()
  }
  var relationsXML: String {
    relations.map { relation in
      let members = relation.members.map {
        "<member type=\"\($0.type)\" ref=\"\($0.id)\" role=\"\($0.role)\"/>"
      }.joined()
      return "<relation id=\"\(relation.id)\">\(members)\(Self.xml(relation.tags))</relation>\n"
    }.joined()
  }
  var xml: String { Self.document(nodesXML + waysXML + relationsXML) }

  static func document(_ elements: String) -> String {
    "<?xml version='1.0' encoding='UTF-8'?>\n<!-- > \" <way> -->\n"
      + "<osm version=\"0.6\" generator='by \"hand\"'>\n\(elements)</osm>\n"
  }

  private static func xml(_ tags: [String: String]) -> String {
    tags.sorted { $0.key < $1.key }.map { "<tag k=\"\($0.key)\" v=\"\($0.value)\"/>" }.joined()
  }

  // MARK: PBF

  /// Source: wiki.openstreetmap.org/wiki/PBF_Format; blobs are not compressed.
  var pbf: Data {
    var strings = [""]
    func number(of text: String) -> UInt64 {
      if let known = strings.firstIndex(of: text) { return UInt64(known) }
      strings.append(text)
      return UInt64(strings.count - 1)
    }
    func tags(_ tags: [String: String]) -> [UInt8] {
      guard !tags.isEmpty else { return [] }
      let sorted = tags.sorted { $0.key < $1.key }
      return Self.field(2, Self.numbers(sorted.map { number(of: $0.key) }))
        + Self.field(3, Self.numbers(sorted.map { number(of: $0.value) }))
    }
    func degrees(_ values: [Double]) -> [UInt8] {
      Self.differences(values.map { Int(($0 * 1e7).rounded()) })
    }
    let dense =
      Self.field(1, Self.differences(nodes.map(\.id))) + Self.field(8, degrees(nodes.map(\.y)))
      + Self.field(9, degrees(nodes.map(\.x)))
    var groups = [Self.field(2, dense)]
    groups.append(
      ways.flatMap { way in
        Self.field(
          3,
          Self.field(1, UInt64(way.id)) + tags(way.tags)
            + Self.field(8, Self.differences(way.nodes)))
      })
    let types = ["node", "way", "relation"]
    groups.append(
      relations.flatMap { relation in
        let members = relation.members
        return Self.field(
          4,
          Self.field(1, UInt64(relation.id)) + tags(relation.tags)
            + Self.field(8, Self.numbers(members.map { number(of: $0.role) }))
            + Self.field(9, Self.differences(members.map(\.id)))
            + Self.field(10, Self.numbers(members.map { UInt64(types.firstIndex(of: $0.type)!) })))
      })
    let header = ["OsmSchema-V0.6", "DenseNodes"].flatMap { Self.field(4, Array($0.utf8)) }
    let table = strings.flatMap { Self.field(1, Array($0.utf8)) }
    var file = Self.blob("OSMHeader", header)
    for group in groups {
      file += Self.blob("OSMData", Self.field(1, table) + Self.field(2, group))
    }
    return Data(file)
  }

  private static func blob(_ type: String, _ content: [UInt8]) -> [UInt8] {
    let blob = field(1, content)
    let head = field(1, Array(type.utf8)) + field(3, UInt64(blob.count))
    return [0, 0, 0, UInt8(head.count)] + head + blob
  }

  private static func field(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(UInt64(bytes.count)) + bytes
  }
  private static func field(_ number: UInt64, _ value: UInt64) -> [UInt8] {
    varint(number << 3) + varint(value)
  }
  private static func numbers(_ values: [UInt64]) -> [UInt8] { values.flatMap(varint) }
  private static func differences(_ values: [Int]) -> [UInt8] {
    zip(values, [0] + values).flatMap { value, last in
      let difference = value - last
      return varint(UInt64(bitPattern: Int64(difference << 1 ^ difference >> 63)))
    }
  }
  private static func varint(_ value: UInt64) -> [UInt8] {
    value < 128 ? [UInt8(value)] : [UInt8(value & 127) | 128] + varint(value >> 7)
  }
}
