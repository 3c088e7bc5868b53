import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

/// What a DEM may say of its heights, beside the run of the plain heights.
@Suite("Traps in elevation") struct ElevationTrapTests {
  private static let grid = Result {
    try Grid.northUp("EPSG:4326", west: 130.6, north: 43.4, step: 0.004, columns: 110, rows: 80)
  }

  /// Heights of hundreds of metres, with or without a void over part of the landscape.
  private static func heights(
    in folder: TemporaryFolder, _ name: String, void: Range<Int> = 0..<0, times factor: Float = 1
  ) throws -> String {
    try Raster(grid.get()) { column, row in
      void.contains(column)
        ? Float.nan : factor * Float(600 + 3 * column - 2 * row)
    }.write(to: folder.path(name), on: grid.get())
    return folder.path(name)
  }

  private static func run(
    _ dem: (TemporaryFolder) throws -> String
  ) throws -> (row: AreaTable.Row, warnings: [HabitatWarning], plain: AreaTable.Row) {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.species = "tiger"
      options.inputs.dem = [try heights(in: folder, "plain.tif")]
      let plain = try #require(try options.run().species[0].table.total)
      options.inputs.dem = [try dem(folder)]
      options.output = folder.path("other")
      let result = try options.run()
      return (try #require(result.species[0].table.total), result.warnings, plain)
    }
  }

  @Test(
    "heights in another unit are those in metres, and told",
    arguments: [("ft", 0.3048), ("us-ft", 1200.0 / 3937), ("centimetres", 0.01), ("mm", 0.001)])
  func units(unit: String, metres: Double) throws {
    let found = try Self.run { folder in
      _ = try Self.heights(in: folder, "units.tif", times: Float(1 / metres))
      let band = VirtualRaster.Band(
        source: "units.tif", typeName: "Float32", header: "<UnitType>\(unit)</UnitType>")
      return try VirtualRaster(try Self.grid.get(), [band]).write(to: "units.vrt", in: folder)
    }
    #expect(found.warnings.contains { $0.slug == "dem-unit" && $0.what.contains("converted") })
    // Heights are right to 1e-4 m, so hardly a cell of a few hundred changes its class.
    for (a, b) in zip(found.row.parts, found.plain.parts) { #expect(abs(a - b) < 0.1) }
  }

  @Test(
    "a unit that is none of length, or not known, is told, the heights are metres",
    arguments: ["fathom", "0.1 m"])
  func unknownUnit(unit: String) throws {
    let found = try Self.run { folder in
      _ = try Self.heights(in: folder, "units.tif")
      let band = VirtualRaster.Band(
        source: "units.tif", typeName: "Float32", header: "<UnitType>\(unit)</UnitType>")
      return try VirtualRaster(try Self.grid.get(), [band]).write(to: "units.vrt", in: folder)
    }
    #expect(found.warnings.contains { $0.slug == "dem-unit" && $0.what.contains("\"\(unit)\"") })
    #expect(found.row.parts == found.plain.parts)
  }

  @Test("a scale and an offset are applied, without a warning") func scaled() throws {
    let found = try Self.run { folder in
      try Raster(Self.grid.get()) { column, row in
        Int16((600 + 3 * column - 2 * row + 500) * 4)
      }.write(to: folder.path("raw.tif"), on: Self.grid.get())
      let band = VirtualRaster.Band(
        source: "raw.tif", typeName: "Int16", header: "<Offset>-500</Offset><Scale>0.25</Scale>")
      return try VirtualRaster(try Self.grid.get(), [band]).write(to: "raw.vrt", in: folder)
    }
    let slugs = Set(found.warnings.map(\.slug))
    #expect(slugs == ["layers-missing", "dem-coarse", "park-outside", "park-nodata"])
    for (a, b) in zip(found.row.parts, found.plain.parts) { #expect(abs(a - b) < 0.1) }
  }

  /// A number in columns 45 to 52 of a DEM of another unit or scale, and whether it marks a void there.
  static let marks: [(mark: Double, type: String, header: String, isVoid: Bool)] = [
    (-9999, "Int16", "<UnitType>ft</UnitType>", true),
    (-32_768, "Float32", "<UnitType>ft</UnitType>", true),
    (-9999, "Int32", "<UnitType>cm</UnitType>", true),
    (-32_768, "Int32", "<Scale>0.1</Scale>", true),
    (-32_767, "Int16", "<Scale>0.1</Scale>", true),
    (32_767, "Int16", "<Scale>0.1</Scale>", true),
    (65_535, "UInt16", "<Scale>0.1</Scale>", true),
    // 0 ft, 2,554.7 m and 3,000.1 m are heights, and so is −9999 where an offset makes 3,000 m of it.
    (0, "UInt16", "<Scale>0.1</Scale>", false), (255, "Byte", "<Scale>10</Scale>", false),
    (65_535, "Int32", "<UnitType>cm</UnitType>", false),
    (-9999, "Int16", "<Offset>4000</Offset><Scale>0.1</Scale>", false),
    // 1,000 m below the sea by its offset.
    (-9999, "Int16", "<Offset>-1</Offset><Scale>0.1</Scale>", true),
  ]

  @Test("marks of voids are told by the stored number", arguments: marks.indices)
  func storedMarks(index: Int) throws {
    let (mark, type, header, isVoid) = Self.marks[index]
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.species = "tiger"
      let grid = try Self.grid.get()
      try Raster(grid) { column, _ in (45..<53).contains(column) ? mark : 200 }
        .write(to: folder.path("raw.tif"), on: grid, typeName: type)
      let band = VirtualRaster.Band(source: "raw.tif", typeName: type, header: header)
      options.inputs.dem = [try VirtualRaster(grid, [band]).write(to: "raw.vrt", in: folder)]
      let result = try options.run()
      let slugs = Set(result.warnings.map(\.slug))
      #expect(slugs.contains("dem-void-undeclared") == isVoid)
      #expect(slugs.contains("dem-gap") == isVoid)
      if isVoid {
        let text = try #require(result.warnings.first { $0.slug == "dem-void-undeclared" }).what
        #expect(text.contains("\(Float(mark))"))
      }
      var check = CheckOptions()
      check.inputs = options.inputs
      #expect(try check.check().run().elevation?.survey?.voids == (isVoid ? 8 * 80 : 0))
    }
  }

  @Test("land that lacks a height is nodata, told in km²") func gap() throws {
    // 0.04° from 130.78° E on, over the park called 1.
    let found = try Self.run { folder in
      try Self.heights(in: folder, "void.tif", void: 45..<53)
    }
    let warning = try #require(found.warnings.first { $0.slug == "dem-gap" })
    let area = try #require(Double(warning.what.prefix { $0 != " " }))
    let gained = found.row.nodata - found.plain.nodata
    #expect(area > 1 && abs(area - gained) < 0.5 * gained)
    let before = found.plain.parts.reduce(0, +)
    #expect(abs(before - found.row.parts.reduce(0, +) - gained) <= 1e-5 * found.row.area)
  }

  @Test("a DEM without a height is told before a run") func empty() throws {
    try TemporaryFolder.with { folder in
      var options = CheckOptions()
      options.inputs = try TestLandscape(in: folder).options().inputs
      options.inputs.dem = [try Self.heights(in: folder, "none.tif", void: 0..<110)]
      let report = try options.check().run()
      #expect(report.errors.contains { $0.slug == "dem-empty" })
      #expect(report.elevation?.survey?.voids == 110 * 80 && report.cost == nil)
    }
  }
}
