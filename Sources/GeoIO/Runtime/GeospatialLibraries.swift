import CGDAL
import CPROJ
import Foundation
import RasterCore

/// The libraries underneath: set up once, and named for the record of a run.
public enum GeospatialLibraries {
  /// Registers GDAL's drivers and settings; a static is initialised once, and registering is not
  /// re-entrant.
  static let ready: Void = {
    for name in ignored { unsafe unsetenv(name) }
    GDALAllRegister()
    // A `gdalrc` may have set them, too.
    for name in ignored { unsafe CPLSetConfigOption(name, nil) }
    // GeoPackages stamp the time of every change: a fixed one makes equal content equal bytes.
    unsafe CPLSetConfigOption("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z")
    // Nothing is fetched that the user did not name: neither grids nor schemas nor sources of a VRT.
    OSRSetPROJEnableNetwork(0)
    unsafe CPLSetConfigOption("GML_DOWNLOAD_SCHEMA", "NO")
    NetworkAccess.setUp()
    // A file is data: it runs no code and no other program, and opens no database.
    unsafe CPLSetConfigOption("GDAL_VRT_ENABLE_PYTHON", "NO")
    for name in foreignDrivers {
      if let driver = unsafe GDALGetDriverByName(name) { unsafe GDALDeregisterDriver(driver) }
    }
    for (name, value) in defaults { unsafe CPLSetConfigOption(name, value) }
    // Degrees between the points of an arc: its area is then right to a ten-millionth. GDAL takes 4.
    unsafe CPLSetConfigOption("OGR_ARC_STEPSIZE", "0.05")
    // Nothing is written beside an input.
    unsafe CPLSetConfigOption("CPL_VSIL_GZIP_WRITE_PROPERTIES", "NO")
    // A damaged JPEG block is no grey one.
    unsafe CPLSetConfigOption("GDAL_ERROR_ON_LIBJPEG_WARNING", "YES")
    // Messages of the libraries reach the user as errors and warnings of our own.
    unsafe CPLSetErrorHandler(CPLQuietErrorHandler)
  }()

  /// Keeps HDF5 from printing what it tried in vain, such as attributes that a file does not have.
  ///
  /// GDAL sees to that on the main thread only, and HDF5 asks every thread anew. The function is looked for
  /// at run time, for GDAL may have been built without HDF5.
  static func quietHDF5() {
    typealias Setter =
      @convention(c) (Int64, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> CInt
    guard let symbol = unsafe dlsym(UnsafeMutableRawPointer(bitPattern: 0), "H5Eset_auto2") else {
      return
    }
    unsafe _ = unsafeBitCast(symbol, to: Setter.self)(0, nil, nil)
  }

  /// Drivers that are no file formats: services, databases, and GPSBabel, another program.
  private static let foreignDrivers =
    [
      "AmigoCloud", "CSW", "Carto", "Cloudant", "CouchDB", "DAAS", "DB2ODBC", "EEDA", "EEDAI",
      "Elasticsearch", "GPSBabel", "GeoRaster", "HANA", "HTTP", "IDB", "INGRES", "JPIPKAK",
      "MSSQLSpatial", "MongoDBv3", "MySQL", "NGW", "OAPIF", "OCI", "ODBC", "OGCAPI", "OGR_OGDI",
      "PGeo", "PLMOSAIC", "PLSCENES", "PostGISRaster", "PostgreSQL", "RASDAMAN", "STACIT", "STACTA",
      "WCS", "WFS", "WMS", "WMTS",
    ] + namingDrivers

  /// Formats of other trades (scanned charts, scenes of satellites, planets, stars) whose files name others to open, or
  /// that a library of their own fetches (FITS).
  private static let namingDrivers = [
    "DERIVED", "DIMAP", "ECRGTOC", "FITS", "ISIS2", "ISIS3", "KMLSUPEROVERLAY", "MAP", "MRF", "PDS",
    "PDS4", "PRF", "RCM", "RPFTOC", "RS2", "SAFE", "SENTINEL2", "TIL", "TSX", "VICAR",
  ]

  /// GDAL's own defaults of settings that change results: the environment, or a `gdalrc`, of one machine must
  /// not make other bytes, or other places of cells, than that of the next.
  private static let defaults = [
    ("GDAL_PAM_ENABLED", "YES"), ("GPKG_ADD_DEFINITION_12_063", "NO"),
    ("GTIFF_DONT_WRITE_BLOCKS", "NO"), ("GTIFF_IGNORE_READ_ERRORS", "NO"),
    ("GTIFF_IMPORT_FROM_EPSG", "YES"),
    ("GTIFF_POINT_GEO_IGNORE", "NO"), ("OGR_ENABLE_PARTIAL_REPROJECTION", "NO"),
    ("OSR_DEFAULT_AXIS_MAPPING_STRATEGY", "AUTHORITY_COMPLIANT"), ("OSR_USE_APPROX_TMERC", "NO"),
  ]

  /// Settings that change results and whose default is not to be set.
  private static let ignored =
    [
      "AAIGRID_DATATYPE", "ATTRIBUTES_SKIP", "CPL_ZIP_ENCODING", "DXF_3D_EXTENSIBLE_MODE",
      "DXF_ENCODING", "DXF_FEATURE_LIMIT_PER_BLOCK", "DXF_HATCH_TOLERANCE",
      "DXF_MERGE_BLOCK_GEOMETRIES", "DXF_TRANSLATE_ESCAPE_SEQUENCES",
      "GDAL_IGNORE_AXIS_ORIENTATION",
      "GDAL_JPEG_TO_RGB", "GDAL_NETCDF_CENTERLONG_180", "GDAL_NETCDF_IGNORE_XY_AXIS_NAME_CHECKS",
      "GDAL_PDF_GEO_ENCODING", "GML_FACE_HOLE_NEGATIVE", "GML_FETCH_ALL_GEOMETRIES",
      "GML_GET_SECONDARY_GEOM", "GML_GFS_TEMPLATE", "GML_PARSER", "GML_READ_MODE", "GML_REGISTRY",
      "GML_SKIP_CORRUPTED_FEATURES", "GML_SRS_DIMENSION_IF_MISSING", "GML_USE_OLD_FID_FORMAT",
      "GRIB_ADJUST_LONGITUDE_RANGE", "GRIB_NORMALIZE_UNITS", "HDF5_SHIFT_GCPX_BY_180",
      "LIBKML_READ_GROUND_OVERLAY", "LIBKML_WRAPDATELINE", "MITAB_BOUNDS_FILE",
      "MITAB_SET_TOWGS84_ON_KNOWN_DATUM", "OGR_EDIGEO_RECODE_TO_UTF8", "OGR_FORCE_ASCII",
      "OGR_GEOJSON_ARRAY_AS_STRING", "OGR_GEOJSON_DATE_AS_STRING",
      "OGR_GEOJSON_MAX_FEATURES_FIRST_PASS", "OGR_GEOMETRY_ACCEPT_UNCLOSED_RING",
      "OGR_MULTIPATCH_OMIT_Z", "OGR_NTF_OPTIONS", "OGR_ODS_FIELD_TYPES", "OGR_ODS_HEADERS",
      "OGR_S57_OPTIONS", "OGR_SHAPE_ALLOW_NON_FINITE_COORDINATES", "OGR_XLSX_FIELD_TYPES",
      "OGR_XLSX_HEADERS", "OGR_XLS_FIELD_TYPES", "OGR_XLS_HEADERS",
      "OPENFILEGDB_REPORT_DELETED_FEATURES", "OSM_CONFIG_FILE", "OSM_INDEX_POINTS",
      "OSM_INDEX_WAYS",
      "OSM_USE_CUSTOM_INDEXING", "OSM_USE_POINTS_INDEX", "OSM_USE_WAYS_INDEX", "S57_PROFILE",
      "SHAPE_ENCODING",
      "DXF_INLINE_BLOCKS", "GDAL_DISABLE_READDIR_ON_OPEN",
      "GDAL_GEOREF_SOURCES", "GDAL_NETCDF_BOTTOMUP", "GDAL_SKIP", "GDAL_TIFF_DEFLATE_SUBCODEC",
      "GDAL_TIFF_ENDIANNESS", "GML_ATTRIBUTES_TO_OGR_FIELDS", "GML_CONSIDER_EPSG_AS_URN",
      "GML_EXPOSE_FID", "GML_EXPOSE_GML_ID", "GML_FIELDTYPES", "GML_INVERT_AXIS_ORDER_IF_LAT_LONG",
      "GML_SAVE_RESOLVED_FILE", "GML_SKIP_RESOLVE_ELEMS", "GML_SWAP_COORDINATES",
      // Set to its default, it keeps GDAL from saying that it has turned a raster over.
      "GTIFF_HONOUR_NEGATIVE_SCALEY", "GTIFF_SRS_SOURCE",
      "LIBKML_DESCRIPTION_FIELD", "LIBKML_NAME_FIELD", "OGR_GEOJSON_MAX_BYTES_FIRST_PASS",
      "OGR_GEOMETRY_ACCEPT_UNCLOSED_RING",
      "OGR_ORGANIZE_POLYGONS", "OGR_SKIP", "OGR_SQLITE_JOURNAL", "OGR_SQLITE_PRAGMA",
      "OGR_SQL_LIKE_AS_ILIKE", "SHAPE_RESTORE_SHX",
    ] + ofRequests

  /// What would be added to, or change, the requests of `HTTPTransport`: somebody's keys, other limits, other ranges.
  /// Proxies and certificates of a network stay as they are set.
  private static let ofRequests = [
    "CPL_CURL_ENABLE_VSIMEM", "CPL_CURL_GZIP", "CPL_CURL_IGNORE_ERROR", "CPL_CURL_VERBOSE",
    "GDAL_GSSAPI_DELEGATION", "GDAL_HTTP_AUTH", "GDAL_HTTP_COOKIE", "GDAL_HTTP_COOKIEFILE",
    "GDAL_HTTP_COOKIEJAR", "GDAL_HTTP_HEADERS", "GDAL_HTTP_HEADER_FILE", "GDAL_HTTP_NETRC",
    "GDAL_HTTP_SSL_VERIFYSTATUS", "GDAL_HTTP_TIMEOUT", "GDAL_HTTP_UNSAFESSL",
    "GDAL_HTTP_USERAGENT", "GDAL_HTTP_USERPWD", "GDAL_HTTP_VERSION",
  ]

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
