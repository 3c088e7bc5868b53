import GeoIO
import RasterCore
import Reporting
import RunFolder

/// The parks as they were used, with the columns of all tables: `parks.gpkg`.
///
/// Columns are `park_id`, `park`, `park_km2`, `outside_km2` and, for each species,
/// `<species>_<class>_km2`, `<species>_nodata_km2` and `<species>_residual_km2`. In a species' name all but
/// letters and digits becomes `_`, so that queries need no quotes.
struct ParksFile {
  static let name = "parks.gpkg"
  static let layer = "parks"
  /// QGIS's own name.
  private static let styleLayer = "layer_styles"
  /// OGR's own name.
  private static let geometryColumn = "geom"

  let zones: ParkZones
  let species: [ScoreResult.Species]

  /// SQLite works in memory: of a failure at its journal on a disk it may undo a part without a word.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func write(to folder: OutputFolder) throws(HabitatError) {
    let memory = MemoryFolder()
    let path = memory.path(Self.name)
    let writer = try VectorWriter(creating: path)
    let stems = Self.columnStems(of: species.map(\.name))
    let columns =
      ["park_km2", "outside_km2"]
      + zip(stems, species).flatMap { stem, species in
        (species.table.partKeys + ["nodata", "residual"]).map { "\(stem)_\($0)_km2" }
      }
    try writer.addLayer(
      Self.layer, crs: zones.crs, kind: .polygon,
      fields: [("park_id", .text), ("park", .text)] + columns.map { ($0, .real) },
      features: zones.parks.indices.map { index in
        let park = zones.parks[index]
        let row = species[0].table.rows[index]
        let areas = [row.area, row.outside] + species.flatMap { Self.areas($0.table.rows[index]) }
        return (
          park.shape.isEmpty ? .none : .polygon(park.shape),
          [.text(park.id), .text(park.name)] + areas.map { .real(Self.asPrinted($0)) }
        )
      })
    try addStyle(to: writer)
    try writer.close()
    try GeoPackageFile.check(path, rows: [Self.layer: zones.parks.count, Self.styleLayer: 1])
    try folder.write(fileAt: path, to: Self.name)
  }

  /// The table in which QGIS keeps the styles of a GeoPackage's layers.
  private func addStyle(to writer: borrowing VectorWriter) throws(HabitatError) {
    try writer.addLayer(
      Self.styleLayer, crs: nil, kind: .none,
      fields: [
        ("f_table_catalog", .text), ("f_table_schema", .text), ("f_table_name", .text),
        ("f_geometry_column", .text), ("styleName", .text), ("styleQML", .text),
        ("styleSLD", .text), ("useAsDefault", .flag), ("description", .text), ("owner", .text),
        ("ui", .text), ("update_time", .time),
      ],
      features: [
        (
          .none,
          [
            .text(""), .text(""), .text(Self.layer), .text(Self.geometryColumn), .text("parks"),
            .text(ParkStyle.qml), .text(ParkStyle.sld(layer: Self.layer)), .whole(1),
            .text("Outlines and names"), .text(""), .text(""), .text("2000-01-01T00:00:00Z"),
          ]
        )
      ], options: ["FID=id"])
  }

  /// How the columns of each species begin; databases take no two names that differ in case only.
  static func columnStems(of names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.map { name in
      let stem = String(name.map { $0.isLetter || $0.isNumber ? $0 : "_" })
      var unique = stem
      var number = 2
      while !taken.insert(unique.lowercased()).inserted {
        unique = "\(stem)_\(number)"
        number += 1
      }
      return unique
    }
  }

  private static func areas(_ row: AreaTable.Row) -> [Double] {
    row.parts + [row.nodata, row.residual]
  }

  /// The very number of the CSV, which has six decimals.
  private static func asPrinted(_ area: Double) -> Double {
    Double(area.formatted(decimals: 6)) ?? area
  }
}
