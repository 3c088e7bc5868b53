import CGDAL
public import RasterCore

/// Copies of whole rasters into formats that are not written piece by piece.
public enum RasterCopy {
  /// Writes a raster as a Cloud Optimized GeoTIFF; overviews that it has are taken over.
  ///
  /// Block by block: memory does not grow with the raster.
  ///
  /// - Parameter options: of GDAL's COG driver, `KEY=VALUE`.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public static func cloudOptimized(
    _ source: String, to path: String, options: [String]
  ) throws(HabitatError) {
    let dataset = try RasterDataset(reading: source)
    try reportingFailures(
      .cannotWrite, "write-failed", at: path, fix: "check free space, permissions and --co options"
    ) { log -> Void? in
      let driver = unsafe GDALGetDriverByName("COG")
      let copy = unsafe withStringList(options) { list in
        unsafe GDALCreateCopy(driver, path, dataset.handle, 1, list, nil, nil)
      }
      guard let copy = unsafe copy else { return nil }
      unsafe GDALClose(copy)
      return log.messages.isEmpty ? () : nil
    }
  }
}
