import GeoIO

/// The program as a whole.
public enum Habitat {
  public static let version = "0.2.0"

  /// The version with those of the libraries underneath.
  public static var versionText: String {
    "habitat \(version) (GDAL \(GeospatialLibraries.gdalVersion), PROJ "
      + "\(GeospatialLibraries.projVersion), GEOS \(GeospatialLibraries.geosVersion))"
  }
}
