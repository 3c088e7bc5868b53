import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("What a run falls short of")
struct ShortfallTests {
  private static let inside = NamedPolygon("1", "in", TestLandscape.hexagon(130.78, 43.30, 0.02))
  /// Over the eastern rim of the grid.
  private static let over = NamedPolygon("2", "over", TestLandscape.hexagon(130.87, 43.28, 0.035))

  @Test(
    "a park is incomplete where it is partly without a value or partly outside, each by itself",
    arguments: [
      (park: inside, hole: false, expected: false), (park: over, hole: false, expected: true),
      (park: inside, hole: true, expected: true), (park: over, hole: true, expected: true),
    ])
  func incomplete(park: NamedPolygon, hole: Bool, expected: Bool) throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      try Raster(landscape.grid) { column, row in
        // 130.78° E, 43.30° N lies some 18 columns and 13 rows from the corner.
        hole && (16...20).contains(column) && (8...22).contains(row) ? UInt8(0) : 2
      }.write(to: folder.path("landcover.tif"), on: landscape.grid)
      try [park].write(to: folder.path("parks.gpkg"), crs: "EPSG:4326")
      var options = landscape.options(reading: ["landcover.tif"])
      (options.species, options.inputs.dem) = (nil, [])
      options.models = [
        try folder.write(
          LandCoverModel.text(scores: [Double](repeating: 50, count: 10)), to: "m.json")
      ]
      let result = try options.run()
      let row = result.species[0].table.rows[0]
      // The run has the very defects that it is meant to have.
      #expect((row.outside > 0.1) == (park.id == "2"))
      #expect((row.nodata > 0.1) == (hole && row.id == "1") || park.id == "2")
      #expect(result.isIncomplete == expected)
    }
  }

  /// Two models, one of which needs heights; a DEM with a void from one longitude to another.
  private func run(
    _ species: String, voidFrom west: Double, to east: Double, _ folder: TemporaryFolder
  ) throws -> ScoreResult {
    var options = try TestLandscape(in: folder).options()
    let grid = try Grid.northUp(
      "EPSG:4326", west: 130.6, north: 43.4, step: 0.004, columns: 110, rows: 80)
    try Raster(grid) { column, _ in
      (west..<east).contains(130.6 + 0.004 * Double(column)) ? Int16(-32768) : 300
    }.write(to: folder.path("dem.tif"), on: grid, nodata: -32768)
    if species.contains("cover") {
      options.models = [
        try folder.write(
          LandCoverModel.text(scores: [Double](repeating: 50, count: 10)), to: "m.json")
      ]
    }
    options.species = species
    return try options.run()
  }

  @Test("land without a height is told whichever of the models needs it and whatever their order")
  func landWithoutHeight() throws {
    try TemporaryFolder.with { folder in
      let warnings = try ["cover,leopard", "leopard,cover", "leopard"].map { species in
        let result = try run(species, voidFrom: 130.77, to: 130.79, folder)
        try? FileManager.default.removeItem(atPath: folder.path("out"))
        return result.warnings.first { $0.slug == "dem-gap" }
      }
      #expect(warnings[0] != nil)
      #expect(warnings[0] == warnings[1] && warnings[0] == warnings[2])
      let none = try run("cover", voidFrom: 130.77, to: 130.79, folder)
      #expect(!none.warnings.contains { $0.slug == "dem-gap" })
    }
  }

  @Test(
    "where most of it has none the run is refused whatever the order of the models",
    arguments: ["cover,leopard", "leopard,cover"])
  func mostWithoutHeight(species: String) throws {
    try TemporaryFolder.with { folder in
      let error = #expect(throws: HabitatError.self) {
        try run(species, voidFrom: 130.74, to: 131, folder)
      }
      #expect(error?.slug == "dem-does-not-cover" && error?.kind == .input)
    }
  }
}
