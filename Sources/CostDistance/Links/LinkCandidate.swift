/// Two cores between which there may be a link, and what is known of them before a path is sought.
package struct LinkCandidate: Hashable, Sendable {
  package let pair: CorePair
  /// As the crow flies, of their outlines or of centres of their cells.
  package let distance: Double
  /// Whether their zones as the crow flies touch.
  package let isAdjacentByDistance: Bool
  /// Whether their zones by cost touch.
  package let isAdjacentByCost: Bool
  /// How long the border is that they share; 0 where they do not touch.
  package let sharedBorder: Double

  package init(
    pair: CorePair, distance: Double, isAdjacentByDistance: Bool, isAdjacentByCost: Bool,
    sharedBorder: Double
  ) {
    (self.pair, self.distance, self.sharedBorder) = (pair, distance, sharedBorder)
    self.isAdjacentByDistance = isAdjacentByDistance
    self.isAdjacentByCost = isAdjacentByCost
  }

  /// What the search for the path of a candidate has found.
  package enum Passage: Hashable, Sendable {
    /// No way leads from core to core.
    case none
    /// - Parameters:
    ///   - cost: the least-cost distance.
    ///   - coresCrossed: other cores on the path, by number.
    case path(cost: Double, coresCrossed: [Int])
  }
}
