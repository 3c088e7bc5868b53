/// The ten land categories; the raw value is the code in rasters, 0 being nodata.
///
/// Source: NEASPEC (2026), section 1.3, names seven and the split of forests by leaf type; bare land
/// is the tenth, which snow leopards need.
public enum LandCategory: UInt8, CaseIterable, Hashable, Sendable {
  case forestBroadleaf = 1
  case forestMixed, forestConifer, shrub, meadow, water, bare, cultivated, rice, built

  /// The name used in files: models, legends and table columns.
  public var key: String {
    switch self {
    case .forestBroadleaf: "forest_broadleaf"
    case .forestMixed: "forest_mixed"
    case .forestConifer: "forest_conifer"
    case .shrub: "shrub"
    case .meadow: "meadow"
    case .water: "water"
    case .bare: "bare"
    case .cultivated: "cultivated"
    case .rice: "rice"
    case .built: "built"
    }
  }

  /// The name for people.
  public var name: String {
    switch self {
    case .forestBroadleaf: "Broadleaf forest"
    case .forestMixed: "Mixed conifer-broadleaf forest"
    case .forestConifer: "Coniferous forest"
    case .shrub: "Shrubs"
    case .meadow: "Meadows and herbaceous wetland"
    case .water: "Water bodies"
    case .bare: "Bare, rock and ice"
    case .cultivated: "Cultivated fields"
    case .rice: "Rice fields"
    case .built: "Built-up land"
    }
  }

  public init?(key: String) {
    guard let category = Self.allCases.first(where: { $0.key == key }) else { return nil }
    self = category
  }
}
