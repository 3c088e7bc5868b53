import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

/// Where rasters say that they lie, and how their tiles lie on one another.
@Suite("Traps of place") struct RasterPlaceTests {
  /// A 10 m tile of 36,000² cells with a clip of MODIS at the other end of the world; twelve countries; a small one.
  @Test(
    "a grid is worth its cells where tiles lie on enough of them",
    arguments: [
      (cells: 945.504e9, tiled: 1.436e9, isWorthwhile: false), (220e9, 26e9, true),
      (4e10, 1e6, true), (1e13, 1e13, false),
    ])
  func worthwhile(cells: Double, tiled: Double, isWorthwhile: Bool) {
    #expect(PreparedInputs.isWorthwhile(cells: cells, tiled: tiled) == isWorthwhile)
  }

  /// Of a run over `lc.tif` and the parks of `p.gpkg`, all land alike.
  private static func options(in folder: TemporaryFolder) throws -> ScoreOptions {
    var options = ScoreOptions()
    options.models = [
      try folder.write(
        LandCoverModel.text(scores: [Double](repeating: 50, count: 10)), to: "cover.json")
    ]
    options.inputs.landCover = [folder.path("lc.tif")]
    options.inputs.legend = "ten_categories"
    options.inputs.parks = folder.path("p.gpkg")
    options.output = folder.path("out")
    return options
  }

  private static func check(
    _ change: (inout CheckOptions, TestLandscape) throws -> Void
  ) throws -> CheckReport {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = CheckOptions()
      options.inputs = try landscape.options().inputs
      (options.inputs.dem, options.inputs.parks, options.inputs.parkID) = ([], nil, nil)
      try change(&options, landscape)
      return try options.check().run()
    }
  }

  private static let points = """
    <GCPList Projection="EPSG:4326"><GCP Id="1" Pixel="0" Line="0" X="130" Y="44"/>
    <GCP Id="2" Pixel="40" Line="0" X="131" Y="44.1"/><GCP Id="3" Pixel="0" Line="32" X="130" Y="43"/>
    </GCPList>
    """

  @Test(
    "a raster without a place is refused",
    arguments: [
      (points, "ground control points"), ("<SRS>EPSG:32652</SRS>", "no geotransform"),
      ("<SRS>EPSG:32652</SRS><GeoTransform>nan, 1, 0, 0, 0, -1</GeoTransform>", "makes no grid"),
      ("<SRS>EPSG:32652</SRS><GeoTransform>5e5, 0, 0, 5e6, 0, -1</GeoTransform>", "makes no grid"),
    ])
  func placeless(place: String, words: String) throws {
    let report = try Self.check {
      let band = VirtualRaster.Band(source: "landcover.tif")
      $0.inputs.landCover = [
        try VirtualRaster($1.grid, [band], place: place).write(to: "x.vrt", in: $1.folder)
      ]
    }
    #expect(report.errors.map(\.slug) == ["georeference-missing"])
    #expect(report.errors[0].what.contains(words), "\(report.errors[0].what)")
  }

  @Test("a raster longer than the girth of the Earth in metres is refused before it is read")
  func implausible() throws {
    let report = try Self.check {
      let grid = Grid(
        crs: $1.grid.crs, geotransform: $1.grid.geotransform, columns: 60_000_000, rows: 2)
      let band = VirtualRaster.Band(source: "landcover.tif")
      $0.inputs.landCover = [
        try VirtualRaster(grid, [band]).write(to: "x.vrt", in: $1.folder)
      ]
    }
    #expect(report.errors.map(\.slug) == ["raster-implausible"])
  }

  /// GDAL reads a size as C does: of `1e300` the 1, of a number beyond 32 bits the last 32.
  @Test(
    "a VRT whose size is no number of cells is refused, alone and as the source of another",
    arguments: [
      ("1e300", "32"), ("40", "1e300"), ("-5", "32"), ("0", "32"), ("nan", "32"), ("", "32"),
      ("4294967336", "32"), ("2147483647", "2147483647"), ("99999999999", "32"), ("4e1", "32"),
      ("40.5", "32"),
    ])
  func sizeOfVRT(columns: String, rows: String) throws {
    for isNested in [false, true] {
      let report = try Self.check {
        let band = VirtualRaster.Band(source: "landcover.tif")
        var path = try VirtualRaster($1.grid, [band]).write(to: "x.vrt", in: $1.folder)
        let text = try String(decoding: FileSystem.contents(of: path), as: UTF8.self)
        try $1.folder.write(
          text.replacing("XSize=\"40\"", with: "XSize=\"\(columns)\"")
            .replacing("YSize=\"32\"", with: "YSize=\"\(rows)\""), to: "x.vrt")
        if isNested {
          let outer = VirtualRaster($1.grid, [.init(source: "x.vrt")])
          path = try outer.write(to: "y.vrt", in: $1.folder)
        }
        $0.inputs.landCover = [path]
      }
      // GDAL opens no raster without columns.
      let isOpened = !["-5", "0", "nan", ""].contains(columns)
      let slug = isOpened ? "raster-implausible" : isNested ? "unreadable-block" : "not-a-raster"
      #expect(report.errors.first?.slug == slug, "\(report.errors)")
    }
  }

  @Test("spaces around the size of a VRT are no matter") func spacedSize() throws {
    let report = try Self.check {
      let band = VirtualRaster.Band(source: "landcover.tif")
      let path = try VirtualRaster($1.grid, [band]).write(to: "x.vrt", in: $1.folder)
      let text = try String(decoding: FileSystem.contents(of: path), as: UTF8.self)
      $0.inputs.landCover = [
        try $1.folder.write(text.replacing("XSize=\"40\"", with: "XSize=\" 40 \""), to: "x.vrt")
      ]
    }
    #expect(report.errors.isEmpty)
  }

  @Test(
    "a grid wholly outside the domain of its projection is refused, with parks and without",
    arguments: [
      ("EPSG:32652", 640_000, 9.9e11), ("EPSG:32652", 640_000, 3e7), ("EPSG:32652", 9e11, 48e5),
      ("EPSG:3857", 640_000, 9.9e11), ("EPSG:3035", 640_000, 9.9e11),
      ("+proj=sinu +datum=WGS84", 640_000, 9.9e11), ("+proj=moll +datum=WGS84", 1.7e7, 8.9e6),
    ], [true, false])
  func beyondEarth(place: (crs: String, west: Double, north: Double), hasParks: Bool) throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        place.crs, west: place.west, north: place.north, step: 300, columns: 40, rows: 32)
      try Raster(grid) { _, _ in UInt8(2) }.write(to: folder.path("lc.tif"), on: grid)
      var options = try Self.options(in: folder)
      if hasParks {
        try [NamedPolygon("1", "Park", .box(130.05, 43.85, 130.15, 43.95))]
          .write(to: folder.path("p.gpkg"), crs: "EPSG:4326")
      } else {
        options.inputs.parks = nil
      }
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.slug == "grid-beyond-earth" && error?.kind == .input)
      #expect(!folder.has("out"))
    }
  }

  /// The last row of the frame's corner reaches the map: at 60° N the sinusoidal one ends at x = 10 018 754 m.
  @Test("a grid that only a corner of lies on the Earth is taken") func cornerOnEarth() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "+proj=sinu +R=6371007.181", west: 10_000_000, north: 6_671_703, step: 1000, columns: 100,
        rows: 20)
      try Raster(grid) { _, _ in UInt8(2) }.write(to: folder.path("lc.tif"), on: grid)
      var options = try Self.options(in: folder)
      options.inputs.parks = nil
      let result = try options.run()
      #expect(result.warnings.map(\.slug) == ["grid-beyond-earth"])
      #expect((50.0...2000).contains(result.landCover.rows[0].area))
    }
  }

  @Test("an unknown datum is taken as the parks', in a check and in a run") func datum() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "+proj=longlat +ellps=clrk66 +no_defs", west: 130, north: 44, step: 0.01, columns: 20,
        rows: 20)
      try Raster(grid) { _, _ in UInt8(2) }.write(to: folder.path("lc.tif"), on: grid)
      try [NamedPolygon("1", "Park", .box(130.05, 43.85, 130.15, 43.95))]
        .write(to: folder.path("p.gpkg"), crs: "EPSG:4326")
      var options = try Self.options(in: folder)
      let result = try options.run()
      #expect(result.warnings.map(\.slug) == ["datum-unknown"])
      let row = result.landCover.rows[0]
      #expect(abs(row.parts[1] - row.area) <= 1e-5 * row.area)
      options.inputs.assumedCRS = ["landcover=EPSG:4326"]
      options.overwrite = true
      let said = try options.run()
      #expect(said.warnings.isEmpty && said.landCover.rows[0].parts == row.parts)
    }
  }

  @Test("a datum that PROJ cannot shift to is told") func roughDatum() throws {
    let report = try Self.check {
      // New Beijing, as in the tests of `CoordinateTransform`.
      try [NamedPolygon("1", "Park", .box(130.78, 43.26, 130.82, 43.3))]
        .write(to: $1.folder.path("beijing.gpkg"), crs: "EPSG:4555")
      $0.inputs.parks = $1.folder.path("beijing.gpkg")
    }
    #expect(report.warnings.contains { $0.slug == "datum-shift-rough" })
  }

  /// EPSG:4807 counts grads from Paris, 2.337229° E; its datum lies within 0.001° of WGS 84 there.
  @Test("degrees of another prime meridian and another size are placed right") func paris() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4807", west: -1, north: 55, step: 0.02, columns: 100, rows: 100)
      try Raster(grid) { column, _ in UInt8(column < 50 ? 1 : 2) }
        .write(to: folder.path("lc.tif"), on: grid)
      try [NamedPolygon("1", "Park", .box(2.137229, 48.2, 2.537229, 48.6))]
        .write(to: folder.path("p.gpkg"), crs: "EPSG:4326")
      let options = try Self.options(in: folder)
      let row = try options.run().landCover.rows[0]
      #expect(abs(row.parts[0] / row.area - 0.5) < 0.001 / 0.4)
      #expect(abs(row.parts[1] / row.area - 0.5) < 0.001 / 0.4)
      #expect(row.outside == 0)
    }
  }

  @Test("a grid that goes round the Earth more than once is refused, one turn is right")
  func secondTurn() throws {
    func report(_ columns: Int, _ extent: String? = nil) throws -> CheckReport {
      try TemporaryFolder.with { folder in
        let grid = try Grid.northUp(
          "EPSG:4326", west: -180, north: 90, step: 2, columns: columns, rows: 90)
        try Raster(grid) { _, _ in UInt8(1) }.write(to: folder.path("w.tif"), on: grid)
        var options = CheckOptions()
        options.inputs.landCover = [folder.path("w.tif")]
        options.inputs.legend = "ten_categories"
        options.inputs.extent = extent
        return try options.check().run()
      }
    }
    let error = try #require(try report(181).errors.first)
    #expect(error.slug == "grid-over-one-turn" && error.kind == .input)
    #expect(error.fix.contains("--extent -180,-90,180,90"))
    // 510,065,621.7 km², the surface of WGS 84.
    for found in [try report(180), try report(181, "-180,-90,180,90")] {
      #expect(found.errors.isEmpty)
      #expect(abs(try #require(found.landCover).area - 510_065_621.724) < 1)
    }
  }

  // MARK: Tiles

  @Test("tiles of several systems are sampled on the finest grid, told with their km²")
  func severalSystems() throws {
    let report = try Self.check {
      let coarse = try Grid.northUp(
        "EPSG:4326", west: 130.9, north: 43.34, step: 0.01, columns: 9, rows: 8)
      try Raster(coarse) { _, _ in UInt8(3) }.write(to: $1.folder.path("z.tif"), on: coarse)
      $0.inputs.landCover.append($1.folder.path("z.tif"))
    }
    #expect(report.errors.isEmpty)
    #expect(report.warnings.contains { $0.slug == "landcover-sampled" })
    #expect(report.landCover?.tiling.sampledTiles == 1)
  }

  @Test("cells off the grid by a fraction are sampled nearest, told with their km²")
  func shifted() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      // Nine tenths of the landscape's east, off by 0.4 of a cell.
      let shifted = Grid(
        crs: landscape.grid.crs,
        geotransform: Geotransform(
          originX: 640_000 + 36.4 * 300, columnStepX: 300, originY: 4_800_000, rowStepY: -300),
        columns: 8, rows: 32)
      try Raster(shifted) { _, _ in UInt8(4) }.write(to: folder.path("z.tif"), on: shifted)
      options.inputs.landCover.append(folder.path("z.tif"))
      (options.inputs.parks, options.inputs.parkID) = (nil, nil)
      // Its half cells make the grid wider than the landscape.
      options.inputs.allowGaps = true
      // One warning, with the km² of 7 or 8 of its columns, all 32 rows of 0.09 km²: the last may stick out.
      let warnings = try options.run().warnings.filter { $0.what.contains("resampled") }
      #expect(warnings.map(\.slug) == ["landcover-sampled"])
      let area = try #require(
        warnings.first?.what.firstMatch(of: /under ([0-9.]+) km² of the raster/)?.1)
      #expect((19...24).contains(try #require(Double(area))))
    }
  }

  /// Two tiles of 500 × 500 cells of 0.1 m, 400 km and 4000 km apart: 1.6e14 cells.
  @Test("tiles worlds apart are refused, and scored with an extent or a resolution, as is advised")
  func scatteredTiles() throws {
    func run(_ change: (inout InputOptions) -> Void) throws -> ScoreResult {
      try TemporaryFolder.with { folder in
        for (name, west, north) in [("a", 300_000.0, 5_000_000.0), ("b", 700_000, 1_000_000)] {
          let grid = try Grid.northUp(
            "EPSG:32652", west: west, north: north, step: 0.1, columns: 500, rows: 500)
          try Raster(grid) { _, _ in UInt8(2) }
            .write(to: folder.path(name + ".tif"), on: grid, nodata: 0)
        }
        var options = try Self.options(in: folder)
        options.inputs.landCover = [folder.path("a.tif"), folder.path("b.tif")]
        (options.inputs.parks, options.inputs.allowGaps) = (nil, true)
        change(&options.inputs)
        return try options.run()
      }
    }
    let error = #expect(throws: HabitatError.self) { try run { _ in } }
    #expect(error?.slug == "landcover-scattered")
    #expect(error?.fix.contains("--extent") == true && error?.fix.contains("--resolution") == true)
    let part = try run { $0.extent = "300000,4999950,300050,5000000" }
    // 50 m × 50 m; UTM shows 1.0000 to 1.0001 of the ground 200 km from its meridian.
    #expect(abs(part.landCover.rows[0].parts[1] / 0.0025 - 1) < 1e-3)
    let coarse = try run { $0.resolution = "20000" }
    #expect(coarse.landCover.rows[0].area > 1e6)
  }

  @Test("DEM tiles worlds apart are refused before memory is asked for") func scattered() throws {
    let report = try Self.check {
      for (name, north) in [("a", 4_790_000.0), ("b", -600_000)] {
        let grid = try Grid.northUp(
          "EPSG:32652", west: 645_000, north: north, step: 0.1, columns: 4, rows: 4)
        try Raster(grid) { _, _ in Int16(5) }.write(to: $1.folder.path(name + ".tif"), on: grid)
      }
      $0.inputs.dem = [$1.folder.path("a.tif"), $1.folder.path("b.tif")]
    }
    #expect(report.errors.map(\.slug) == ["dem-scattered"])
  }

  @Test("an extent and a cell size that make no grid are refused") func badGrid() throws {
    let report = try Self.check { options, _ in
      options.inputs.extent = "640000,4790000,641000,4791000"
      options.inputs.resolution = "0.0000001"
    }
    #expect(report.errors.map(\.slug) == ["bad-grid"])
    #expect(report.outcome == .usage)
  }
}
