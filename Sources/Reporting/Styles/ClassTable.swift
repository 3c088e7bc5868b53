import RasterCore
public import Styles

/// The classes of a raster with what lies in each: the attribute table of GDAL and ArcGIS.
public struct ClassTable: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public let entry: ColourLegend.Entry
    public let count: Int
    /// km² of the whole raster.
    public let area: Double
  }

  public let rows: [Row]

  /// - Parameters: by code; codes without cells count as 0.
  public init(_ legend: ColourLegend, counts: [Int], areas: [Double]) {
    rows = legend.entries.map { entry in
      let code = Int(entry.value)
      return Row(
        entry: entry, count: counts.indices.contains(code) ? counts[code] : 0,
        area: areas.indices.contains(code) ? areas[code] : 0)
    }
  }
}

extension ClassTable {
  /// The table as a dBASE III file, which ArcGIS reads beside a raster as `<raster>.tif.vat.dbf`.
  ///
  /// Source: Esri, "Raster dataset attribute tables": Value and Count first, names of at most ten bytes;
  /// by Red, Green and Blue, 0…255, a raster is drawn that has no colours of its own.
  public var dbf: [UInt8] {
    let table = DBFTable(
      fields: [
        .init("Value", .number(decimals: 0), width: 9),
        .init("Count", .number(decimals: 0), width: 18),
        .init("Class", .text, width: 60), .init("Area_km2", .number(decimals: 6), width: 24),
      ] + ["Red", "Green", "Blue"].map { .init($0, .number(decimals: 0), width: 4) },
      records: rows.map { row in
        [
          String(row.entry.value), String(row.count), row.entry.name,
          row.area.formatted(decimals: 6),
        ] + row.entry.colour.channels.map(String.init)
      })
    return table.bytes
  }
}
