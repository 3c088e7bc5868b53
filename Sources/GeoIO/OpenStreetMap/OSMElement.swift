/// A node, way or relation of OpenStreetMap, as far as its references and the tags that are asked for go.
struct OSMElement {
  /// In the order in which a sorted file has them.
  enum Kind: UInt8, CaseIterable, Comparable, Sendable {
    case node, way, relation

    static func < (one: Kind, other: Kind) -> Bool { one.rawValue < other.rawValue }

    var name: String {
      switch self {
      case .node: "node"
      case .way: "way"
      case .relation: "relation"
      }
    }
  }

  /// What a relation is made of.
  struct Member: Hashable, Sendable {
    var kind: Kind
    var id: Int64
    var role: String
  }

  var kind = Kind.node
  var id: Int64 = 0
  /// Only of the keys that are asked for.
  var tags: [(key: String, value: String)] = []
  /// Some tag says more than what kind of relation it is, or by which program it was made.
  var saysWhatItIs = false
  /// Marked as deleted: an edit that is not uploaded, or an old state.
  var isDeleted = false
  /// A node without one cannot be a point of a way.
  var hasPosition = true
  /// Of a way.
  var nodes: [Int64] = []
  /// Of a relation.
  var members: [Member] = []

  /// Keys whose tags say nothing about what a relation stands for.
  static let idleKeys = ["type", "created_by"]

  subscript(key: String) -> String? { tags.first { $0.key == key }?.value }

  mutating func begin(_ kind: Kind) {
    self.kind = kind
    (id, saysWhatItIs, isDeleted, hasPosition) = (0, false, false, true)
    tags.removeAll(keepingCapacity: true)
    nodes.removeAll(keepingCapacity: true)
    members.removeAll(keepingCapacity: true)
  }
}

/// Which tags are worth taking out of a file.
struct OSMKeys {
  /// `nil` for all.
  let names: Set<String>?
  private let texts: [[UInt8]]

  init(_ names: Set<String>?) {
    self.names = names
    texts = (names ?? []).map { Array($0.utf8) }
  }

  /// - Parameter key: bytes of UTF-8.
  func contain(_ key: ArraySlice<UInt8>) -> Bool {
    names == nil || texts.contains { $0.count == key.count && $0.elementsEqual(key) }
  }
}
