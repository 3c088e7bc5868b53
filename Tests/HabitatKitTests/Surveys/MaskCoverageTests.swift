import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

/// A square kilometre of UTM, in which the map's scale is off by less than two ten-thousandths.
@Suite("How far masks reach") struct MaskCoverageTests {
  private static func grid(
    west: Double = 640_000, north: Double = 4_800_000, step: Double = 100, columns: Int = 10,
    rows: Int = 10
  ) throws -> Grid {
    try .northUp(
      "EPSG:32652", west: west, north: north, step: step, columns: columns, rows: rows)
  }

  private static let layers = ["forest-type", "rice", "water"]

  /// The warnings about a layer whose raster is 0 everywhere on a grid.
  private func warnings(
    _ layer: String, on mask: Grid, parks: PolygonShape? = nil, landscape: String? = nil,
    in folder: TemporaryFolder
  ) throws -> [HabitatWarning] {
    let grid = try Self.grid()
    try Raster(grid) { _, _ in UInt8(10) }.write(to: folder.path("cover.tif"), on: grid)
    try Raster(mask) { _, _ in UInt8(0) }.write(to: folder.path("mask.tif"), on: mask)
    var options = ScoreOptions()
    if let landscape {
      options.inputs.landscape = try folder.write(landscape, to: "landscape.json")
    } else {
      options.inputs.landCover = [folder.path("cover.tif")]
      options.inputs.legend = "esa_worldcover"
      switch layer {
      case "forest-type": options.inputs.forestType = folder.path("mask.tif")
      case "rice": options.inputs.rice = folder.path("mask.tif")
      default: options.inputs.water = folder.path("mask.tif")
      }
    }
    if let parks {
      try [NamedPolygon("1", "A", parks)].write(to: folder.path("parks.gpkg"), crs: "EPSG:32652")
      options.inputs.parks = folder.path("parks.gpkg")
    }
    options.models = [
      try folder.write(
        LandCoverModel.text(scores: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]), to: "cover.json")
    ]
    (options.output, options.overwrite) = (folder.path("out"), true)
    let warnings = try options.run().warnings
    var checking = CheckOptions()
    (checking.inputs, checking.models) = (options.inputs, options.models)
    let checked = try checking.check().run().warnings
    func own(_ warnings: [HabitatWarning]) -> [HabitatWarning] {
      warnings.filter { $0.slug.hasSuffix("-elsewhere") || $0.slug.hasSuffix("-partial") }
    }
    // Both say the same.
    #expect(own(warnings) == own(checked))
    return own(warnings)
  }

  @Test("a mask of another region changes no cell, and that is told", arguments: layers)
  func elsewhere(layer: String) throws {
    try TemporaryFolder.with { folder in
      let warnings = try warnings(layer, on: Self.grid(west: 740_000), in: folder)
      #expect(warnings.map(\.slug) == ["\(layer)-elsewhere"])
    }
  }

  @Test("the land beside a mask is told in km²", arguments: layers)
  func partial(layer: String) throws {
    try TemporaryFolder.with { folder in
      // The northern half.
      let half = try Self.grid(rows: 5)
      let ofRaster = try warnings(layer, on: half, in: folder)
      #expect(ofRaster.map(\.slug) == ["\(layer)-partial"])
      #expect(ofRaster.first?.what.hasPrefix("0.500 km² of 1.000 km² of the raster lie") == true)
      // A park of 0.2 × 0.4 km, a quarter of it in that half.
      let park = PolygonShape.box(640_400, 4_799_200, 640_600, 4_799_600)
      let ofPark = try warnings(layer, on: half, parks: park, in: folder)
      #expect(ofPark.map(\.slug) == ["\(layer)-partial"])
      #expect(ofPark.first?.what.hasPrefix("0.060 km² of 0.080 km² of the parks lie") == true)
    }
  }

  @Test("a mask that covers what is asked for is nothing to tell", arguments: layers)
  func silent(layer: String) throws {
    try TemporaryFolder.with { folder in
      // The land cover's own grid; finer cells that reach beyond it; degrees; as far as the park.
      let fine = try Self.grid(west: 639_967, north: 4_800_041, step: 30, columns: 40, rows: 40)
      let degrees = try Grid.northUp(
        "EPSG:4326", west: 130.7, north: 43.36, step: 0.002, columns: 30, rows: 20)
      for mask in [try Self.grid(), fine, degrees] {
        #expect(try warnings(layer, on: mask, in: folder).isEmpty)
      }
      let park = PolygonShape.box(640_400, 4_799_600, 640_600, 4_799_900)
      #expect(try warnings(layer, on: Self.grid(rows: 5), parks: park, in: folder).isEmpty)
    }
  }

  @Test("what the landscape settles where a mask ends is its maker's own word") func settled()
    throws
  {
    try TemporaryFolder.with { folder in
      for (layer, key) in [("rice", "rice"), ("forest-type", "forestType")] {
        let landscape = """
          { name: "x", landCover: { tiles: ["cover.tif"], legend: "esa_worldcover" },
            refine: { \(key): "mask.tif", defaultForest: "forest_conifer", ricePossible: false } }
          """
        let half = try Self.grid(rows: 5)
        let found = try warnings(layer, on: half, landscape: landscape, in: folder)
        #expect(found.isEmpty)
      }
    }
  }
}
