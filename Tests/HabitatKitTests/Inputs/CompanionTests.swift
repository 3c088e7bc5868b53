import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Companions beside a DEM") struct CompanionTests {
  /// A folder of the landscape's DEM and of others on its grid: the table is that of the DEM alone.
  private func run(
    _ makeCompanions: (TemporaryFolder, Grid) throws -> Void, path: String
  ) throws -> [HabitatWarning] {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.species = "tiger"
      let plain = try options.run()
      try folder.makeFolder("d")
      try TestLandscape.writeTerrain(to: folder.path("d/N043E130_DSM.tif"))
      let grid = try Grid.northUp(
        "EPSG:4326", west: 130.6, north: 43.4, step: 0.004, columns: 110, rows: 80)
      try makeCompanions(folder, grid)
      options.inputs.dem = [folder.path(path)]
      options.output = folder.path("other")
      let result = try options.run()
      #expect(result.species.map(\.table) == plain.species.map(\.table))
      var check = CheckOptions()
      check.inputs = options.inputs
      let report = try check.check().run()
      #expect(report.errors.isEmpty)
      let slug = "companion-left-out"
      #expect(
        report.warnings.filter { $0.slug == slug } == result.warnings.filter { $0.slug == slug })
      #expect(result.warnings.filter { $0.slug != slug } == plain.warnings)
      return result.warnings.filter { $0.slug == slug }
    }
  }

  @Test("a mask and a stack count of AW3D30 are no heights", arguments: ["d", "d/*.tif"])
  func counts(path: String) throws {
    let warnings = try run(
      { folder, grid in
        for name in ["MSK", "STK"] {
          try Raster<UInt8>(columns: 110, rows: 80, filledWith: 12).write(
            to: folder.path("d/N043E130_\(name).tif"), on: grid)
        }
      }, path: path)
    #expect(warnings.count == 1)
    #expect(
      warnings.first?.what.contains("(ALOS AW3D30): N043E130_MSK.tif, N043E130_STK.tif") == true)
  }

  @Test("a slope of any name is none, for its band says so") func described() throws {
    let warnings = try run(
      { folder, grid in
        try Raster<Float>(columns: 110, rows: 80, filledWith: 12).write(
          to: folder.path("x.tif"), on: grid)
        let band = VirtualRaster.Band(
          source: "../x.tif", typeName: "Float32", header: "<UnitType>degrees</UnitType>")
        _ = try VirtualRaster(grid, [band]).write(to: "d/z.vrt", in: folder)
      }, path: "d")
    #expect(warnings.map(\.what).contains { $0.contains("z.vrt") })
  }

  @Test("a DEM alone in its folder says nothing") func alone() throws {
    #expect(try run({ _, _ in }, path: "d").isEmpty)
  }

  @Test("a VRT over a DEM and its counts is told, one over a DEM is not") func mosaic() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "EPSG:4326", west: 130.6, north: 43.4, step: 0.004, columns: 11, rows: 8)
      for name in ["a_dem.tif", "a_num.tif"] {
        try Raster<Int16>(columns: 11, rows: 8, filledWith: 500).write(
          to: folder.path(name), on: grid)
      }
      for (sources, warns) in [(["a_dem.tif"], false), (["a_dem.tif", "a_num.tif"], true)] {
        var check = CheckOptions()
        check.inputs.dem = [
          try VirtualRaster(grid, sources.map { .init(source: $0, typeName: "Int16") })
            .write(to: "m.vrt", in: folder)
        ]
        let found = try check.check().run().warnings
        #expect(found.contains { $0.slug == "companion-in-vrt" } == warns)
      }
    }
  }
}
