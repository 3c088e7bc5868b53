import Foundation
import HabitatKit
import RasterCore
import Testing

/// A program of somebody else: this target sees what is `public` and nothing more, and has no helper of ours.
@Suite("The library as an outsider uses it") struct LibraryClientTests {
  /// Four columns of a hundredth of a degree, broadleaf forest on the left, water on the right.
  private static let landCover = """
    ncols 4
    nrows 4
    xllcorner 131
    yllcorner 43
    cellsize 0.01
    1 1 6 6
    1 1 6 6
    1 1 6 6
    1 1 6 6

    """
  private static let park = """
    {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Border"},
     "geometry": {"type": "Polygon", "coordinates": [[[131, 43], [131.04, 43], [131.04, 43.04], [131, 43.04],
     [131, 43]]]}}]}
    """
  private static let model = """
    { species: "forest", title: "Forest dweller", version: "1.0.0",
      combine: { rule: "weightedGeometricMean", cap: null },
      layers: { landCover: { weight: 1, scores: { forest_broadleaf: 90, forest_mixed: 90, forest_conifer: 70,
        shrub: 65, meadow: 40, water: 0, bare: 20, cultivated: 35, rice: 10, built: 0 } } },
      classes: { minimum: 30, medium: 60, maximum: 80 }, sources: [] }
    """

  private static func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("habitat-client-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [("lc.asc", landCover), ("parks.geojson", park), ("forest.json", model)] {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    try body(folder)
  }

  private static func inputs(in folder: URL) -> InputOptions {
    var inputs = InputOptions()
    inputs.landCover = [folder.appendingPathComponent("lc.asc").path]
    inputs.assumedCRS = ["landcover=EPSG:4326"]
    inputs.legend = "ten_categories"
    inputs.parks = folder.appendingPathComponent("parks.geojson").path
    return inputs
  }

  @Test("score, read the table, verify, and report") func score() throws {
    try Self.inFolder { folder in
      var options = ScoreOptions()
      options.inputs = Self.inputs(in: folder)
      options.models = [folder.appendingPathComponent("forest.json").path]
      options.output = folder.appendingPathComponent("out").path
      let result = try ScoreRun(try options.request()).run()
      let table = try #require(result.species.first).table
      let park = try #require(table.rows.first)
      #expect(table.partKeys.first == "not_suitable" && table.partKeys.last == "maximum")
      // Half of 0.04 × 0.04 degrees on WGS 84: Δλ · b²/2 · (sin φ / (1 − e² sin² φ) + artanh(e sin φ) / e), from 43°
      // to 43.04°, is 7.244561737… km².
      let half = 7.244561737694822
      #expect(park.name == "Border" && abs(park.area - 2 * half) < 1e-6)
      #expect(abs((park.parts.first ?? 0) - half) < 1e-6)
      #expect(abs((park.parts.last ?? 0) - half) < 1e-6)
      #expect(!result.isIncomplete && result.text(as: .table).contains("Border"))

      _ = try RunReport(folder: options.output).write()
      var verification = VerificationOptions(folder: options.output)
      verification.rerun = true
      let report = try verification.verify()
      #expect(report.isSame && report.rerun?.same == report.rerun?.total)
    }
  }

  @Test("check inputs, and explain a place") func checkAndExplain() throws {
    try Self.inFolder { folder in
      var check = CheckOptions()
      check.inputs = Self.inputs(in: folder)
      check.models = [folder.appendingPathComponent("forest.json").path]
      let report = try check.check().run()
      #expect(report.errors.isEmpty && report.parks.map(\.name) == ["Border"])
      var explain = ExplainOptions()
      (explain.inputs, explain.models, explain.place) = (
        check.inputs, check.models, "131.005,43.005"
      )
      let place = try explain.explanation()
      #expect(place.species.map(\.score) == [90])
    }
  }

  @Test("a failure says what, where and how to mend it") func failure() throws {
    var options = ScoreOptions()
    options.species = "leopard"
    options.inputs.landCover = ["/nowhere/lc.tif"]
    options.inputs.legend = "ten_categories"
    let error = #expect(throws: HabitatError.self) {
      try ScoreRun(try options.request()).run()
    }
    #expect(error?.kind == .input && error?.location.contains("/nowhere/lc.tif") == true)
    #expect(error?.what.isEmpty == false && error?.fix.isEmpty == false)
  }
}
