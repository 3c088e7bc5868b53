/// Areas by park: one row a park in reporting order, then the union of all.
///
/// All areas are km² on one ellipsoid.
public struct AreaTable: Hashable, Sendable {
  public enum Kind: String, Sendable { case park, total, raster }

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

    public init(
      kind: Kind, id: String, name: String, area: Double, parts: [Double], nodata: Double,
      outside: Double
    ) {
      (self.kind, self.id, self.name, self.area) = (kind, id, name, area)
      (self.parts, self.nodata, self.outside) = (parts, nodata, outside)
    }

    /// What the balance leaves over: the polygon's area less everything it was split into.
    public var residual: Double { area - parts.reduce(0, +) - nodata - outside }
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
