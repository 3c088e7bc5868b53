import Documents
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("What explain says") struct CellExplainerTests {
  /// The four rasters of a run, to be compared cell by cell.
  private struct Written {
    var classes: [UInt8]
    var scores: [Float]
    var resistances: [Float]
    var limiting: [UInt8]

    init(_ folder: String, _ grid: Grid) throws {
      func cells<Cell: RasterCell>(_ layer: String, _ zero: Cell) throws -> [Cell] {
        var cells = [Cell](repeating: zero, count: grid.cellCount)
        try RasterDataset(reading: "\(folder)/leopard_\(layer).tif").read(
          grid.window, band: 1, into: &cells)
        return cells
      }
      classes = try cells("class", 0)
      scores = try cells("score", 0)
      resistances = try cells("resistance", 0)
      limiting = try cells("limiting", 0)
    }
  }

  @Test(
    "every cell is explained as the rasters hold it",
    arguments: ["EPSG:32652", "EPSG:4326", "EPSG:3857"])
  func equalsRasters(crs: String) throws {
    try TemporaryFolder.with { folder in
      // 3 × 3,500 cells; the DEM ends within the grid, so that some have no height.
      let landscape = try TestLandscape(in: folder, columns: 70, rows: 50, crs: crs, seed: 4)
      var options = try landscape.options()
      options.layers = "class,score,resistance,limiting"
      options.inputs.allowGaps = true
      try options.run()
      let written = try Written(folder.path("out"), landscape.grid)
      let request = try options.request()
      var explainer = try CellExplainer(
        try PreparedInputs(
          opening: request.landscape, RasterSelections(of: request.landscape),
          models: request.models, customGrid: request.grid, allowGaps: true))
      var differences = 0
      for row in 0..<50 {
        for column in 0..<70 {
          let cell = row * 70 + column
          let found = try explainer.explain(column: column, row: row).species[0]
          let isSame =
            found.classCode == written.classes[cell] && found.score == written.scores[cell]
            && found.resistance == written.resistances[cell]
            && found.limitingCode == written.limiting[cell]
          if !isSame { differences += 1 }
        }
      }
      #expect(differences == 0)
    }
  }

  /// The cell in column 10 and row 5: 130.72 + 10.5 · 0.0035 and 43.34 − 5.5 · 0.0035.
  private static func explanation(
    of landscape: TestLandscape, species: String
  ) throws -> CellExplanation {
    var options = ExplainOptions()
    (options.inputs, options.species) = (try landscape.options().inputs, species)
    options.place = "130.75675,43.32075"
    return try options.explanation()
  }

  @Test("a place is found in its cell, and its score follows from the layers") func place() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, crs: "EPSG:4326")
      let found = try Self.explanation(of: landscape, species: "leopard")
      #expect(found.column == 10 && found.row == 5)
      let code = landscape.landCover[10, 5]
      #expect(found.code == Int(code))
      let species = found.species[0]
      // The uncapped score is 100 · e^(−Σ losses).
      let losses = species.layers.compactMap(\.loss)
      if let uncapped = species.uncappedScore, losses.allSatisfy(\.isFinite) {
        let expected = 100 * Double.exponential(of: -losses.reduce(0, +))
        #expect(abs(uncapped - expected) < 1e-9)  // a few roundings of numbers near 100
      }
      #expect(abs(species.layers.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    }
  }

  @Test("people read names, values with units and what a loss is") func text() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, crs: "EPSG:4326")
      let found = try Self.explanation(of: landscape, species: "all")
      let category = try #require(LandCategory(key: found.category))
      let lines = found.text.split(separator: "\n").map(String.init)
      // The fact, and the value of the land cover in each of three tables.
      #expect(lines.count { $0.contains("Land cover") && $0.contains(category.name) } == 4)
      #expect(!found.text.contains("forest_") && found.text.contains(" m "))
      #expect(found.text.contains("-weight · ln(sub-score / 100)"))
      #expect(found.text.contains("without roads and settlements; the score is lower or higher"))
      // The losses that are shown follow from the weights and sub-scores that are shown.
      for layer in found.species.flatMap(\.layers) {
        guard let subscore = layer.subscore, let loss = layer.loss, loss.isFinite else { continue }
        #expect(abs(100 * Double.exponential(of: -loss / layer.weight) - subscore) < 1e-9)
      }
    }
  }

  @Test("a distance beyond what is measured is told as at least that")
  func farDistance() throws {
    try TemporaryFolder.with { folder in
      let score = try TestLandscape(in: folder).options()
      var options = ExplainOptions()
      (options.inputs, options.species, options.place) = (score.inputs, "leopard", "130.8,43.28")
      func settlements(at longitude: Double) throws -> CellExplanation {
        options.inputs.settlements = try folder.write(
          "{\"type\":\"Point\",\"coordinates\":[\(longitude),43.28]}", to: "\(longitude).geojson")
        return try options.explanation()
      }
      // 0.4° of longitude are 32 km there, 0.01° are 0.8 km; the leopard's curve ends at 10 km.
      let far = try settlements(at: 131.2)
      #expect(
        far.text.contains("at least 10,000 m") && far.json.text.contains("\"at_least\": true"))
      let near = try settlements(at: 130.81)
      #expect(!near.text.contains("at least") && !near.json.text.contains("\"at_least\": true"))
    }
  }

  @Test("a place outside is refused, and swapped coordinates are told")
  func outside() throws {
    try TemporaryFolder.with { folder in
      let score = try TestLandscape(in: folder).options()
      var options = ExplainOptions()
      (options.inputs, options.species, options.place) = (score.inputs, "leopard", "43.28,130.8")
      let error = #expect(throws: HabitatError.self) { try options.explanation() }
      #expect(error?.slug == "place-outside" && error?.kind == .input)
      #expect(error?.fix == "longitude comes first: --at 130.8,43.28")
      options.place = "there"
      let usage = #expect(throws: HabitatError.self) { try options.explanation() }
      #expect(usage?.kind == .usage)
    }
  }
}

extension Double {
  /// eˣ by its series, halved until it converges fast: no library function as its own oracle.
  fileprivate static func exponential(of x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    let small = x / 1024
    for n in 1...20 {
      term *= small / Double(n)
      sum += term
    }
    return (0..<10).reduce(sum) { power, _ in power * power }
  }
}
