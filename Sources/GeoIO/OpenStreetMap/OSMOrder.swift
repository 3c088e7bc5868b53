import RasterCore

/// The order of a file's elements.
///
/// GDAL looks up what an element refers to among what it has read: nodes with ascending identifiers, then ways,
/// then relations.
struct OSMOrder {
  private var lastIDs: [OSMElement.Kind: Int64] = [:]
  /// The place of the current element among all.
  private(set) var ordinal = 0
  /// Of nodes behind a way or relation, and of ways behind a relation: their places.
  private(set) var latePlaces: [OSMElement.Kind: [Int64: Int]] = [.node: [:], .way: [:]]
  private var relations: [Int] = []
  private var (wayCount, referenceCount) = (0, 0)
  /// What GDAL would stop at.
  private(set) var fault: String?

  /// More late elements than that are not remembered: the file is to be sorted.
  private static let mostLate = 4_000_000

  var hasLate: Bool { !latePlaces.values.allSatisfy(\.isEmpty) }

  mutating func take(_ element: borrowing OSMElement) {
    let (kind, id) = (element.kind, element.id)
    ordinal += 1
    let previous = lastIDs[kind]
    lastIDs[kind] = id
    if kind == .node, fault == nil {
      if id < 0 {
        fault = "node \(id) has a number below zero: it is of an edit that has not been uploaded"
      } else if let previous, id <= previous {
        fault =
          id == previous
          ? "node \(id) stands there twice" : "node \(id) comes after node \(previous)"
      }
    } else if kind == .way, previous == id, fault == nil {
      fault = "way \(id) stands there twice"
    }
    let isLate =
      switch kind {
      case .node: lastIDs[.way] != nil || lastIDs[.relation] != nil
      case .way: lastIDs[.relation] != nil
      case .relation: false
      }
    if isLate {
      latePlaces[kind]?[id] = ordinal
      if latePlaces[kind]!.count > Self.mostLate, fault == nil {
        fault = "millions of elements come after those that refer to them"
      }
    }
    if kind == .relation { relations.append(ordinal) }
    if kind == .way {
      wayCount += 1
      referenceCount += element.nodes.count
    }
  }

  /// Up to where in the file GDAL has read when it looks for the nodes of a way.
  ///
  /// It looks for those of many ways at once: at the next relation, at the end, or when the batch is full.
  /// Source: the limits of GDAL 3.6.2's OGROSMDataSource.
  func lookupPlace(ofWayAt ordinal: Int) -> Int {
    guard wayCount < 75_000, referenceCount < 1_000_000 else { return ordinal }
    return relations.first { $0 > ordinal } ?? .max
  }

  /// How many nodes of a way come too late for it.
  func lateCount(ofWayAt ordinal: Int, _ nodes: [Int64]) -> Int {
    guard let late = latePlaces[.node], !late.isEmpty else { return 0 }
    let place = lookupPlace(ofWayAt: ordinal)
    return Set(nodes).count { late[$0].map { $0 > place } ?? false }
  }

  /// Whether a way comes too late for a relation.
  func isLate(way: Int64, forRelationAt ordinal: Int) -> Bool {
    latePlaces[.way]?[way].map { $0 > ordinal } ?? false
  }
}
