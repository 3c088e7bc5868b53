import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Unusual grids")
struct GridTests {
  /// A run of land cover alone over one park.
  private func run(
    _ raster: Raster<UInt8>, on grid: Grid, park: PolygonShape, in folder: TemporaryFolder,
    parksCRS: String = "EPSG:4326", _ change: (inout ScoreOptions) -> Void = { _ in }
  ) throws -> ScoreResult {
    try raster.write(to: folder.path("a.tif"), on: grid)
    try [NamedPolygon("1", "park", park)].write(to: folder.path("p.gpkg"), crs: parksCRS)
    var options = ScoreOptions()
    options.models = [
      try folder.write(
        LandCoverModel.text(scores: [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]), to: "m.json")
    ]
    options.inputs.landCover = [folder.path("a.tif")]
    options.inputs.legend = "ten_categories"
    options.inputs.parks = folder.path("p.gpkg")
    options.output = folder.path("out")
    change(&options)
    return try options.run()
  }

  @Test("a raster of one cell shares a park between that cell and what lies outside")
  func oneCell() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: 130, north: 43.01, step: 0.01, columns: 1, rows: 1)
      let result = try run(
        Raster(columns: 1, rows: 1, filledWith: 9), on: grid,
        park: .box(129.995, 43, 130.005, 43.01), in: folder)
      let row = result.species[0].table.rows[0]
      // Half of the park is the western half of the cell.
      #expect(abs(row.parts[3] / row.area - 0.5) < 1e-8)
      #expect(abs(row.outside / row.area - 0.5) < 1e-8)
      #expect(result.landCover.rows[0].parts[8] == row.parts[3])
    }
  }

  @Test(
    "a park over the antimeridian is one park, however the grid counts longitudes",
    arguments: [179.0, -181.0])
  func antimeridian(west: Double) throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: west, north: 67, step: 0.02, columns: 100, rows: 50)
      let cells = Raster(grid) { column, _ in UInt8(column < 50 ? 1 : 2) }
      // Zone 1 begins at 180° W, 134 km west of its meridian at this latitude: x = 366 km there.
      let result = try run(
        cells, on: grid, park: .box(345_000, 7_360_000, 388_000, 7_400_000), in: folder,
        parksCRS: "EPSG:32601")
      let row = result.landCover.rows[0]
      #expect(abs(row.residual) <= 1e-5 * row.area + 1e-4 * 2 + 4e-6)
      #expect(row.parts[0] > 100 && row.parts[1] > 100)
      #expect(row.outside == 0 && row.nodata == 0)
      // 43 by 40 km on the map, whose scale is within a thousandth of 1.
      #expect(abs(row.area / 1720 - 1) < 2e-3)
    }
  }

  @Test(
    "on a grid of the user's the balance holds, and what was sampled is told",
    arguments: [
      ("EPSG:32652", nil), ("EPSG:4326", "0.002"), (nil, "250"), ("EPSG:6933", "400"),
    ] as [(String?, String?)])
  func customGrid(crs: String?, resolution: String?) throws {
    let landscape = { (folder: TemporaryFolder) in try TestLandscape(in: folder) }
    func row(_ change: (inout ScoreOptions) -> Void) throws -> (AreaTable.Row, ScoreResult) {
      try TemporaryFolder.with { folder in
        let landscape = try landscape(folder)
        let result = try run(
          landscape.landCover, on: landscape.grid,
          park: TestLandscape.hexagon(130.80, 43.28, 0.04), in: folder, change)
        return (result.species[0].table.rows[0], result)
      }
    }
    let (mine, result) = try row {
      $0.inputs.crs = crs
      $0.inputs.resolution = resolution
    }
    #expect(abs(mine.residual) <= 1e-5 * mine.area + 1e-4 * 0.16 + 4e-6)
    #expect(
      result.warnings.contains { $0.slug == "landcover-sampled" } == (resolution != nil))
    // Nearest neighbours keep the shares of the park to a few hundredths.
    let (own, _) = try row { _ in }
    for (a, b) in zip(mine.parts, own.parts) { #expect(abs(a - b) < 0.05 * own.area) }
  }

  @Test("where tiles disagree is told in km²")
  func disagreement() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:6933", west: 0, north: 5_000_000, step: 1000, columns: 4, rows: 4)
      var top = Raster(columns: 4, rows: 4, filledWith: UInt8(1))
      for cell in 0..<3 { top.cells[cell] = 2 }
      top.cells[3] = 0
      try top.write(to: folder.path("b.tif"), on: grid)
      let result = try run(
        Raster(columns: 4, rows: 4, filledWith: 1), on: grid,
        park: .box(0, 4_996_000, 4000, 5_000_000), in: folder, parksCRS: "EPSG:6933"
      ) { $0.inputs.landCover.append(folder.path("b.tif")) }
      // Equal-area cells of 1 km²: three of them differ, and nodata hides nothing.
      let row = result.landCover.rows[0]
      #expect(abs(row.parts[1] - 3) < 1e-5)
      #expect(abs(row.parts[0] - 13) < 1e-5)
      #expect(
        result.warnings.contains {
          $0.slug == "landcover-overlap" && $0.what.hasPrefix("3.000 km²")
        })
    }
  }

  @Test("a park all of nodata is all nodata, and no error")
  func allNodata() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      let result = try run(
        Raster(columns: 40, rows: 32, filledWith: 0), on: landscape.grid,
        park: TestLandscape.hexagon(130.80, 43.30, 0.02), in: folder)
      let row = result.species[0].table.rows[0]
      #expect(abs(row.nodata - row.area) <= 1e-5 * row.area + 1e-5)
      #expect(result.isIncomplete)
    }
  }

  @Test("the user's nodata makes a code no land cover at all")
  func nodata() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      let result = try run(
        Raster(columns: 40, rows: 32, filledWith: 77), on: landscape.grid,
        park: TestLandscape.hexagon(130.80, 43.30, 0.02), in: folder
      ) { $0.inputs.nodata = ["landcover=77"] }
      #expect(result.landCover.rows[0].nodata > 1)
    }
  }
}
