/// What the numbers of a geotransform or a polygon mean on the Earth.
///
/// A plain value; `GeoIO` makes it from whatever GDAL and PROJ understand. Axes are always in the
/// order of geographic information systems: x is easting or longitude, y northing or latitude. Where a
/// CRS points its axes elsewhere (Křovák's south and west), x and y are its own.
public struct CoordinateReferenceSystem: Hashable, Sendable {
  /// WKT 2:2019, on one line.
  public let wkt: String
  /// For people: the authority's code where it is known, else the name.
  public let name: String
  /// Longitude and latitude. One derived of them, such as that of a rotated pole, counts degrees but no
  /// longitudes: it is a projection onto a plane, whose unit is a degree of a great circle.
  public let isGeographic: Bool
  public let ellipsoid: Ellipsoid
  /// `false` where the file gives an ellipsoid but no datum, so that no shift to another is known.
  public let datumIsKnown: Bool
  /// Metres in a unit of x, or radians where the CRS is geographic.
  public let unit: Double
  /// y lies clockwise of x, so that what runs counter-clockwise on the Earth runs clockwise here.
  public let isLeftHanded: Bool
  /// A full turn of longitude in units of x, `nil` where the CRS is not geographic.
  public var turn: Double? { isGeographic ? 2 * .pi / unit : nil }

  public init(
    wkt: String, name: String, isGeographic: Bool, ellipsoid: Ellipsoid, datumIsKnown: Bool,
    unit: Double, isLeftHanded: Bool = false
  ) {
    (self.wkt, self.name, self.isGeographic) = (wkt, name, isGeographic)
    (self.ellipsoid, self.datumIsKnown) = (ellipsoid, datumIsKnown)
    (self.unit, self.isLeftHanded) = (unit, isLeftHanded)
  }
}
