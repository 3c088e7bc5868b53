/// The four classes of Tables 8 and 9 of NEASPEC (2026); the raw value is the code in rasters, 0
/// being nodata.
public enum SuitabilityClass: UInt8, CaseIterable, Hashable, Sendable {
  case notSuitable = 1
  case minimum, medium, maximum

  /// The stem of a table column: `<key>_km2`.
  public var key: String {
    switch self {
    case .notSuitable: "not_suitable"
    case .minimum: "minimum"
    case .medium: "medium"
    case .maximum: "maximum"
    }
  }

  /// The name for people, as the report prints it.
  public var name: String {
    switch self {
    case .notSuitable: "Not suitable"
    case .minimum: "Minimum suitable"
    case .medium: "Medium suitable"
    case .maximum: "Maximum suitable"
    }
  }
}
