import GeoIO
import GroundGeometry
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

/// Cells are counted by hand; tiles begin at multiples of 512.
@Suite("The box of the parks") struct ParkExtentTests {
  /// The part of a grid of 4,000 × 4,000 cells around parks that fill rectangles of cells.
  private static func window(
    _ extent: String, _ crs: String, west: Double, north: Double, step: Double,
    parks: [Window] = [Window(column: 600, row: 600, columns: 100, rows: 100)]
  ) throws -> Window? {
    let grid = try Grid.northUp(
      crs, west: west, north: north, step: step, columns: 4000, rows: 4000)
    let shapes = parks.map { cells in
      let corners = [
        (cells.column, cells.row), (cells.columnRange.upperBound, cells.row),
        (cells.columnRange.upperBound, cells.rowRange.upperBound),
        (cells.column, cells.rowRange.upperBound),
      ]
      return PolygonShape(
        rings: [corners.map { grid.point(column: Double($0.0), row: Double($0.1)) }])
    }
    let parks = shapes.enumerated().map { Park(id: "\($0)", name: "\($0)", shape: $1) }
    var options = InputOptions()
    options.extent = extent
    let part = try options.makeGrid().restricted(grid, to: ParkBoxes(parks, crs: grid.crs))
    return part.place

  }

  /// On the central meridian 30 m of the map are 30.012 m: 5 km are 167 cells, which reach column 433 and end at
  /// 867; 2.6 km are 87, from column 513; 2.7 km are 90, from column 510.
  @Test(
    "out to the tiles that KM around the parks touch",
    arguments: [
      ("parks", 512...1023), ("parks+0", 512...1023), ("parks+5", 0...1023),
      ("parks+2.6", 512...1023), ("parks+2.7", 0...1023), ("parks+20000", 0...3999),
    ])
  func metres(extent: String, columns: ClosedRange<Int>) throws {
    let window = try Self.window(
      extent, "EPSG:32652", west: 500_000 - 600 * 30, north: 4_800_000, step: 30)
    #expect(window?.columnRange == Range(columns) && window?.rowRange == Range(columns))
  }

  /// At 60° N a unit of this map is half a metre (and less of the ground further north): 1.2 km are at most 81 cells
  /// of 30 units, 1.4 km at least 93.
  @Test(
    "counted on the ground, where the map stretches it",
    arguments: [("parks+1.2", 512...1023), ("parks+1.4", 0...1023)])
  func stretched(extent: String, columns: ClosedRange<Int>) throws {
    let window = try Self.window(
      extent, "EPSG:3857", west: 0, north: 8_399_738 + 600 * 30, step: 30)
    #expect(window?.columnRange == Range(columns) && window?.rowRange == Range(columns))
  }

  /// At 60° N 0.0005° are 27.9 m along the parallel and 55.7 m along the meridian: 3 km are 108 columns and 54 rows.
  @Test("and in degrees, where columns are narrower than rows are high")
  func degrees() throws {
    let window = try Self.window(
      "parks+3", "EPSG:4258", west: 20, north: 60 + 600 * 0.0005, step: 0.0005)
    #expect(window == Window(column: 0, row: 512, columns: 1024, rows: 512))
  }

  @Test("of several parks, around all of them")
  func several() throws {
    let window = try Self.window(
      "parks", "EPSG:32652", west: 500_000, north: 4_800_000, step: 30,
      parks: [
        Window(column: 10, row: 2000, columns: 5, rows: 5),
        Window(column: 1500, row: 2700, columns: 36, rows: 5),
      ])
    #expect(window == Window(column: 0, row: 1536, columns: 1536, rows: 1536))
  }

  @Test(
    "beside the grid there is no box, and the whole is kept for what is said of it",
    arguments: ["parks", "parks+5", "parks+1500"])
  func elsewhere(extent: String) throws {
    let window = try Self.window(
      extent, "EPSG:32652", west: 500_000, north: 4_800_000, step: 30,
      parks: [Window(column: 90_000, row: 10, columns: 5, rows: 5)])
    #expect(window == Window(column: 0, row: 0, columns: 4000, rows: 4000))
  }

  /// How many tiles of a grid a mask leaves.
  private static func tiles(_ mask: String, _ grid: Grid, park: Window) throws -> NearbyTiles {
    let corners = [
      (park.column, park.rowRange.upperBound),
      (park.columnRange.upperBound, park.rowRange.upperBound),
      (park.columnRange.upperBound, park.row), (park.column, park.row),
    ]
    let shape = PolygonShape(
      rings: [corners.map { grid.point(column: Double($0.0), row: Double($0.1)) }])
    return try ParkBoxes([Park(id: "1", name: "A", shape: shape)], crs: grid.crs)
      .tiles(within: try #require(ParkReach(mask)), on: grid)
  }

  /// The park's cells 600…699 lie in one tile; 88 cells (2,641 m) from those west and north of it, 125 (3,735 m)
  /// from the one between these, 324 (9,724 m) from those east and south, 336 (10,076 m) from those beside them.
  @Test(
    "a mask leaves the tiles within KM of the parks",
    arguments: [
      ("parks", 1), ("parks+2.6", 1), ("parks+2.7", 3), ("parks+3.7", 3), ("parks+3.8", 4),
      ("parks+9.6", 4), ("parks+9.8", 6), ("parks+10.2", 8),
    ])
  func mask(mask: String, count: Int) throws {
    let grid = try Grid.northUp(
      "EPSG:32652", west: 500_000 - 600 * 30, north: 4_800_000, step: 30, columns: 4000,
      rows: 4000)
    let tiles = try Self.tiles(
      mask, grid, park: Window(column: 600, row: 600, columns: 100, rows: 100))
    #expect(tiles.count == count)
    #expect(tiles.holds(Window(column: 512, row: 512, columns: 512, rows: 512)))
  }

  /// The same cells of 27.9 m by 55.7 m: 2,455 m to the west, 4,902 m to the north, 5,482 m to the tile between.
  @Test(
    "and in degrees",
    arguments: [
      ("parks+2.4", 1), ("parks+2.5", 2), ("parks+4.85", 2), ("parks+4.95", 3), ("parks+5.4", 3),
      ("parks+5.6", 4),
    ])
  func maskInDegrees(mask: String, count: Int) throws {
    let grid = try Grid.northUp(
      "EPSG:4258", west: 20, north: 60 + 600 * 0.0005, step: 0.0005, columns: 4000, rows: 4000)
    let park = Window(column: 600, row: 600, columns: 100, rows: 100)
    #expect(try Self.tiles(mask, grid, park: park).count == count)
  }

  /// From 179.95° E to the western rim of the grid 0.05° of the equator are 5,566 m.
  @Test("and over the antimeridian", arguments: [("parks+5.5", 1), ("parks+5.6", 2)])
  func maskOverAntimeridian(mask: String, count: Int) throws {
    let grid = try Grid.northUp(
      "EPSG:4326", west: -180, north: 90, step: 0.05, columns: 7200, rows: 3600)
    let park = Window(column: 7190, row: 1795, columns: 9, rows: 10)
    let tiles = try Self.tiles(mask, grid, park: park)
    #expect(tiles.count == count)
    #expect(tiles.holds(Window(column: 0, row: 1536, columns: 512, rows: 512)) == (count == 2))
  }

  @Test(
    "what is no such part is refused",
    arguments: ["park", "parks+", "parks+-1", "parks5", "parks+nan", "parks+20001", "Parks", ""])
  func refused(text: String) {
    var options = InputOptions()
    options.extent = text
    let error = #expect(throws: HabitatError.self) { try options.makeGrid() }
    #expect(error?.slug == "bad-option" && error?.fix.contains("parks+5") == true)
  }

  @Test("as text it is what was written", arguments: ["parks", "parks+5", "parks+0.25"])
  func text(_ text: String) {
    #expect(ParkReach(text)?.text == text)
  }

  @Test("without parks it is refused, and so is a CRS for it")
  func withoutParks() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 500_000, north: 4_800_000, step: 30, columns: 4, rows: 4)
      try Raster(grid) { _, _ in UInt8(1) }.write(to: folder.path("landcover.tif"), on: grid)
      var options = ScoreOptions()
      (options.species, options.output) = ("leopard", folder.path("out"))
      options.inputs.landCover = [folder.path("landcover.tif")]
      options.inputs.legend = "ten_categories"
      options.inputs.extent = "parks"
      #expect(throws: HabitatError.gridWithoutParks("--extent")) { try options.run() }
      options.inputs.extentCRS = "EPSG:4326"
      let error = #expect(throws: HabitatError.self) { try options.inputs.makeGrid() }
      #expect(error?.fix == "leave out --extent-crs")
    }
  }

  /// A raster of so many tiles side by side, of which nothing is written, and a park in the second one.
  private static func hint(tiles: Int, extent: String? = nil, in folder: TemporaryFolder) throws
    -> ParksBoxHint?
  {
    let grid = try Grid.northUp(
      "EPSG:32652", west: 500_000, north: 4_800_000, step: 30, columns: tiles * 512, rows: 512)
    let writer = try RasterWriter(
      creating: folder.path("wide\(tiles).tif"), grid: grid, typeName: "Byte", nodata: 0,
      options: ["SPARSE_OK=YES", "TILED=YES"])
    try writer.close()
    let (west, south) = (500_000 + 600.0 * 30, 4_800_000 - 300.0 * 30)
    try folder.write(
      """
      {"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:32652"}},
       "features": [{"type": "Feature", "properties": {"id": 1, "name": "A"}, "geometry": {
         "type": "Polygon", "coordinates": [[[\(west), \(south)], [\(west + 3000), \(south)],
         [\(west + 3000), \(south + 3000)], [\(west), \(south + 3000)], [\(west), \(south)]]]}}]}
      """, to: "parks.geojson")
    var options = ScoreOptions()
    options.models = [
      try folder.write(
        LandCoverModel.text(scores: [Double](repeating: 50, count: 10)), to: "model.json")
    ]
    options.inputs.landCover = [folder.path("wide\(tiles).tif")]
    options.inputs.legend = "ten_categories"
    options.inputs.parks = folder.path("parks.geojson")
    options.inputs.extent = extent
    options.output = folder.path("out")
    let request = try options.request()
    return ParksBoxHint(try ScoreRun(request).inputs, request.grid)
  }

  @Test(
    "a grid of more than twenty times the box says what the box would save, one cut by hand nothing"
  )
  func hint() throws {
    try TemporaryFolder.with { folder in
      let hint = try #require(try Self.hint(tiles: 21, in: folder))
      #expect(hint.cells == 21 * 512 * 512 && hint.cellsOfBox == 512 * 512)
      let warning = hint.warning(scoredIn: 42)
      #expect(
        warning.what
          == "the grid has 21 times as many cells as the box of the parks; about 40 s of the run went there"
      )
      #expect(hint.text(50, scoring: 42).hasSuffix("with --extent parks about 10 s."))
      #expect(try Self.hint(tiles: 20, in: folder) == nil)
      #expect(try Self.hint(tiles: 21, extent: "parks+2000", in: folder) == nil)
    }
  }
}
