import RasterCore
import TestSupport

/// A VRT over files of a folder, whose header says what GeoTIFFs of the fixtures do not.
struct VirtualRaster {
  struct Band {
    var source: String
    var typeName = "Byte"
    /// What stands in the band before its source, such as `<Scale>2</Scale>`.
    var header = ""
  }

  let grid: Grid
  var bands: [Band]
  /// Between the header and the bands; without it the grid's CRS and geotransform.
  var place: String?

  init(_ grid: Grid, _ bands: [Band], place: String? = nil) {
    (self.grid, self.bands, self.place) = (grid, bands, place)
  }

  /// - Returns: the path.
  func write(to name: String, in folder: TemporaryFolder) throws -> String {
    let numbers = grid.geotransform.coefficients.map { "\($0)" }.joined(separator: ", ")
    let escaped = grid.crs.wkt.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    let place =
      place ?? "<SRS>\(escaped)</SRS><GeoTransform>\(numbers)</GeoTransform>"
    var text = "<VRTDataset rasterXSize=\"\(grid.columns)\" rasterYSize=\"\(grid.rows)\">\(place)\n"
    for (index, band) in bands.enumerated() {
      text += """
        <VRTRasterBand dataType="\(band.typeName)" band="\(index + 1)">\(band.header)
        <SimpleSource><SourceFilename relativeToVRT="1">\(band.source)</SourceFilename>
        <SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>

        """
    }
    return try folder.write(text + "</VRTDataset>", to: name)
  }
}
