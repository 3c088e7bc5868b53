import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

/// CRSs that are read wrong, or lost, where one trusts their numbers alone.
@Suite("Traps of coordinate reference systems") struct CRSTrapTests {
  /// Broadleaf forest in the west, shrubs in the east.
  private static func landCover(
    _ grid: Grid, in folder: TemporaryFolder, place: String? = nil
  ) throws -> ScoreOptions {
    try Raster<UInt8>(grid) { column, _ in column < grid.columns / 2 ? 1 : 4 }
      .write(to: folder.path("cells.tif"), on: grid, nodata: 0)
    var options = ScoreOptions()
    options.models = [
      try folder.write(
        LandCoverModel.text(scores: [Double](repeating: 50, count: 10)), to: "cover.json")
    ]
    options.inputs.landCover = [
      try VirtualRaster(grid, [.init(source: "cells.tif")], place: place)
        .write(to: "lc.vrt", in: folder)
    ]
    options.inputs.legend = "ten_categories"
    options.output = folder.path("out")
    return options
  }

  private static func areas(_ result: ScoreResult) -> (forest: Double, shrub: Double) {
    let row = result.landCover.rows[0]
    return (row.parts[0], row.parts[3])
  }

  private static let grads = """
    GEOGCS["x",DATUM["unknown",SPHEROID["Clarke 1880 (IGN)",6378249.2,293.466021293627]],\
    PRIMEM["Greenwich",0],UNIT["grad",0.015707963267949]]
    """

  /// Twice the same box of longitudes about the middle column, so half and half; 8985.483 km² by pyproj's
  /// `Geod(ellps="WGS84")`.
  @Test(
    "an unknown datum leaves the prime meridian and the unit, and the raster where it lies",
    arguments: [
      ("+proj=longlat +pm=paris +ellps=clrk80ign", 128.0, 43.5, 130.33722917, 0.1),
      (grads, 144, 48, 129.6, 0.1), ("+proj=longlat +ellps=krass", 131, 43.5, 131, 0.1),
    ])
  func unknownDatum(
    crs: String, middle: Double, latitude: Double, onEarth: Double, step: Double
  ) throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        crs, west: middle - 10 * step, north: latitude + 10 * step, step: step, columns: 20,
        rows: 20)
      var options = try Self.landCover(grid, in: folder)
      let north = crs == Self.grads ? latitude * 0.9 : latitude
      try [NamedPolygon("1", "a", .box(onEarth - 0.5, north - 0.5, onEarth + 0.5, north + 0.5))]
        .write(to: folder.path("p.gpkg"), crs: "EPSG:4326")
      options.inputs.parks = folder.path("p.gpkg")
      let result = try options.run()
      #expect(result.warnings.map(\.slug) == ["datum-unknown"])
      let (forest, shrub) = Self.areas(result)
      // Paris has eight decimals: a millimetre.
      #expect(abs(forest - shrub) < 1e-3 && forest > 4000)
      #expect(abs(forest + shrub - result.landCover.rows[0].area) < 1e-2)
      let file = try RasterDataset(reading: folder.path("out/cover_class.tif"))
      let written = file.crs
      let corner = try CoordinateTransform(
        from: try #require(written), to: CoordinateReferenceSystem(userInput: "EPSG:4326")
      ).transform(Point(x: middle, y: latitude))
      #expect(abs(corner.x - onEarth) < 1e-8 && abs(corner.y - north) < 1e-8)
    }
  }

  /// What a map makes of x and y of a plain one: the first two and the last two make a coordinate each.
  typealias Turn = (Double, Double, Double, Double)

  /// Each map is one of the plain ones with its axes turned: the park is the same on the Earth.
  @Test(
    "axes to the south and west turn no area and no raster",
    arguments: [
      ("EPSG:5513", "EPSG:5514", (0, -1, -1, 0)),
      ("+proj=utm +zone=52 +axis=wnu +datum=WGS84", "EPSG:32652", (-1, 0, 0, 1)),
      ("+proj=utm +zone=52 +axis=esu +datum=WGS84", "EPSG:32652", (1, 0, 0, -1)),
    ] as [(String, String, Turn)])
  func axes(crs: String, plain: String, turn: Turn) throws {
    try TemporaryFolder.with { folder in
      let corner =
        plain == "EPSG:5514" ? Point(x: -720_000, y: -1_060_000) : Point(x: 600_000, y: 4_800_000)
      // A triangle: a mirrored one would lie elsewhere.
      let outline = [(0.0, 0.0), (9000, 1000), (2000, 7000)]
        .map { Point(x: corner.x + $0.0, y: corner.y + $0.1) }
      let turned = outline.map {
        Point(x: turn.0 * $0.x + turn.1 * $0.y, y: turn.2 * $0.x + turn.3 * $0.y)
      }
      let box = try #require(Extent(around: turned))
      let grid = try Grid.northUp(
        crs, west: box.minX - 1000, north: box.maxY + 1000, step: 500, columns: 24, rows: 24)
      var options = try Self.landCover(grid, in: folder)
      try [NamedPolygon("1", "a", PolygonShape(rings: [outline]))]
        .write(to: folder.path("plain.gpkg"), crs: plain)
      options.inputs.parks = folder.path("plain.gpkg")
      let expected = try options.run()
      try expect(expected.landCover.rows[0], like: nil)
      try RasterDataset(reading: folder.path("out/cover_class.tif")).refuseOtherPlace(than: grid)
      try [NamedPolygon("1", "a", PolygonShape(rings: [turned]))]
        .write(to: folder.path("turned.gpkg"), crs: crs)
      (options.inputs.parks, options.output) = (folder.path("turned.gpkg"), folder.path("other"))
      options.inputs.assumedCRS = ["parks=\(crs)"]
      if crs.hasPrefix("EPSG") {
        try expect(try options.run().landCover.rows[0], like: expected.landCover.rows[0])
      } else {
        let error = #expect(throws: HabitatError.self) { try options.run() }
        #expect(error?.slug == "crs-unsuitable")
      }
      (options.inputs.parks, options.inputs.assumedCRS) = (nil, [])
      options.output = folder.path("whole")
      let whole = try options.run().landCover.rows[0]
      #expect(abs(whole.area / 144 - 1) < 1e-3 && abs(whole.residual) < 1e-5 * whole.area)
    }
  }

  /// Half of 9000 · 7000 − 1000 · 2000 m², but for the scale of the maps.
  private func expect(_ row: AreaTable.Row, like other: AreaTable.Row?) throws {
    #expect(abs(row.area / 30.5 - 1) < 1e-3 && row.outside == 0)
    #expect(abs(row.residual) < 1e-5 * row.area + 1e-4 * 0.25)
    guard let other else { return }
    #expect(abs(row.area - other.area) < 1e-6)
    for (one, two) in zip(row.parts, other.parts) { #expect(abs(one - two) < 2e-6) }
  }

  /// A map of no code, so that nothing but its axes says which way x runs; the same parks on the map that is
  /// not mirrored.
  @Test(
    "parks on a map that runs to the west or south have the areas of the same parks on a plain one",
    arguments: [("wnu", -1.0, 1.0), ("esu", 1, -1)])
  func leftHandedParks(axes: String, x: Double, y: Double) throws {
    let plain = "+proj=tmerc +lon_0=131.37 +k=0.9999 +datum=WGS84 +units=m"
    let mirrored = plain + " +axis=\(axes)"
    try #require(CoordinateReferenceSystem(userInput: mirrored).isLeftHanded)
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 300, columns: 40, rows: 32)
      var options = try Self.landCover(grid, in: folder)
      // A triangle with a hole, and one of two parts: 31.5 − 1 km² and 2 km².
      let parks: [[[(Double, Double)]]] = [
        [
          [(-51_000, 4_792_500), (-42_000, 4_792_500), (-51_000, 4_799_500)],
          [(-50_000, 4_793_500), (-50_000, 4_794_500), (-49_000, 4_794_500), (-49_000, 4_793_500)],
        ],
        [
          [(-44_000, 4_797_000), (-43_000, 4_797_000), (-43_000, 4_798_000), (-44_000, 4_798_000)],
          [(-46_000, 4_797_000), (-45_000, 4_797_000), (-45_000, 4_798_000), (-46_000, 4_798_000)],
        ],
      ]
      func row(_ crs: String, _ x: Double, _ y: Double) throws -> [AreaTable.Row] {
        let outlines = parks.enumerated().map { index, rings in
          NamedPolygon(
            "\(index)", "p\(index)",
            PolygonShape(
              rings: rings.map { ring in
                let turned = ring.map { Point(x: x * $0.0, y: y * $0.1) }
                // Shells run counter-clockwise on the plane of their numbers.
                return x * y > 0 ? turned : turned.reversed()
              }))
        }
        try outlines.write(to: folder.path("p.gpkg"), crs: crs)
        options.inputs.parks = folder.path("p.gpkg")
        options.overwrite = true
        return try options.run().landCover.allRows
      }
      let (expected, found) = (try row(plain, 1, 1), try row(mirrored, x, y))
      #expect(abs(expected[0].area / 30.5 - 1) < 1e-3 && abs(expected[1].area / 2 - 1) < 1e-3)
      for (one, other) in zip(found, expected) {
        #expect(one.area > 0 && abs(one.area - other.area) < 1e-6)
        #expect(abs(one.residual) < 1e-5 * one.area + 1e-4 * 0.09)
        for (a, b) in zip(one.parts, other.parts) { #expect(a >= 0 && abs(a - b) < 2e-6) }
        #expect(abs(one.outside - other.outside) < 2e-6)
      }
      let written = try PolygonLayer(reading: folder.path("out/parks.gpkg"), .init(layer: "parks"))
      #expect(try #require(written.crs).isLeftHanded)
    }
  }

  private static let rotated =
    "+proj=ob_tran +o_proj=longlat +o_lon_p=0 +o_lat_p=47 +lon_0=131 +datum=WGS84 "
    + "+to_meter=0.0174532925199433"

  /// 29,968.612 and 29,976.319 km²: the halves' outlines in 1,600 points by `gdaltransform` of GDAL 3.6.2, then
  /// pyproj's `Geod(ellps="WGS84").polygon_area_perimeter`; so is the park, 12,385.926 km².
  @Test("a grid about a rotated pole is measured on the Earth") func rotatedPole() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        Self.rotated, west: -1.1, north: 1.1, step: 0.11, columns: 20, rows: 20)
      var options = try Self.landCover(grid, in: folder)
      try Raster<UInt8>(grid) { _, row in row < 10 ? 4 : 1 }
        .write(to: folder.path("cells.tif"), on: grid, nodata: 0)
      let (forest, shrub) = Self.areas(try options.run())
      #expect(abs(forest - 29_968.6118) < 1e-3 && abs(shrub - 29_976.3196) < 1e-3)
      try [NamedPolygon("1", "a", .box(-0.5, -0.5, 0.5, 0.5))]
        .write(to: folder.path("p.gpkg"), crs: Self.rotated)
      options.inputs.parks = folder.path("p.gpkg")
      options.overwrite = true
      let result = try options.run()
      #expect(abs(result.landCover.rows[0].area - 12_385.9263) < 1e-3)
      #expect(result.warnings.isEmpty)
      try RasterDataset(reading: folder.path("out/cover_class.tif")).refuseOtherPlace(than: grid)
      let written = try PolygonLayer(reading: folder.path("out/parks.gpkg"), .init(layer: "parks"))
      #expect(try #require(written.crs).isSame(as: grid.crs))
      var explain = ExplainOptions()
      (explain.inputs, explain.models) = (options.inputs, options.models)
      explain.place = "131,43.5"
      // 43.5° N on the central meridian is half a degree north of the rotated equator: (1.1 − 0.5) / 0.11.
      let cell = try explain.explanation()
      #expect(cell.column == 10 && cell.row == 5)
    }
  }

  @Test("a CRS in which no map lies is told as what it is") func unsuitable() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: 131, north: 43, step: 0.01, columns: 4, rows: 4)
      let numbers = "<GeoTransform>131, 0.01, 0, 43, 0, -0.01</GeoTransform>"
      let options = try Self.landCover(
        grid, in: folder, place: "<SRS>LOCAL_CS[\"site\",UNIT[\"metre\",1]]</SRS>" + numbers)
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.slug == "crs-unsuitable" && error?.what.contains("engineering") == true)
    }
  }

  @Test(
    "a turn that moves no corner is none, another is refused",
    arguments: [(1e-18, false), (1e-12, false), (1e-4, true)])
  func idleTurn(term: Double, isRefused: Bool) throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: 131, north: 43, step: 0.01, columns: 40, rows: 40)
      let options = try Self.landCover(
        grid, in: folder,
        place: "<SRS>EPSG:4326</SRS><GeoTransform>131, 0.01, \(term), 43, \(-term), -0.01"
          + "</GeoTransform>")
      if isRefused {
        let error = #expect(throws: HabitatError.self) { try options.run() }
        #expect(error?.slug == "grid-not-north-up")
      } else {
        try options.run()
        let file = try RasterDataset(reading: folder.path("out/cover_class.tif"))
        #expect(file.geotransform == grid.geotransform)
      }
    }
  }
}
