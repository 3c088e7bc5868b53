import Foundation
import GeoIO
import RasterCore
import RasterLoader
import TestSupport
import Testing

@Suite("Elevation and slope of cells")
struct TerrainSamplerTests {
  static func tile(_ path: String) throws -> RasterTile {
    try RasterTile(
      inspecting: path, layer: "dem", .init(),
      unknownDatum: CoordinateReferenceSystem(userInput: "EPSG:4326"))
  }

  /// Hills of a few hundred metres with some voids (−32768 in the file).
  static func hills(_ grid: Grid, seed: UInt64, voids: Double) -> Raster<Int16> {
    var random = SeededGenerator(seed: seed)
    return Raster(grid) { column, row in
      if Double.random(in: 0..<1, using: &random) < voids { return -32768 }
      let hill = 300 * sin(Double(column) / 5) * cos(Double(row) / 7)
      return Int16(hill + .random(in: -20...20, using: &random))
    }
  }

  static func heights(_ raster: Raster<Int16>) -> Raster<Double> {
    Raster(
      columns: raster.columns, rows: raster.rows,
      cells: raster.cells.map { $0 == -32768 ? .nan : Double($0) })
  }

  struct Values {
    var elevation: [Float]
    var slope: [Float]
  }

  static func sample(_ source: ElevationSource, _ window: Window) throws -> Values {
    var sampler = try TerrainSampler(source)
    var values = Values(
      elevation: [Float](repeating: 0, count: window.cellCount),
      slope: [Float](repeating: 0, count: window.cellCount))
    try sampler.sample(
      window, elevation: &values.elevation, slope: &values.slope, withSlope: true)
    return values
  }

  /// The largest difference; infinite where only one of the two has a value.
  static func difference(_ fast: [Float], _ slow: [Double]) -> Double {
    zip(fast, slow).map { fast, slow in
      fast.isNaN && slow.isNaN ? 0 : fast.isNaN || slow.isNaN ? .infinity : abs(Double(fast) - slow)
    }.max() ?? 0
  }

  /// An analysis grid and a DEM that it is sampled from.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let grid: Grid
    let dem: Grid
    /// One number an axis, worked by hand.
    let samples: Int
    var testDescription: String { name }
  }

  static func cases() throws -> [Case] {
    let utm = try Grid.northUp(
      "EPSG:32652", west: 640_000, north: 4_800_000, step: 100, columns: 30, rows: 25)
    // 100 m are 0.0009° of latitude.
    let degrees = try Grid.northUp(
      "EPSG:4326", west: 130.715, north: 43.345, step: 0.001, columns: 45, rows: 33)
    return [
      Case(name: "the same grid", grid: utm, dem: utm, samples: 1),
      Case(
        name: "half a cell off, reaching beyond the edges", grid: utm,
        dem: try .northUp(
          "EPSG:32652", west: 640_350, north: 4_799_550, step: 100, columns: 20, rows: 15),
        samples: 1),
      Case(name: "projected cells on a DEM in degrees", grid: utm, dem: degrees, samples: 1),
      Case(
        name: "cells in degrees on a projected DEM", grid: degrees,
        dem: try .northUp(
          "EPSG:32652", west: 639_500, north: 4_801_000, step: 90, columns: 50, rows: 60),
        samples: 1),
      // 300 m cells over 100 m: a ratio of 3, so 3 × 3 samples.
      Case(
        name: "three DEM cells to a cell",
        grid:
          try .northUp(
            "EPSG:32652", west: 640_000, north: 4_800_000, step: 300, columns: 10, rows: 9),
        dem: utm, samples: 3),
      // 250 by 400 m over 100 m: the larger ratio is 4.
      Case(
        name: "cells that are not square",
        grid:
          try .northUp(
            "EPSG:32652", west: 639_900, north: 4_800_170, step: 250, rowStep: 400, columns: 12,
            rows: 8), dem: utm, samples: 4),
      // Exactly two DEM cells are sampled once.
      Case(
        name: "two DEM cells to a cell",
        grid:
          try .northUp(
            "EPSG:32652", west: 640_000, north: 4_800_000, step: 200, columns: 15, rows: 12),
        dem: utm, samples: 1),
      // Web Mercator at 43.3° N: an ellipsoidal cell of 100 units is about 73 m.
      Case(
        name: "a projection that is not true to scale", grid: utm,
        dem: try .northUp(
          "EPSG:3857", west: 14_552_000, north: 5_364_000, step: 130, columns: 40, rows: 40),
        samples: 1),
      // Around a pole no polynomial follows longitudes: each sample is placed by itself. None lies on the
      // meridian of 180°, where rounding decides for one end of the DEM or the other.
      Case(
        name: "a pole on degrees",
        grid: try .northUp(
          "EPSG:3413", west: -13_100, north: 13_000, step: 2500, columns: 40, rows: 32),
        dem: try .northUp(
          "EPSG:4326", west: -180, north: 90, step: 1, rowStep: 0.04, columns: 360, rows: 30),
        samples: 3),
      // Equal-area: the axes stand askew on the ground away from its meridian.
      Case(
        name: "a projection whose axes are not at right angles", grid: utm,
        dem: try .northUp(
          "+proj=sinu +lon_0=60 +datum=WGS84", west: 5_734_500, north: 4_801_000, step: 120,
          columns: 60, rows: 50), samples: 1),
      Case(
        name: "one DEM cell", grid: utm,
        dem: try .northUp(
          "EPSG:32652", west: 641_000, north: 4_799_000, step: 150, columns: 1, rows: 1),
        samples: 1),
      Case(
        name: "one row of DEM cells", grid: utm,
        dem: try .northUp(
          "EPSG:32652", west: 641_000, north: 4_799_000, step: 150, columns: 9, rows: 1),
        samples: 1),
    ]
  }

  /// Positions are good to 2e-5 cells, between neighbours that differ by up to some 400 m and 90°; and
  /// heights and slopes are kept as floats.
  static let heightTolerance = 0.01
  static let slopeTolerance = 0.003

  @Test("values are those of the rules, worked slowly in doubles", arguments: try cases())
  func rules(pair: Case) throws {
    try TemporaryFolder.with { folder in
      let raster = Self.hills(pair.dem, seed: 5, voids: pair.dem.cellCount > 9 ? 0.05 : 0)
      try raster.write(to: folder.path("dem.tif"), on: pair.dem, nodata: -32768)
      let source = try ElevationSource(
        [Self.tile(folder.path("dem.tif"))], sampledOn: pair.grid)
      #expect(source.samplesPerAxis == [pair.samples])
      let fast = try Self.sample(source, pair.grid.window)
      let slow = try SlowTerrain(
        levels: [.init(pair.dem, Self.heights(raster), samples: pair.samples)], grid: pair.grid
      ).values()
      #expect(Self.difference(fast.elevation, slow.elevation) < Self.heightTolerance)
      #expect(Self.difference(fast.slope, slow.slope) < Self.slopeTolerance)
      #expect(slow.elevation.contains { !$0.isNaN })
    }
  }

  @Test("a value does not depend on the window it is asked in", arguments: try cases())
  func windows(pair: Case) throws {
    try TemporaryFolder.with { folder in
      try Self.hills(pair.dem, seed: 6, voids: 0.05).write(
        to: folder.path("dem.tif"), on: pair.dem, nodata: -32768)
      let source = try ElevationSource(
        [Self.tile(folder.path("dem.tif"))], sampledOn: pair.grid)
      let whole = try Self.sample(source, pair.grid.window)
      for window in [
        Window(column: 3, row: 2, columns: 4, rows: 3),
        Window(column: 0, row: 5, columns: 9, rows: 1),
        Window(column: 7, row: 0, columns: 1, rows: 8),
      ] {
        let part = try Self.sample(source, window)
        var differing = 0
        for row in window.rowRange {
          for column in window.columnRange {
            let index = (row - window.row) * window.columns + column - window.column
            let cell = row * pair.grid.columns + column
            for (mine, other) in [
              (part.elevation[index], whole.elevation[cell]),
              (part.slope[index], whole.slope[cell]),
            ] where mine.bitPattern != other.bitPattern && !(mine.isNaN && other.isNaN) {
              differing += 1
            }
          }
        }
        #expect(differing == 0)
      }
    }
  }

  @Test("coarser lattices fill what finer ones leave open, and Horn never crosses lattices")
  func severalLattices() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 100, columns: 30, rows: 25)
      let fine = try Grid.northUp(
        "EPSG:32652", west: 640_520, north: 4_799_480, step: 90, columns: 15, rows: 14)
      let coarse = try Grid.northUp(
        "EPSG:4326", west: 130.70, north: 43.35, step: 0.004, columns: 14, rows: 10)
      let levels = [
        (fine, Self.hills(fine, seed: 1, voids: 0.2)),
        (coarse, Self.hills(coarse, seed: 2, voids: 0.1)),
      ]
      for (index, level) in levels.enumerated() {
        try level.1.write(to: folder.path("\(index).tif"), on: level.0, nodata: -32768)
      }
      // The coarse one is named first: the order must not matter.
      let source = try ElevationSource(
        [Self.tile(folder.path("1.tif")), Self.tile(folder.path("0.tif"))], sampledOn: grid)
      #expect(source.lattices.map(\.grid.columns) == [15, 14])
      let fast = try Self.sample(source, grid.window)
      let slow = try SlowTerrain(
        levels: levels.map { try .init($0.0, Self.heights($0.1), samples: 1) }, grid: grid
      ).values()
      #expect(Self.difference(fast.elevation, slow.elevation) < Self.heightTolerance)
      #expect(Self.difference(fast.slope, slow.slope) < Self.slopeTolerance)
    }
  }

  /// Later tiles lie on top, voids hide nothing, and Horn sees the mosaic as one.
  @Test("overlapping tiles of one lattice are one DEM")
  func overlap() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 100, columns: 30, rows: 25)
      let raster = Self.hills(grid, seed: 7, voids: 0.1)
      let windows = [
        Window(column: 0, row: 0, columns: 18, rows: 25),
        Window(column: 11, row: 0, columns: 19, rows: 14),
        Window(column: 11, row: 9, columns: 19, rows: 16),
      ]
      var mosaic = Raster(columns: 30, rows: 25, filledWith: Double.nan)
      var tiles: [RasterTile] = []
      for (index, window) in windows.enumerated() {
        var part = raster.cut(window)
        for cell in part.cells.indices where part.cells[cell] != -32768 {
          part.cells[cell] += Int16(index)
        }
        try part.write(to: folder.path("\(index).tif"), on: grid.cut(window), nodata: -32768)
        tiles.append(try Self.tile(folder.path("\(index).tif")))
        for row in window.rowRange {
          for column in window.columnRange where raster[column, row] != -32768 {
            mosaic[column, row] = Double(raster[column, row]) + Double(index)
          }
        }
      }
      let fast = try Self.sample(ElevationSource(tiles, sampledOn: grid), grid.window)
      let slow = try SlowTerrain(levels: [.init(grid, mosaic, samples: 1)], grid: grid).values()
      // The grids are one, so positions are exact: what is left is the rounding of floats.
      #expect(Self.difference(fast.elevation, slow.elevation) < 1e-4)
      #expect(Self.difference(fast.slope, slow.slope) < 1e-4)
    }
  }

  @Test("scale and offset are applied, and heights below zero are valid")
  func scale() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 100, columns: 3, rows: 1)
      try Raster(columns: 3, rows: 1, cells: [-40, 0, 100] as [Int16]).write(
        to: folder.path("a.tif"), on: grid)
      try folder.write(
        """
        <VRTDataset rasterXSize="3" rasterYSize="1"><SRS>EPSG:32652</SRS>
        <GeoTransform>640000, 100, 0, 4800000, 0, -100</GeoTransform>
        <VRTRasterBand dataType="Int16" band="1"><Offset>7</Offset><Scale>0.5</Scale>
        <SimpleSource><SourceFilename relativeToVRT="1">a.tif</SourceFilename></SimpleSource>
        </VRTRasterBand></VRTDataset>
        """, to: "a.vrt")
      let source = try ElevationSource([Self.tile(folder.path("a.vrt"))], sampledOn: grid)
      // −40 / 2 + 7, 0 + 7, 100 / 2 + 7.
      #expect(try Self.sample(source, grid.window).elevation == [-13, 7, 57])
    }
  }

  /// The stored number is compared, before scale and offset make metres of it.
  @Test("nodata is a number as the file holds it", arguments: ["Int16", "Float32"])
  func scaledNodata(type: String) throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 100, columns: 4, rows: 1)
      try Raster(columns: 4, rows: 1, cells: [-40, 0, 100, -14] as [Int16]).write(
        to: folder.path("a.tif"), on: grid)
      try folder.write(
        """
        <VRTDataset rasterXSize="4" rasterYSize="1"><SRS>EPSG:32652</SRS>
        <GeoTransform>640000, 100, 0, 4800000, 0, -100</GeoTransform>
        <VRTRasterBand dataType="\(type)" band="1"><NoDataValue>0</NoDataValue><Offset>7</Offset>
        <Scale>0.5</Scale>
        <SimpleSource><SourceFilename relativeToVRT="1">a.tif</SourceFilename></SimpleSource>
        </VRTRasterBand></VRTDataset>
        """, to: "a.vrt")
      let source = try ElevationSource([Self.tile(folder.path("a.vrt"))], sampledOn: grid)
      // 0 is a void and not 7 m; −14 / 2 + 7 is 0 m and no void.
      let found = try Self.sample(source, grid.window).elevation
      #expect(found.map { $0.isNaN ? nil : $0 } == [-13, nil, 57, 0])
    }
  }

  /// 32 samples a cell lie 9.4 DEM cells apart, a line of 64 of them over more than a group can follow: each is
  /// placed by itself.
  @Test("a plane is the plane at the centres of cells, with as many samples as there may be")
  func planeUnderCoarseCells() throws {
    try TemporaryFolder.with { folder in
      let dem = try Grid.northUp(
        "EPSG:32652", west: 600_000, north: 4_800_000, step: 100, columns: 640, rows: 640)
      // By columns and rows of the DEM, from the corner.
      func height(_ column: Double, _ row: Double) -> Double { 0.5 * column + 0.25 * row }
      try Raster(dem) { Float(height(Double($0) + 0.5, Double($1) + 0.5)) }
        .write(to: folder.path("a.tif"), on: dem)
      let grid = try Grid.northUp(
        "EPSG:32652", west: 601_000, north: 4_799_000, step: 30_000, columns: 2, rows: 2)
      let source = try ElevationSource([Self.tile(folder.path("a.tif"))], sampledOn: grid)
      #expect(source.samplesPerAxis == [32])
      let found = try Self.sample(source, grid.window).elevation
      // Cells of 300 DEM cells from cell (10, 10) on: their centres.
      let expected = [160.0, 460].flatMap { row in [160.0, 460].map { height($0, row) } }
      for (value, wanted) in zip(found, expected) { #expect(abs(Double(value) - wanted) < 1e-3) }
    }
  }

  /// A plane that rises 1 m in 10 m eastwards, up to the edges: arctan 0.1.
  @Test("a plane has the slope of the plane everywhere, at its edges too")
  func plane() throws {
    try TemporaryFolder.with { folder in
      // On the meridian of a zone the ground is 1 / 0.9996 of the map.
      let grid = try Grid.northUp(
        "EPSG:32652", west: 499_850, north: 4_800_000, step: 100, columns: 3, rows: 3)
      try Raster(grid) { column, _ in Float(10 * column) }.write(
        to: folder.path("a.tif"), on: grid)
      let source = try ElevationSource([Self.tile(folder.path("a.tif"))], sampledOn: grid)
      let expected = atan(0.1 * 0.9996) * 180 / Double.pi
      let slopes = try Self.sample(source, grid.window).slope
      #expect(Self.difference(slopes, [Double](repeating: expected, count: 9)) < 1e-4)
    }
  }

  @Test("a DEM of another country does not meet the grid, one that holds it does")
  func meets() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:32652", west: 640_000, north: 4_800_000, step: 100, columns: 30, rows: 25)
      for (west, meets) in [(129.0, true), (10.0, false)] {
        let dem = try Grid.northUp(
          "EPSG:4326", west: west, north: 45, step: 0.5, columns: 6, rows: 6)
        try Raster(columns: 6, rows: 6, filledWith: Int16(1)).write(
          to: folder.path("\(west).tif"), on: dem)
        let source = try ElevationSource([Self.tile(folder.path("\(west).tif"))], sampledOn: grid)
        #expect(try source.meetsGrid() == meets)
      }
    }
  }

  /// peer_gdaldem_slope_horn_deg.tif: `gdaldem slope -alg Horn madElev.tif OUT`, GDAL 3.6.2, which
  /// takes the map for the ground. The Laborde grid's scale is 0.9995 to about 1.0005 there, so the
  /// tangents agree within a thousandth.
  @Test(
    "slopes in Madagascar are gdaldem's but for the scale of the map",
    .enabled(if: SharedData.isPresent, "the shared data sets are absent"))
  func madagascar() throws {
    let tile = try Self.tile(SharedData.path("madagascar-pair/madElev.tif"))
    let source = try ElevationSource([tile], sampledOn: tile.grid)
    let peer = try RasterDataset(
      reading: SharedData.path("madagascar-pair/peer_gdaldem_slope_horn_deg.tif"))
    let window = Window(column: 60, row: 180, columns: 110, rows: 90)
    var expected = [Float](repeating: 0, count: window.cellCount)
    try peer.read(window, band: 1, into: &expected)
    let values = try Self.sample(source, window)
    var (worst, compared) = (0.0, 0)
    for (slope, other) in zip(values.slope, expected) where other != -9999 {
      let (mine, theirs) = (tan(Double(slope) * .pi / 180), tan(Double(other) * .pi / 180))
      // A flat cell is flat for both.
      worst = max(worst, abs(mine - theirs) - 1e-3 * theirs)
      compared += 1
    }
    #expect(worst < 1e-6)  // floats of degrees
    #expect(compared > 9000)
  }
}
