/// A variable that a species model scores; the raw value is its code in rasters of limiting factors.
public enum Layer: UInt8, CaseIterable, Hashable, Sendable, Comparable {
  case landCover = 1
  case elevation, slope, roads, settlements
  // 6 is the code of cells that nothing limits.
  case water = 7

  /// The layers scored by a curve, in the order of their codes.
  public static let continuous: [Layer] = [.elevation, .slope, .roads, .settlements, .water]

  /// The name used in model files.
  public var key: String {
    switch self {
    case .landCover: "landCover"
    case .elevation: "elevation"
    case .slope: "slope"
    case .roads: "roads"
    case .settlements: "settlements"
    case .water: "water"
    }
  }

  /// The name for people.
  public var name: String {
    switch self {
    case .landCover: "Land cover"
    case .elevation: "Elevation"
    case .slope: "Slope"
    case .roads: "Distance to roads"
    case .settlements: "Distance to settlements"
    case .water: "Distance to water"
    }
  }

  /// The unit of the curve's x; `nil` for land cover.
  public var unit: String? {
    switch self {
    case .landCover: nil
    case .elevation, .roads, .settlements, .water: "m"
    case .slope: "deg"
    }
  }

  /// Whether the layer is of the height of the ground, and not a distance.
  package var isTerrain: Bool { self == .elevation || self == .slope }

  /// Where the layer stands among numbers of all layers: fewer than eight, which one vector holds.
  package var place: Int { Int(rawValue) - 1 }

  public static func < (left: Layer, right: Layer) -> Bool { left.rawValue < right.rawValue }
}
