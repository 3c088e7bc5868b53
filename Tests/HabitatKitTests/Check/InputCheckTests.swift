import Documents
import GeoIO
import GroundGeometry
import RasterCore
import TestSupport
import Testing
import ZonalStatistics

@testable import HabitatKit

@Suite("What check finds") struct InputCheckTests {
  private func check(_ change: (inout CheckOptions) -> Void) throws -> CheckReport {
    var options = CheckOptions()
    options.threads = 2
    change(&options)
    return try options.check().run()
  }

  @Test("codes are counted cell by cell, with areas that sum to the raster's", arguments: [1, 4])
  func inventory(threads: Int) throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, columns: 45, rows: 33)
      let score = try landscape.options()
      let report = try check { options in
        options.inputs = score.inputs
        options.threads = threads
      }
      let found = try #require(report.landCover)
      for code in found.codes {
        #expect(code.cells == landscape.landCover.cells.count { Int($0) == code.code })
      }
      #expect(found.codes.reduce(0) { $0 + $1.cells } == 45 * 33)
      // Cells of 300 m in UTM: 0.09 km² times the areal scale, within 0.1 %.
      let area = found.codes.reduce(found.nodataArea) { $0 + $1.area }
      #expect(abs(area / (45 * 33 * 0.09) - 1) < 1e-3)
      #expect(report.errors.isEmpty)
      #expect(report.parks.map(\.id) == ["1", "2", "10"])
    }
  }

  @Test("parks on sampled land-cover tiles are covered by the tiles' outlines, not by their boxes")
  func sampledTiles() throws {
    try TemporaryFolder.with { folder in
      // A tile in degrees, turned by about 1.2° on the grid of the finer one that lies within it.
      let degrees = try Grid.northUp(
        "EPSG:4326", west: 130.6, north: 43.4, step: 0.004, columns: 50, rows: 50)
      try Raster(degrees) { _, _ in UInt8(1) }.write(to: folder.path("a.tif"), on: degrees)
      let metres = try Grid.northUp(
        "EPSG:32652", west: 636_000, north: 4_797_000, step: 300, columns: 20, rows: 20)
      try Raster(metres) { _, _ in UInt8(2) }.write(to: folder.path("b.tif"), on: metres)
      // The park reaches beyond the tile on all sides.
      let park = try folder.write(
        "{\"type\":\"Polygon\",\"coordinates\":[[[130.5,43.1],[130.9,43.1],[130.9,43.5],"
          + "[130.5,43.5],[130.5,43.1]]]}", to: "park.geojson")
      let report = try check { options in
        options.inputs.landCover = [folder.path("a.tif"), folder.path("b.tif")]
        options.inputs.legend = "ten_categories"
        options.inputs.parks = park
      }
      #expect(report.landCover?.tiling.sampledTiles == 1)
      let areas = CellAreas(geographic: degrees)
      let expected = areas.unit.squareMetres(areas.units(of: degrees.window)) / 1e6
      let found = try #require(report.parks.first?.landCoverArea)
      // Parallels are followed as straight lines of the grid within 0.2 mm; the boxes' wedges are 2 %.
      #expect(abs(found / expected - 1) < 1e-6)
    }
  }

  /// The west is trees and fields of WorldCover, the east bare; 400 cells of 0.04 km².
  @Test(
    "what a run would assume is told of the parks, in the words of the run, and not of other land")
  func assumptions() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 200, columns: 20, rows: 20)
      try Raster(grid) { column, row in column < 10 ? (row < 10 ? UInt8(10) : 40) : 60 }
        .write(to: folder.path("cover.tif"), on: grid)
      func parks(_ box: PolygonShape, _ name: String) throws -> String {
        try [NamedPolygon("1", "A", box)].write(to: folder.path(name), crs: "EPSG:32652")
        return folder.path(name)
      }
      var options = ScoreOptions()
      options.inputs.landCover = [folder.path("cover.tif")]
      options.inputs.legend = "esa_worldcover"
      options.models = [
        try folder.write(
          LandCoverModel.text(scores: [Double](repeating: 50, count: 10)), to: "m.json")
      ]
      options.output = folder.path("out")
      options.overwrite = true
      let boxes: [(String?, [String])] = [
        // Bare land alone.
        (try parks(.box(642_200, 4_796_200, 643_800, 4_799_800), "bare.gpkg"), []),
        // 2 × 3 cells of fields and as many of trees: a quarter km² each, nearly.
        (
          try parks(.box(640_200, 4_797_400, 640_600, 4_798_600), "mixed.gpkg"),
          ["0.240 km² of the parks are forest", "0.240 km² of the parks are fields"]
        ),
        (nil, ["4.001 km² of the raster are forest", "4.001 km² of the raster are fields"]),
      ]
      for (parks, expected) in boxes {
        options.inputs.parks = parks
        let found = try check { $0.inputs = options.inputs }.warnings
          .filter { $0.slug.hasSuffix("-assumed") }
        let told = try options.run().warnings.filter { $0.slug.hasSuffix("-assumed") }
        #expect(found == told)
        #expect(found.count == expected.count)
        for (warning, start) in zip(found, expected) { #expect(warning.what.hasPrefix(start)) }
      }
    }
  }

  /// Two tiles of 10 × 4 cells of 0.01 km² that overlap in the middle four columns and disagree there.
  @Test("land under tiles that disagree is told where it is of the parks")
  func disagreementInParks() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:6933", west: 0, north: 5_000_000, step: 100, columns: 16, rows: 4)
      for (name, column, code) in [("a", 0, UInt8(1)), ("b", 6, 2)] {
        let window = Window(column: column, row: 0, columns: 10, rows: 4)
        try Raster(columns: 10, rows: 4, filledWith: code).write(
          to: folder.path(name + ".tif"), on: grid.cut(window))
      }
      // Within the west; over two of the four columns.
      for (east, share) in [(500.0, nil), (800, "0.080")] as [(Double, String?)] {
        try [NamedPolygon("1", "A", .box(0, 4_999_600, east, 5_000_000))].write(
          to: folder.path("parks.gpkg"), crs: "EPSG:6933")
        let report = try check { options in
          options.inputs.landCover = [folder.path("a.tif"), folder.path("b.tif")]
          options.inputs.legend = "ten_categories"
          options.inputs.parks = folder.path("parks.gpkg")
        }
        // Two columns of four cells.
        let warning = report.warnings.first { $0.slug == "landcover-overlap" }
        #expect(
          warning?.what.prefix { $0 != ";" }
            == share.map { "\($0) km² of the parks lie under tiles that disagree" })
      }
    }
  }

  @Test("tiles of one layer hide no other input, and files of text are listed") func allInputs()
    throws
  {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: 10, north: 50, step: 0.01, columns: 40, rows: 2)
      try folder.makeFolder("t")
      for number in 0..<20 {
        let window = Window(column: 2 * number, row: 0, columns: 2, rows: 2)
        try Raster(columns: 2, rows: 2, filledWith: UInt8(1)).write(
          to: folder.path("t/\(10 + number).tif"), on: grid.cut(window))
      }
      try TestLandscape.writeTerrain(to: folder.path("dem.tif"))
      let legend = try folder.write("1=1", to: "mine.txt")
      let report = try check { options in
        options.inputs.landCover = [folder.path("t")]
        options.inputs.legend = legend
        options.inputs.dem = [folder.path("dem.tif")]
      }
      #expect(report.rasters.count == 21)
      let lines = report.text.split(separator: "\n")
      for start in ["  landcover  21.tif", "  dem        dem.tif", "  legend     mine.txt"] {
        #expect(lines.contains { $0.hasPrefix(start) }, "\(start)")
      }
      #expect(report.text.contains("… and 8 more of landcover"))
      #expect(report.json.text.contains("mine.txt"))
    }
  }

  @Test("cells in degrees are told in metres, too, as warnings tell them") func cellSizes() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: 10, north: 60.5, step: 0.01, columns: 20, rows: 100)
      try Raster(grid) { _, _ in UInt8(1) }.write(to: folder.path("a.tif"), on: grid)
      let report = try check { $0.inputs.landCover = [folder.path("a.tif")] }
      // 0.01° at 60° N: 558.0 m of a parallel by 1,114.1 m of a meridian; the root of the product.
      #expect(report.text.contains("36.0″ (about 788 m)"))
    }
  }

  @Test(
    "an inventory of any type of raster equals a plain count",
    arguments: ["Byte", "UInt16", "Int16", "Int32", "Float32"])
  func types(typeName: String) throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: 10, north: 60, step: 0.01, columns: 37, rows: 29)
      var random = SeededGenerator(seed: 3)
      let cells = (0..<grid.cellCount).map { _ in Int32.random(in: 0...9, using: &random) * 7 }
      try Raster(columns: 37, rows: 29, cells: cells)
        .write(to: folder.path("codes.tif"), on: grid, typeName: typeName, nodata: 14)
      let report = try check { $0.inputs.landCover = [folder.path("codes.tif")] }
      let found = try #require(report.landCover)
      #expect(found.codes.map(\.code) == [0, 7, 21, 28, 35, 42, 49, 56, 63])
      for code in found.codes {
        #expect(code.cells == cells.count { $0 == Int32(code.code) })
      }
      #expect(found.nodataCells == cells.count { $0 == 14 })
      // A box of 0.37° × 0.29° at 59.71…60° N: sums over codes and nodata against the whole.
      let sum = found.codes.reduce(found.nodataArea) { $0 + $1.area }
      #expect(abs(sum / found.area - 1) < 1e-12)
      #expect(report.warnings.map(\.slug) == ["legend-missing"])
      #expect(report.outcome == .unmetQuality)
    }
  }

  @Test("overlapping tiles are laid as a run lays them, gaps are measured") func tiles() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: 10, north: 50, step: 0.01, columns: 30, rows: 20)
      // a: columns 0…19, rows 0…9; b on top: columns 10…29, rows 0…9; c: columns 0…9, rows 10…19.
      for (name, window, value) in [
        ("a", Window(column: 0, row: 0, columns: 20, rows: 10), UInt8(1)),
        ("b", Window(column: 10, row: 0, columns: 20, rows: 10), 2),
        ("c", Window(column: 0, row: 10, columns: 10, rows: 10), 3),
      ] {
        try Raster(columns: window.columns, rows: window.rows, filledWith: value)
          .write(to: folder.path(name + ".tif"), on: grid.cut(window))
      }
      let report = try check { options in
        options.inputs.landCover = [folder.path("*.tif")]
        options.inputs.legend = "ten_categories"
      }
      let found = try #require(report.landCover)
      #expect(found.codes.map(\.cells) == [100, 200, 100])
      #expect(report.warnings.map(\.slug).sorted() == ["landcover-gap", "landcover-overlap"])
      // 100 cells overlap and 200 are missing; rows of 0.01° differ by less than 0.4 %.
      #expect(abs(found.tiling.gapArea / found.tiling.overlapArea - 2) < 0.01)
      #expect(found.tiling.disagreementArea == found.tiling.overlapArea)
    }
  }

  @Test("errors of one input do not hide those of others") func allErrors() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      let score = try landscape.options()
      try folder.write("no raster", to: "bad.tif")
      try Raster(landscape.grid) { _, _ in Int16(5) }
        .write(
          to: folder.path("nowhere.tif"),
          on: Grid(
            crs: .none, geotransform: landscape.grid.geotransform, columns: 40, rows: 32))
      let report = try check { options in
        options.inputs = score.inputs
        options.inputs.landCover = [folder.path("landcover.tif")]
        options.inputs.legend = "esa_worldcover"
        options.inputs.dem = [folder.path("bad.tif"), folder.path("nowhere.tif")]
      }
      let slugs = Set(report.errors.map(\.slug))
      #expect(slugs == ["not-a-raster", "crs-missing", "unknown-code"])
      #expect(report.outcome == .input)
    }
  }

  @Test(
    "a product is proposed for its name, its metadata or its codes",
    arguments: [
      ("ESA_WorldCover_10m_2021_v200_N45E129_Map.tif", [10, 20, 80], "esa_worldcover"),
      ("52T_20210101-20220101.tif", [1, 2, 11], "esri_lulc10"),
      ("MCD12Q1.A2019.tif", [1, 5, 17], "modis_igbp"),
      ("MCD12C1.A2019.tif", [0, 5, 16], "mcd12c1_igbp"),
      ("U2018_CLC2018_V2020_20u1.tif", [1, 23, 44], "corine_grid"),
      ("CLC2018_codes.tif", [111, 311, 523], "corine"),
      ("n52_40_2020lc030.tif", [10, 20, 60], "globeland30"),
      ("nlcd_2019_land_cover.tif", [11, 41, 95], "nlcd"),
      ("unnamed.tif", [61, 100, 202], "esa_cci_lc"),
    ])
  func products(name: String, codes: [Int16], legend: String) throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: 10, north: 50, step: 0.01, columns: codes.count, rows: 1)
      try Raster(columns: codes.count, rows: 1, cells: codes).write(to: folder.path(name), on: grid)
      let report = try check { $0.inputs.landCover = [folder.path(name)] }
      #expect(report.landCover?.proposals.first?.legend == legend)
      // Proposed, never assumed.
      #expect(report.warnings.contains { $0.slug == "legend-missing" })
    }
  }

  @Test(
    "real rasters hold the km² that others computed", .enabled(if: SharedData.isPresent),
    arguments: [
      ("ecoscape-california/terrain_CA.tif", 308, 18_681, 1740.816243),
      ("ecoscape-california/terrain_CA.tif", 1402, 47_755, 4448.814941),
      ("corine-clc2018-guadeloupe/U2018_CLC2018_V2020_20u1_FR_GLP.tif", 23, 62_482, 624.82),
    ])
  func published(file: String, code: Int, cells: Int, area: Double) throws {
    let report = try check { $0.inputs.landCover = [SharedData.path(file)] }
    let found = try #require(report.landCover?.codes.first { $0.code == code })
    #expect(found.cells == cells)
    // The Californian figures have six decimals; CORINE's are planar, UTM being true to 0.04 %.
    let tolerance = file.contains("ecoscape") ? 1e-6 : 4e-4
    #expect(abs(found.area / area - 1) < tolerance)
  }
}
