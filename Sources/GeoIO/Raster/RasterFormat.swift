import CGDAL

/// Questions about formats.
public enum RasterFormat {
  /// Whether a raster driver recognises the file by name and first bytes.
  public static func recognises(_ path: String) -> Bool {
    GeospatialLibraries.ready
    guard SpecialFile.name(at: path) == nil else { return false }
    return unsafe GDALIdentifyDriverEx(path, UInt32(GDAL_OF_RASTER), nil, nil) != nil
  }

  /// Whether the file, or that in an archive or a folder, holds outlines of water and no raster; some formats may
  /// hold both.
  public static func isVectorOnly(_ path: String) -> Bool {
    GeospatialLibraries.ready
    guard SpecialFile.name(at: path) == nil,
      let path = try? VectorContainer.file(at: path, for: .water, layer: nil)
    else { return false }
    guard unsafe GDALIdentifyDriverEx(path, UInt32(GDAL_OF_VECTOR), nil, nil) != nil else {
      return false
    }
    return (try? RasterDataset(reading: path)) == nil
  }
}
