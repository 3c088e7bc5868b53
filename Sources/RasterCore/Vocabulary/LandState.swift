/// What is known of the land cover of one cell, in a byte of at most 127.
///
/// The low four bits are the category, 0 where there is none; the next three say how it was found.
public struct LandState: Hashable, Sendable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// No value: the file's nodata, or a code the legend calls so.
  public static let nodata = LandState(rawValue: 0)
  /// No tile lies here.
  public static let gap = LandState(rawValue: 11)
  /// A code that the legend does not know.
  public static let unknown = LandState(rawValue: 15)

  /// The legend has no line for the code but a default for all others.
  public static let byDefault: UInt8 = 1 << 4
  /// The code leaves the leaf type of a forest open.
  public static let leafTypeByDefault: UInt8 = 1 << 5
  /// The code may be or may hide rice.
  public static let riceByDefault: UInt8 = 1 << 6

  public init(_ category: LandCategory, flags: UInt8 = 0) {
    rawValue = category.rawValue | flags
  }

  /// `nil` for nodata, gaps and unknown codes.
  public var category: LandCategory? { LandCategory(rawValue: rawValue & 15) }
}
