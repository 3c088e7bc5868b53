/// What the numbers of a geotransform or a polygon mean on the Earth.
///
/// A plain value; `GeoIO` makes it from whatever GDAL and PROJ understand. Axes are always in the
/// order of geographic information systems: x is easting or longitude, y northing or latitude.
public struct CoordinateReferenceSystem: Hashable, Sendable {
  /// WKT 2:2019, on one line.
  public let wkt: String
  /// For people: the authority's code where it is known, else the name.
  public let name: String
  public let isGeographic: Bool
  public let ellipsoid: Ellipsoid
  /// `false` where the file gives an ellipsoid but no datum, so that no shift to another is known.
  public let datumIsKnown: Bool
  /// Metres in a unit of x, or radians where the CRS is geographic.
  public let unit: Double
  /// A full turn of longitude in units of x, `nil` where the CRS is not geographic.
  public var turn: Double? { isGeographic ? 2 * .pi / unit : nil }

  public init(
    wkt: String, name: String, isGeographic: Bool, ellipsoid: Ellipsoid, datumIsKnown: Bool,
    unit: Double
  ) {
    (self.wkt, self.name, self.isGeographic) = (wkt, name, isGeographic)
    (self.ellipsoid, self.datumIsKnown, self.unit) = (ellipsoid, datumIsKnown, unit)
  }
}
