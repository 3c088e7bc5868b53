import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

/// `projinfo EPSG:32652` (PROJ 9.1.1): area of use 0…84° N, 126…132° E; of EPSG:3857 all but the poles, of
/// EPSG:6933 all of the Earth.
@Suite("The area of use of a CRS for the grid") struct GridAreaOfUseTests {
  private static let land = PolygonShape.box(130.2, 42.6, 131.4, 43.7)

  /// A land cover in degrees with one park, checked on a grid of the user's.
  private static func inputs(
    _ box: Extent, step: Double, in folder: TemporaryFolder, crs: String, extent: String? = nil
  ) throws -> InputOptions {
    let grid = try Grid.northUp(
      "EPSG:4326", west: box.minX, north: box.maxY, step: step, columns: Int(box.width / step),
      rows: Int(box.height / step))
    try Raster(grid) { column, row in UInt8(1 + (column + row) % 3) }
      .write(to: folder.path("cover.tif"), on: grid)
    try [NamedPolygon("1", "Park", land)].write(to: folder.path("parks.gpkg"), crs: "EPSG:4326")
    var inputs = InputOptions()
    inputs.landCover = [folder.path("cover.tif")]
    inputs.legend = "ten_categories"
    inputs.parks = folder.path("parks.gpkg")
    (inputs.crs, inputs.extent) = (crs, extent)
    return inputs
  }

  private static func warning(_ inputs: InputOptions) throws -> HabitatWarning? {
    var options = CheckOptions()
    (options.inputs, options.threads) = (inputs, 2)
    let report = try options.check().run()
    #expect(report.errors.isEmpty, "\(report.errors)")
    return report.warnings.first { $0.slug == "crs-area" }
  }

  private static let earth = Extent(minX: -180, minY: -80, maxX: 180, maxY: 80)

  @Test("a globe on the grid of a zone is told, with an extent that leaves the park as it is")
  func globe() throws {
    try TemporaryFolder.with { folder in
      var inputs = try Self.inputs(Self.earth, step: 4, in: folder, crs: "EPSG:32652")
      // Few cells: the map stretches what is far from its meridian.
      inputs.resolution = "200000"
      let warning = try #require(try Self.warning(inputs))
      #expect(warning.what.contains("area of use of EPSG:32652"))
      #expect(warning.fix.contains("--extent parks"))
      var part = inputs
      part.extent = "parks"
      #expect(try Self.warning(part) == nil)
      func areas(_ inputs: InputOptions, _ out: String) throws -> AreaTable.Row? {
        var options = ScoreOptions()
        (options.inputs, options.species) = (inputs, "leopard")
        options.models = [
          try folder.write(
            LandCoverModel.text(scores: [Double](repeating: 50, count: 10)), to: "cover.json")
        ]
        options.species = nil
        (options.output, options.threads) = (folder.path(out), 2)
        return try options.run().landCover.row("1")
      }
      #expect(try areas(inputs, "whole") == areas(part, "part"))
    }
  }

  @Test(
    "where the CRS is made for half of the land, or for all of the Earth, nothing is said",
    arguments: [
      // Two thirds of nine degrees lie in the zone.
      (Extent(minX: 125, minY: 40, maxX: 134, maxY: 48), "EPSG:32652"),
      (earth, "EPSG:3857"), (earth, "EPSG:6933"),
      (earth, "+proj=laea +lat_0=43 +lon_0=131 +datum=WGS84"),
    ])
  func silent(box: Extent, crs: String) throws {
    try TemporaryFolder.with { folder in
      let inputs = try Self.inputs(box, step: box.width > 90 ? 4 : 0.5, in: folder, crs: crs)
      #expect(try Self.warning(inputs) == nil)
    }
  }
}
