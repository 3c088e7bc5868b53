import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Heights of a DEM that disagree") struct HeightComparisonTests {
  /// Cells of 100 m.
  private static func grid(
    west: Double = 640_000, north: Double = 4_800_000, step: Double = 100, columns: Int = 60,
    rows: Int = 50
  ) throws -> Grid {
    try .northUp(
      "EPSG:32652", west: west, north: north, step: step, columns: columns, rows: rows)
  }

  /// Ridges 3 km apart with slopes of up to 18°, at coordinates of the zone.
  private static func height(_ x: Double, _ y: Double) -> Double {
    500 + 120 * sin(x / 480) * cos(y / 620)
  }

  private static func terrain(_ grid: Grid, plus offset: Double = 0, east: Double = 0)
    -> Raster<Float>
  {
    Raster(grid) { column, row in
      let point = grid.geotransform.point(column: Double(column) + 0.5, row: Double(row) + 0.5)
      return Float(height(point.x - east, point.y) + offset)
    }
  }

  /// What a check says of a DEM, which a run must say, too.
  private static func warnings(
    _ tiles: [String], in folder: TemporaryFolder, parks: String? = nil
  ) throws -> [HabitatWarning] {
    let land = try grid()
    try Raster<UInt8>(columns: land.columns, rows: land.rows, filledWith: 2)
      .write(to: folder.path("lc.tif"), on: land)
    var score = ScoreOptions()
    score.species = "leopard"
    score.inputs.landCover = [folder.path("lc.tif")]
    score.inputs.legend = "ten_categories"
    score.inputs.dem = tiles.map { folder.path($0) }
    score.inputs.parks = parks
    score.output = folder.path("out")
    score.overwrite = true
    var check = CheckOptions()
    check.inputs = score.inputs
    let found = try check.check().run().warnings.filter { $0.slug == "dem-overlap" }
    #expect(try score.run().warnings.filter { $0.slug == "dem-overlap" } == found)
    return found
  }

  /// Two tiles of one lattice, the second of whose cells `change` makes.
  ///
  /// - Parameter park: the columns and rows of one park.
  private static func overlapping(
    park: (columns: ClosedRange<Double>, rows: ClosedRange<Double>)? = nil,
    _ change: (Float, _ column: Int, _ row: Int) -> Float?
  ) throws -> [HabitatWarning] {
    try TemporaryFolder.with { folder in
      let grid = try grid()
      let plain = terrain(grid)
      try plain.write(to: folder.path("a.tif"), on: grid, nodata: -9999)
      try Raster<Float>(grid) { column, row in
        change(plain[column, row], column, row) ?? -9999
      }.write(to: folder.path("b.tif"), on: grid, nodata: -9999)
      guard let park else { return try warnings(["a.tif", "b.tif"], in: folder) }
      let corners = [
        (park.columns.lowerBound, park.rows.lowerBound),
        (park.columns.upperBound, park.rows.lowerBound),
        (park.columns.upperBound, park.rows.upperBound),
        (park.columns.lowerBound, park.rows.upperBound),
        (park.columns.lowerBound, park.rows.lowerBound),
      ].map { "[\(640_000 + 100 * $0.0), \(4_800_000 - 100 * $0.1)]" }.joined(separator: ", ")
      try Data(
        """
        {"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32652"}},
         "features": [{"type": "Feature", "properties": {"name": "Park"},
         "geometry": {"type": "Polygon", "coordinates": [[\(corners)]]}}]}
        """.utf8
      ).write(to: URL(fileURLWithPath: folder.path("parks.geojson")))
      return try warnings(["a.tif", "b.tif"], in: folder, parks: folder.path("parks.geojson"))
    }
  }

  @Test("tiles that differ are told with km², the most and where") func differing() throws {
    let found = try Self.overlapping { height, column, row in
      guard (10..<30).contains(column), row < 20 else { return height }
      return column == 12 && row == 7 ? height - 34 : height + 3
    }
    let warning = try #require(found.first)
    #expect(found.count == 1)
    // 400 cells of 1 ha; the zone's scale is 0.9998 there.
    let area = try #require(Double(warning.what.prefix { $0 != " " }))
    #expect(abs(area - 4) < 0.002)
    // Of (641250, 4799250) in UTM zone 52 N, by pyproj 3 (PROJ 9).
    #expect(warning.what.contains("by up to 34.0 m at 130.74237, 43.33283"))
    #expect(warning.what.contains("a.tif") && warning.what.contains("b.tif"))
  }

  @Test("with parks it is told of the land around them, and of no other") func nearParks() throws {
    // Of the 400 cells those of columns 25…29 and rows 15…19 lie in the park's box: 25 ha.
    let near = try Self.overlapping(park: (columns: 25.2...44.8, rows: 15.3...34.9)) {
      height, column, row in (10..<30).contains(column) && row < 20 ? height + 3 : height
    }
    let warning = try #require(near.first)
    let area = try #require(Double(warning.what.prefix { $0 != " " }))
    #expect(abs(area - 0.25) < 0.0002 && warning.what.contains("of the DEM around the parks"))
    let far = try Self.overlapping(park: (columns: 32...44, rows: 22...34)) {
      height, column, row in (10..<30).contains(column) && row < 20 ? height + 3 : height
    }
    #expect(far.isEmpty)
  }

  @Test("less than a metre and other voids are no difference") func alike() throws {
    #expect(try Self.overlapping { height, _, _ in height + 0.9 }.isEmpty)
    #expect(
      try Self.overlapping { height, column, _ in column % 7 < 3 ? nil : height }.isEmpty)
    #expect(try Self.overlapping { height, _, _ in height + 1.1 }.count == 1)
  }

  @Test("tiles that share equal edges, as SRTM's do, say nothing") func edges() throws {
    try TemporaryFolder.with { folder in
      var names: [String] = []
      for (column, row) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        let grid = try Self.grid(
          west: 640_000 + Double(column) * 3000, north: 4_800_000 - Double(row) * 2500,
          columns: 31, rows: 26)
        names.append("t\(column)\(row).tif")
        try Self.terrain(grid).write(to: folder.path(names.last!), on: grid)
      }
      #expect(try Self.warnings(names, in: folder).isEmpty)
      // One whole metre and more in one of them: its edges of 31 + 26 − 1 cells tell.
      let grid = try Self.grid(columns: 31, rows: 26)
      try Self.terrain(grid, plus: 5).write(to: folder.path("t00.tif"), on: grid)
      let found = try Self.warnings(names, in: folder)
      #expect(found.map { $0.what.hasPrefix("0.56") } == [true])
    }
  }

  @Test("the same heights in feet, or scaled, say nothing") func units() throws {
    try TemporaryFolder.with { folder in
      let grid = try Self.grid()
      let plain = Self.terrain(grid)
      try plain.write(to: folder.path("a.tif"), on: grid)
      try Raster<Int16>(grid) { Int16((plain[$0, $1] / 0.3048).rounded()) }
        .write(to: folder.path("feet.tif"), on: grid)
      try Raster<Int16>(grid) { Int16(((plain[$0, $1] + 100) * 10).rounded()) }
        .write(to: folder.path("raw.tif"), on: grid)
      for (name, header) in [
        ("feet", "<UnitType>ft</UnitType>"), ("raw", "<Offset>-100</Offset><Scale>0.1</Scale>"),
      ] {
        let band = VirtualRaster.Band(source: name + ".tif", typeName: "Int16", header: header)
        _ = try VirtualRaster(grid, [band]).write(to: name + ".vrt", in: folder)
      }
      #expect(try Self.warnings(["a.tif", "feet.vrt", "raw.vrt"], in: folder).isEmpty)
    }
  }

  /// A DEM of 100 m over one of 300 m, whose cells `coarse` makes at the places of their centres.
  private static func lattices(
    west: Double = 640_000, _ coarse: (_ x: Double, _ y: Double) -> Double
  ) throws -> [HabitatWarning] {
    try TemporaryFolder.with { folder in
      let fine = try grid()
      try terrain(fine).write(to: folder.path("fine.tif"), on: fine)
      let grid = try grid(west: west, step: 300, columns: 20, rows: 17)
      try Raster<Float>(grid) { column, row in
        let point = grid.geotransform.point(column: Double(column) + 0.5, row: Double(row) + 0.5)
        return Float(coarse(point.x, point.y))
      }.write(to: folder.path("coarse.tif"), on: grid)
      return try warnings(["fine.tif", "coarse.tif"], in: folder)
    }
  }

  @Test(
    "a coarser DEM of the same ground agrees, though it is rough, rides on trees or lies half a cell off",
    arguments: [0.0, 50, 150], [0.0, 12])
  func sameGround(offset: Double, trees: Double) throws {
    var random = SeededGenerator(seed: 3)
    let found = try Self.lattices(west: 640_000 + offset) { x, y in
      Self.height(x - offset, y) + trees + .random(in: -6...6, using: &random)
    }
    #expect(found.isEmpty)
  }

  @Test("a DEM 400 m higher, or 400 m east of its place on cells of other corners, is told")
  func elsewhere() throws {
    let higher = try Self.lattices { x, y in Self.height(x, y) + 400 }
    #expect(higher.count == 1)
    // All of the DEM: 60 × 50 cells of 1 ha and, of the coarse cells, what reaches beyond.
    #expect(higher.first?.what.contains(" by up to 4") == true)
    try TemporaryFolder.with { folder in
      let (grid, other) = (try Self.grid(step: 30, columns: 200, rows: 160), 400.0)
      try Self.terrain(grid).write(to: folder.path("a.tif"), on: grid)
      let moved = try Self.grid(west: 640_000 + other, step: 30, columns: 200, rows: 160)
      try Self.terrain(moved, east: other).write(to: folder.path("b.tif"), on: moved)
      #expect(try Self.warnings(["a.tif", "b.tif"], in: folder).count == 1)
      try Self.terrain(moved).write(to: folder.path("b.tif"), on: moved)
      #expect(try Self.warnings(["a.tif", "b.tif"], in: folder).isEmpty)
    }
  }

  @Test("a hillshade or a slope of other cells is told") func foreign() throws {
    #expect(try Self.lattices { x, _ in 181 + 40 * sin(x / 480) }.count == 1)
    #expect(try Self.lattices { x, y in 18 * abs(cos(x / 480) * cos(y / 620)) }.count == 1)
  }

  @Test("the floor of a sea under its surface is no difference") func sea() throws {
    try TemporaryFolder.with { folder in
      let fine = try Self.grid()
      try Raster<Float>(fine) { column, _ in column < 30 ? 0 : 200 }
        .write(to: folder.path("fine.tif"), on: fine)
      let coarse = try Self.grid(step: 300, columns: 20, rows: 17)
      try Raster<Float>(coarse) { column, _ in column < 10 ? -800 : 200 }
        .write(to: folder.path("coarse.tif"), on: coarse)
      #expect(try Self.warnings(["fine.tif", "coarse.tif"], in: folder).isEmpty)
    }
  }
}
