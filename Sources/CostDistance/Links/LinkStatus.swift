/// What has become of a candidate link.
///
/// Names and numbers of links that Linkage Mapper has too are its own (McRae and Kavanagh 2011).
package enum LinkStatus: String, CaseIterable, Sendable {
  case active
  /// Not among the nearest, but the cheapest between two parts of the network.
  case joinsParts = "joins_parts"
  /// The user has named the pair.
  case listed
  /// The cores share an edge: they are connected without a corridor.
  case touching
  case notNearest = "not_nearest"
  case tooLongEuclidean = "too_long_euclidean"
  case tooLongCost = "too_long_cost"
  /// The path leads over another core.
  case throughCore = "through_core"
  case unreachable
  case notAdjacent = "not_adjacent"

  /// Whether the link gets a corridor.
  package var isKept: Bool { self == .active || self == .joinsParts || self == .listed }

  /// Linkage Mapper's `Link_Type`; 2, −16 and −17 are of this program.
  ///
  /// - Parameter byNearest: whether links were chosen among the nearest.
  package func linkType(byNearest: Bool) -> Int {
    switch self {
    case .active: byNearest ? 10 : 1
    case .joinsParts: 20
    case .listed: 100
    case .touching: 2
    case .notNearest: -1
    case .tooLongEuclidean: -11
    case .tooLongCost: -12
    case .throughCore: -15
    case .unreachable: -16
    case .notAdjacent: -17
    }
  }
}

/// A status and what decided it.
package struct LinkVerdict: Hashable, Sendable {
  /// The number that decided, with its limit.
  package enum Reason: Hashable, Sendable {
    case distance(Double, limit: Double)
    case cost(Double, limit: Double)
    /// How many links of either core are no dearer, itself included; of the core where they are fewer.
    case rank(Int, limit: Int)
    case coresCrossed([Int])
    case sharedBorder(Double)
    /// The zones do not touch, by cost or as the crow flies.
    case zonesApart
    case noWay
    /// A list was given, and does not have it.
    case notListed
    /// No rule was against it, or the list has it.
    case none
  }

  package let status: LinkStatus
  package let reason: Reason

  package init(_ status: LinkStatus, _ reason: Reason = .none) {
    (self.status, self.reason) = (status, reason)
  }
}
