/// Areas by park: one row a park in reporting order, then the union of all.
///
/// All areas are km² on one ellipsoid.
public struct AreaTable: Hashable, Sendable {
  public enum Kind: String, Sendable { case park, total, raster }

  /// What the land is called where nobody names it.
  public static let unnamed = "whole raster"

  /// The least km² that six decimals show as more than nothing: of less nothing is said.
  public static let leastShown = 5e-7

  public struct Row: Hashable, Sendable {
    public var kind: Kind
    /// Empty for the total and for a whole raster.
    public var id: String
    public var name: String
    /// The polygon's own area.
    public var area: Double
    /// One area a part, in the order of `AreaTable.partKeys`.
    public var parts: [Double]
    /// Inside the raster, without a value.
    public var nodata: Double
    /// Beyond the raster, measured for itself.
    public var outside: Double
    /// The parts by land category; empty where a table has no such split.
    public var categories: [CategoryAreas]

    public init(
      kind: Kind, id: String, name: String, area: Double, parts: [Double], nodata: Double,
      outside: Double, categories: [CategoryAreas] = []
    ) {
      (self.kind, self.id, self.name, self.area) = (kind, id, name, area)
      (self.parts, self.nodata, self.outside) = (parts, nodata, outside)
      self.categories = categories
    }

    /// What the balance leaves over: the polygon's area less everything it was split into.
    public var residual: Double { area - parts.reduce(0, +) - nodata - outside }
  }

  /// How the land of one category in a row is split.
  public struct CategoryAreas: Hashable, Sendable {
    public var category: LandCategory
    /// One area a part, in the order of `AreaTable.partKeys`.
    public var parts: [Double]
    /// Of this category, but without a value.
    public var nodata: Double

    public init(category: LandCategory, parts: [Double], nodata: Double) {
      (self.category, self.parts, self.nodata) = (category, parts, nodata)
    }
  }

  /// The stems of the part columns, for example `not_suitable`.
  public var partKeys: [String]
  public var rows: [Row]
  /// The union of the parks, `nil` for a whole raster.
  public var total: Row?

  public init(partKeys: [String], rows: [Row], total: Row?) {
    (self.partKeys, self.rows, self.total) = (partKeys, rows, total)
  }

  public var allRows: [Row] { rows + (total.map { [$0] } ?? []) }
}
