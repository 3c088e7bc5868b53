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

extension RasterDataset {
  /// Writes statistics and an attribute table into `<path>.aux.xml`, where viewers look before they write
  /// their own.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public consuming func annotate(
    statistics: RasterStatistics?, classes: [RasterClass]
  ) throws(HabitatError) {
    try reportingFailures(
      .cannotWrite, "write-failed", at: path + ".aux.xml", fix: "check free space and permissions"
    ) { log -> Void? in
      let band = unsafe GDALGetRasterBand(handle, 1)
      if let statistics {
        unsafe GDALSetRasterStatistics(
          band, statistics.least, statistics.most, statistics.mean, statistics.deviation)
      }
      if !classes.isEmpty {
        let table = unsafe Self.attributeTable(of: classes)
        defer { unsafe GDALDestroyRasterAttributeTable(table) }
        guard unsafe GDALSetDefaultRAT(band, table) == CE_None else { return nil }
      }
      unsafe GDALFlushCache(handle)
      return log.messages.isEmpty ? () : nil
    }
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
