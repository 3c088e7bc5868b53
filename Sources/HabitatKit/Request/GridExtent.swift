public import RasterCore

/// Which part of the analysis grid is scored.
public enum GridExtent: Hashable, Sendable {
  /// A box in units of `crs`, or of the grid's CRS without one.
  case box(Extent, crs: CoordinateReferenceSystem? = nil)
  /// The box of the parks and so much around it, out to whole tiles.
  case parks(ParkReach)
}

/// The parks and the land around them: `parks`, or `parks+5` for 5 km of it.
public struct ParkReach: Hashable, Sendable {
  /// Kilometres on the ground, 0 or more.
  public let kilometres: Double

  /// - Parameter kilometres: 0 or more.
  public init(kilometres: Double = 0) {
    precondition(kilometres >= 0 && kilometres.isFinite, "a distance is 0 or more")
    self.kilometres = kilometres
  }

  /// - Parameter text: `parks` or `parks+KM`, KM from 0 to 20,000; `nil` for anything else.
  public init?(_ text: String) {
    guard text != Self.word else {
      self.init()
      return
    }
    guard text.hasPrefix(Self.word + "+"),
      let kilometres = Double(text.dropFirst(Self.word.count + 1)),
      (0...Self.most).contains(kilometres)
    else { return nil }
    self.init(kilometres: kilometres)
  }

  /// As it is written.
  public var text: String {
    guard kilometres != 0 else { return Self.word }
    let isWhole = kilometres == kilometres.rounded()
    return "\(Self.word)+" + (isWhole ? String(Int(kilometres)) : String(kilometres))
  }

  private static let word = "parks"
  /// Half of the way round the Earth.
  private static let most = 20_000.0
}
