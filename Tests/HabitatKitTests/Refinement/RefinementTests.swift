import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Refinement layers") struct RefinementTests {
  /// WorldCover codes: trees, crops, herbaceous wetland, water, none; forest types and masks beside them.
  private static let codes: [UInt8] = [10, 10, 10, 10, 10, 40, 40, 40, 80, 0]

  private func tables(
    _ folder: TemporaryFolder, forest: [UInt8]? = nil, rice: [UInt8]? = nil, water: [UInt8]? = nil,
    nodata: [String] = [], excludingRice: Bool = false, codes: [UInt8] = RefinementTests.codes,
    legend: String = "esa_worldcover"
  ) throws -> (landCover: AreaTable, cell: Double, json: String, warnings: [HabitatWarning]) {
    let grid = try Grid.northUp(
      "EPSG:32652", west: 640_000, north: 4_800_000, step: 100, columns: 10, rows: 1)
    func write(_ cells: [UInt8], _ name: String) throws -> String {
      try Raster(columns: 10, rows: 1, cells: cells).write(to: folder.path(name), on: grid)
      return folder.path(name)
    }
    var options = ScoreOptions()
    options.inputs.landCover = [try write(codes, "cover.tif")]
    options.inputs.legend = legend
    options.models = [
      try folder.write(
        LandCoverModel.text(scores: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]), to: "cover.json")
    ]
    options.inputs.forestType = try forest.map { try write($0, "forest.tif") }
    options.inputs.rice =
      try rice.map { try write($0, "rice.tif") } ?? (excludingRice ? "none" : nil)
    options.inputs.water = try water.map { try write($0, "water.tif") }
    options.inputs.nodata = nodata
    options.output = folder.path("out")
    options.overwrite = true
    let result = try options.run()
    return (
      result.landCover, result.landCover.rows[0].area / 10,
      String(decoding: try folder.contents(of: "out/cover_areas.json"), as: UTF8.self),
      result.warnings
    )
  }

  /// Cells of each category 1…10, from areas of cells that differ by less than 1e-4.
  private func cells(
    _ found: (landCover: AreaTable, cell: Double, json: String, warnings: [HabitatWarning])
  ) -> [Int] {
    found.landCover.rows[0].parts.map { Int(($0 / found.cell).rounded()) }
  }

  @Test("without layers the crosswalk's own categories stand") func none() throws {
    try TemporaryFolder.with { folder in
      let found = try tables(folder)
      #expect(cells(found) == [5, 0, 0, 0, 0, 1, 0, 3, 0, 0])
      // Five cells of trees and three of crops, of 0.01 km² each.
      try #require(found.warnings.map(\.slug) == ["leaf-type-assumed", "rice-assumed"])
      #expect(found.warnings[0].what.hasPrefix("0.050 km² of the raster are forest of unknown"))
      #expect(found.warnings[0].what.hasSuffix("count as broadleaf forest"))
      #expect(
        found.warnings[1].what.hasPrefix("0.030 km² of the raster are fields that may be rice"))
      #expect(found.warnings[1].what.hasSuffix("count as cultivated fields"))
    }
  }

  @Test(
    "where no rice grows, land is what a mask of zeros makes of it, and nothing is said of rice",
    arguments: [
      ("esa_worldcover", RefinementTests.codes),
      // Irrigated cropland is rice in this crosswalk, rainfed may be.
      ("esa_cci_lc", [20, 20, 10, 10, 130, 50, 210, 190, 11, 0]),
      ("ten_categories", [9, 9, 8, 1, 2, 3, 4, 5, 6, 0]),
    ])
  func noRice(legend: String, codes: [UInt8]) throws {
    try TemporaryFolder.with { folder in
      let masked = try tables(
        folder, rice: [UInt8](repeating: 0, count: 10), codes: codes, legend: legend)
      let excluded = try tables(folder, excludingRice: true, codes: codes, legend: legend)
      #expect(excluded.landCover.rows == masked.landCover.rows)
      #expect(excluded.json == masked.json)
      #expect(!excluded.warnings.contains { "\($0)".contains("rice") })
      // The record says so, and starts the same run again.
      let record = String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
      #expect(record.contains("\"rice\": \"none\""))
      var again = VerificationOptions(folder: folder.path("out"))
      again.rerun = true
      let report = try again.verify()
      #expect(report.rerun == report.outputs)
    }
  }

  @Test("defaults of the landscape are its maker's own word") func chosenDefaults() throws {
    try TemporaryFolder.with { folder in
      let request = try { () throws -> ScoreRequest in
        _ = try tables(folder)
        var options = ScoreOptions()
        options.inputs.landscape = try folder.write(
          """
          { name: "x", landCover: { tiles: ["cover.tif"], legend: "esa_worldcover" },
            refine: { defaultForest: "forest_conifer", ricePossible: false } }
          """, to: "landscape.json")
        (options.models, options.output) = ([folder.path("cover.json")], folder.path("other"))
        return try options.request()
      }()
      let result = try ScoreRun(request).run()
      #expect(result.warnings.map(\.slug) == [])
      #expect(
        result.species[0].notes[0].hasPrefix("Forest of unknown leaf type counts as coniferous"))
      // Where no rice grows there is none to speak of.
      #expect(!result.species[0].notes.contains { $0.contains("rice") })
    }
  }

  @Test("a legend that name or metadata speak against is warned about, not refused")
  func doubtfulLegend() throws {
    try TemporaryFolder.with { folder in
      _ = try tables(folder)
      try FileManager.default.moveItem(
        atPath: folder.path("cover.tif"), toPath: folder.path("ESA_WorldCover_10m_2021.tif"))
      var options = ScoreOptions()
      options.inputs.landCover = [folder.path("ESA_WorldCover_10m_2021.tif")]
      (options.models, options.output) = ([folder.path("cover.json")], folder.path("other"))
      for (legend, isDoubtful) in [("from_glc10", true), ("esa_worldcover", false)] {
        options.inputs.legend = legend
        options.overwrite = true
        let doubt = try options.run().warnings.first { $0.slug == "legend-doubtful" }
        #expect((doubt != nil) == isDoubtful)
        if let doubt { #expect(doubt.fix.contains("--legend esa_worldcover")) }
      }
    }
  }

  @Test("forest types 1, 3 are conifers, 2, 4 broadleaf, 5 mixed; 0 leaves the category")
  func forestType() throws {
    try TemporaryFolder.with { folder in
      // On crops (the sixth) and water (the ninth) a forest type changes nothing.
      let found = try tables(folder, forest: [1, 3, 5, 2, 0, 1, 0, 0, 1, 1])
      #expect(cells(found) == [2, 1, 2, 0, 0, 1, 0, 3, 0, 0])
    }
  }

  @Test("a rice mask makes rice of codes that may hide it") func rice() throws {
    try TemporaryFolder.with { folder in
      let found = try tables(folder, rice: [1, 0, 0, 0, 0, 1, 0, 255, 1, 1], nodata: ["rice=255"])
      #expect(cells(found) == [5, 0, 0, 0, 0, 1, 0, 2, 1, 0])
      // Settled by the mask: two cells of crops; still open: the one where it has no value.
      #expect(found.json.contains("\"rice_km2\": 0.010"))
    }
  }

  @Test("a water mask makes water of any land cover, and of no nodata") func water() throws {
    try TemporaryFolder.with { folder in
      let found = try tables(
        folder, water: [1, 0, 0, 0, 255, 1, 0, 0, 0, 1], nodata: ["water=255"])
      #expect(cells(found) == [4, 0, 0, 0, 0, 3, 0, 2, 0, 0])
    }
  }

  @Test(
    "codes that mean nothing there are refused by name, 255 of a mask among them",
    arguments: [UInt8(2), 80, 254, 255], ["water", "rice", "forest-type"])
  func unknownCodes(code: UInt8, layer: String) throws {
    // A forest type, and no value in the product's own words.
    if layer == "forest-type", [2, 255].contains(code) { return }
    try TemporaryFolder.with { folder in
      let cells = [code] + [UInt8](repeating: 0, count: 9)
      let error = #expect(throws: HabitatError.self) {
        switch layer {
        case "water": try tables(folder, water: cells)
        case "rice": try tables(folder, rice: cells)
        default: try tables(folder, forest: cells)
        }
      }
      #expect(error?.slug == "refinement-code")
      #expect(error?.what.contains("\(code)") == true)
    }
  }

  @Test("255 of forest types is no value, as the product has it") func forestWithoutValue() throws {
    try TemporaryFolder.with { folder in
      let found = try tables(folder, forest: [1, 255, 255, 255, 255, 0, 0, 0, 0, 0])
      #expect(cells(found) == [4, 0, 1, 0, 0, 1, 0, 3, 0, 0])
    }
  }
}
