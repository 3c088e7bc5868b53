/// What GDAL takes for granted about a raster where its file does not say, or says what can hardly be meant.
///
/// GDAL goes on with a warning, and with cells of another kind or in another place, should it be wrong.
final class RasterAssumptions {
  /// In GDAL's own words.
  private(set) var texts: [String] = []

  /// Parts of GDAL's warnings that mean so. Others, of tags that it does not know for example, mean nothing for the cells.
  ///
  /// Source: the texts of GDAL 3.6.2's raster drivers.
  private static let marks = [
    // GeoTIFF: a cell's height below zero, which turns the raster over.
    "negative value for ScaleY",
    // netCDF, GRIB, JPEG 2000, ENVI and their like.
    "Assuming metre", "Georeferencing of band", "resulting georeferencing will be incorrect",
    "assuming Byte", "Assuming native order", "assuming BSQ", "assume BIL", "assuming WGS84",
    "imagepyramid_gridorigin",
  ]

  func note(_ warnings: [String]) {
    for text in warnings
    where Self.marks.contains(where: text.contains) && !texts.contains(text) {
      texts.append(text)
    }
  }
}
