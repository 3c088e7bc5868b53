import CGDAL
public import RasterCore

/// What describes the values of a band.
public struct RasterStatistics: Hashable, Sendable {
  public var least: Double
  public var most: Double
  public var mean: Double
  /// Standard deviation of the cells, not of a sample.
  public var deviation: Double

  public init(least: Double, most: Double, mean: Double, deviation: Double) {
    (self.least, self.most) = (least, most)
    (self.mean, self.deviation) = (mean, deviation)
  }
}

/// A line of a raster attribute table.
public struct RasterClass: Hashable, Sendable {
  public let value: Int
  public let count: Int
  public let name: String
  public let squareKilometres: Double
  /// `0xRRGGBB`
  public let colour: UInt32

  public init(value: Int, count: Int, name: String, squareKilometres: Double, colour: UInt32) {
    (self.value, self.count, self.name) = (value, count, name)
    (self.squareKilometres, self.colour) = (squareKilometres, colour)
  }
}

/// What programs that show a raster look for beside it: names, statistics and an attribute table.
public struct RasterAnnotation: Hashable, Sendable {
  /// Of the band.
  public var description: String
  /// By code, from 0.
  public var categoryNames: [String]
  public var statistics: RasterStatistics?
  public var classes: [RasterClass]
  /// Where the raster's own keys do not hold it.
  public var crs: CoordinateReferenceSystem?

  public init(
    description: String = "", categoryNames: [String] = [], statistics: RasterStatistics? = nil,
    classes: [RasterClass] = [], crs: CoordinateReferenceSystem? = nil
  ) {
    (self.description, self.categoryNames) = (description, categoryNames)
    (self.statistics, self.classes, self.crs) = (statistics, classes, crs)
  }

  /// The bytes of the file `<raster>.aux.xml`, which GDAL makes of it in memory: on a disk it would write it
  /// without a word where that fails.
  ///
  /// - Parameter earlier: what the file holds so far, which is kept; `nil` where there is none.
  /// - Returns: `nil` where there is nothing to say.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public func sideFile(keeping earlier: [UInt8]? = nil) throws(HabitatError) -> [UInt8]? {
    GeospatialLibraries.ready
    let folder = MemoryFolder()
    let (raster, side) = (folder.path("raster.tif"), folder.path("raster.tif.aux.xml"))
    if let earlier { try folder.write(earlier, to: "raster.tif.aux.xml") }
    try reportingFailures(
      .cannotWrite, "write-failed", at: "names and statistics of a raster",
      fix: "free some memory and run it again"
    ) { log -> Void? in
      let new = unsafe GDALCreate(
        GDALGetDriverByName("GTiff"), raster, 1, 1, 1, GDT_Byte, nil)
      guard let new = unsafe new else { return nil }
      unsafe GDALClose(new)
      // Of a raster that is only read, GDAL writes all into the side file.
      guard let dataset = unsafe GDALOpenEx(raster, UInt32(GDAL_OF_RASTER), nil, nil, nil) else {
        return nil
      }
      let band = unsafe GDALGetRasterBand(dataset, 1)
      let isTaken = unsafe place(dataset) && describe(band)
      unsafe GDALClose(dataset)
      return isTaken && log.messages.isEmpty ? () : nil
    }
    guard case .bytes = FileSystem.size(of: side) else {
      guard self == RasterAnnotation() else {
        throw HabitatError(
          .cannotWrite, "write-failed", "GDAL has made no sidecar file of names and statistics",
          at: side, fix: "free some memory and run it again")
      }
      return nil
    }
    return try FileSystem.contents(of: side, atMost: .max)
  }

  private func place(_ dataset: GDALDatasetH) -> Bool {
    guard let crs else { return true }
    guard let reference = SpatialReference(userInput: crs.wkt) else { return false }
    return unsafe GDALSetSpatialRef(dataset, reference.handle) == CE_None
  }

  private func describe(_ band: GDALRasterBandH?) -> Bool {
    if !description.isEmpty { unsafe GDALSetDescription(band, description) }
    if !categoryNames.isEmpty {
      let isTaken = unsafe withStringList(categoryNames) { names in
        unsafe GDALSetRasterCategoryNames(band, names) == CE_None
      }
      guard isTaken else { return false }
    }
    if let statistics {
      unsafe GDALSetRasterStatistics(
        band, statistics.least, statistics.most, statistics.mean, statistics.deviation)
    }
    guard !classes.isEmpty else { return true }
    let table = unsafe Self.attributeTable(of: classes)
    defer { unsafe GDALDestroyRasterAttributeTable(table) }
    return unsafe GDALSetDefaultRAT(band, table) == CE_None
  }

  private static func attributeTable(of classes: [RasterClass]) -> GDALRasterAttributeTableH? {
    let table = unsafe GDALCreateRasterAttributeTable()
    unsafe GDALRATSetTableType(table, GRTT_THEMATIC)
    let columns: [(name: String, type: GDALRATFieldType, usage: GDALRATFieldUsage)] = [
      ("Value", GFT_Integer, GFU_MinMax), ("Count", GFT_Real, GFU_PixelCount),
      ("Class", GFT_String, GFU_Name), ("Area_km2", GFT_Real, GFU_Generic),
      ("Red", GFT_Integer, GFU_Red), ("Green", GFT_Integer, GFU_Green),
      ("Blue", GFT_Integer, GFU_Blue),
    ]
    for column in columns {
      unsafe GDALRATCreateColumn(table, column.name, column.type, column.usage)
    }
    for (index, line) in classes.enumerated() {
      let row = Int32(index)
      unsafe GDALRATSetValueAsInt(table, row, 0, Int32(line.value))
      unsafe GDALRATSetValueAsDouble(table, row, 1, Double(line.count))
      unsafe GDALRATSetValueAsString(table, row, 2, line.name)
      unsafe GDALRATSetValueAsDouble(table, row, 3, line.squareKilometres)
      for (place, shift) in [16, 8, 0].enumerated() {
        unsafe GDALRATSetValueAsInt(
          table, row, Int32(4 + place), Int32(line.colour >> UInt32(shift) & 0xFF))
      }
    }
    return unsafe table
  }
}
