import CGDAL
public import RasterCore

/// Georeferenced PDFs as GDAL's driver composes them.
public enum GeoPDF {
  /// The bytes of what a composition describes; those of equal compositions of equal files are equal.
  ///
  /// - Parameter composition: XML after the driver's `pdfcomposition.xsd`.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public static func bytes(of composition: String) throws(HabitatError) -> [UInt8] {
    GeospatialLibraries.ready
    let memory = MemoryFolder()
    let path = memory.path("composition.pdf")
    try reportingFailures(
      .cannotWrite, "write-failed", "the pages of maps cannot be composed", at: "report.pdf",
      fix: "free some memory; see that GDAL has the PDF driver with reading: gdalinfo --format PDF"
    ) { log -> Void? in
      guard let driver = unsafe GDALGetDriverByName("PDF") else { return nil }
      let dataset = unsafe withStringList(["COMPOSITION_FILE=" + composition]) { list in
        unsafe GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, list)
      }
      // What is not there yet is written at the end, where a failure shows only in the messages.
      if let dataset = unsafe dataset { unsafe GDALClose(dataset) }
      return unsafe dataset != nil && log.messages.isEmpty ? () : nil
    }
    return try FileSystem.contents(of: path, atMost: .max)
  }
}

extension RasterDataset {
  /// Whether the first band's values are places in a table of colours, some of which may be transparent.
  private var hasColourTable: Bool {
    unsafe GDALGetRasterColorTable(GDALGetRasterBand(handle, 1)) != nil
  }

  /// Writes a part of an image as a TIFF of red, green, blue and opacity, or of grey.
  ///
  /// - Parameters:
  ///   - part: from column and row to column and row, which may lie within cells.
  ///   - columns: of the TIFF, like `rows`; each takes the nearest cell.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public func writeImage(
    of part: Extent, columns: Int, rows: Int, to path: String
  ) throws(HabitatError) {
    var arguments = [
      "-of", "GTiff", "-co", "COMPRESS=DEFLATE", "-co", "ZLEVEL=1", "-r", "nearest",
      "-outsize", String(columns), String(rows),
      "-srcwin", String(part.minX), String(part.minY), String(part.width), String(part.height),
    ]
    if hasColourTable { arguments += ["-expand", "rgba"] }
    try reportingFailures(
      .cannotWrite, "write-failed", at: path, fix: "free some memory and run it again"
    ) { log -> Void? in
      let image = unsafe withStringList(arguments) { list -> GDALDatasetH? in
        let options = unsafe GDALTranslateOptionsNew(list, nil)
        defer { unsafe GDALTranslateOptionsFree(options) }
        return unsafe GDALTranslate(path, handle, options, nil)
      }
      guard let image = unsafe image else { return nil }
      unsafe GDALClose(image)
      return log.messages.isEmpty ? () : nil
    }
  }
}
