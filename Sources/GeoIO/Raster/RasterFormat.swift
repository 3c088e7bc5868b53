import CGDAL

/// Questions about formats.
public enum RasterFormat {
  /// Whether a raster driver recognises the file by name and first bytes.
  public static func recognises(_ path: String) -> Bool {
    GeospatialLibraries.ready
    return unsafe GDALIdentifyDriverEx(path, UInt32(GDAL_OF_RASTER), nil, nil) != nil
  }
}
