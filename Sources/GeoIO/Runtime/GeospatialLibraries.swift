import CGDAL
import CPROJ
import RasterCore

/// The libraries underneath: set up once, and named for the record of a run.
public enum GeospatialLibraries {
  /// Registers GDAL's drivers and settings; a static is initialised once, and registering is not
  /// re-entrant.
  static let ready: Void = {
    GDALAllRegister()
    // GeoPackages stamp the time of every change: a fixed one makes equal content equal bytes.
    unsafe CPLSetConfigOption("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z")
    // Nothing is fetched that the user did not name: neither grids from the network nor DTDs.
    unsafe CPLSetConfigOption("PROJ_NETWORK", "OFF")
    // A damaged JPEG block is no grey one.
    unsafe CPLSetConfigOption("GDAL_ERROR_ON_LIBJPEG_WARNING", "YES")
    // Messages of the libraries reach the user as errors and warnings of our own.
    unsafe CPLSetErrorHandler(CPLQuietErrorHandler)
  }()

  public static var gdalVersion: String {
    unsafe String(cString: GDALVersionInfo("RELEASE_NAME"))
  }

  public static var projVersion: String { unsafe String(cString: proj_info().version) }

  public static var geosVersion: String {
    var (major, minor, patch) = (Int32(0), Int32(0), Int32(0))
    guard unsafe OGRGetGEOSVersion(&major, &minor, &patch) else { return "none" }
    return "\(major).\(minor).\(patch)"
  }

  /// Bytes of decoded blocks that GDAL may keep, for all open files together.
  public static func limitBlockCache(toBytes bytes: Int) {
    ready
    GDALSetCacheMax64(Int64(bytes))
  }
}
