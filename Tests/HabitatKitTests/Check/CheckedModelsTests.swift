import Documents
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("What check says of the models") struct CheckedModelsTests {
  private func check(
    _ folder: TemporaryFolder, _ change: (inout CheckOptions, TestLandscape) throws -> Void
  ) throws -> CheckReport {
    let landscape = try TestLandscape(in: folder)
    var options = CheckOptions()
    options.inputs = try landscape.options().inputs
    options.threads = 2
    try change(&options, landscape)
    return try options.check().run()
  }

  private func addLayers(_ options: inout CheckOptions, _ folder: TemporaryFolder) throws {
    options.inputs.roads = try folder.write(
      "{\"type\":\"LineString\",\"coordinates\":[[130.6,43.28],[131.0,43.30]]}", to: "r.geojson")
    options.inputs.settlements = try folder.write(
      "{\"type\":\"Point\",\"coordinates\":[130.8,43.31]}", to: "s.geojson")
  }

  @Test("without a species each model's lacks are told and are no fault") func told() throws {
    try TemporaryFolder.with { folder in
      let report = try check(folder) { _, _ in }
      #expect(report.models.map(\.species) == ["leopard", "tiger", "snow-leopard"])
      for model in report.models {
        #expect(model.needed.isEmpty && model.missing == ["roads", "settlements"])
      }
      #expect(report.errors.isEmpty && !report.warnings.contains { $0.slug == "layers-missing" })
      let lines = report.text.split(separator: "\n").filter { $0.contains(" runs without ") }
      #expect(lines.count == 3)
      // Table 8 is of the leopard, Table 9 of the tiger; of the snow leopard nothing was published.
      for (line, table) in zip(lines, ["Table 8", "Table 9", nil]) {
        #expect(line.contains("lower or higher than with them"))
        #expect(line.contains("not comparable with") == (table != nil))
        if let table { #expect(line.contains(table)) }
      }
      #expect(report.text.contains("Name --species for warnings"))
      let bare = try check(folder) { options, _ in options.inputs.dem = [] }
      #expect(bare.models.allSatisfy { !$0.canRun && $0.needed == ["elevation", "slope"] })
      #expect(bare.errors.isEmpty)
    }
  }

  @Test("figures of all layers stand beside published ones, unless the landscape is made up")
  func comparable() throws {
    try TemporaryFolder.with { folder in
      for isSynthetic in [false, true] {
        let report = try check(folder) { options, landscape in
          try addLayers(&options, folder)
          let inputs = options.inputs
          options.inputs = InputOptions()
          options.inputs.landscape = try folder.write(
            """
            { name: "Place", synthetic: \(isSynthetic), landCover: { tiles: \(inputs.landCover),
              legend: "ten_categories" }, elevation: { tiles: \(inputs.dem) },
              roads: { path: "r.geojson" }, settlements: { path: "s.geojson" } }
            """, to: "landscape.json")
        }
        let lines = report.text.split(separator: "\n").filter { $0.contains("has all its layers") }
        #expect(lines.count == 3)
        let words =
          isSynthetic ? "synthetic, so not comparable with Table" : "layers: of the same parks"
        #expect(lines.count { $0.contains(words) } == 2)
      }
    }
  }

  @Test("of a species asked for, a lack is an error or a warning as in a run") func asked() throws {
    try TemporaryFolder.with { folder in
      let bare = try check(folder) { options, _ in
        options.inputs.dem = []
        options.species = "tiger"
      }
      #expect(bare.errors.map(\.slug) == ["layer-missing"] && bare.outcome == .input)
      #expect(bare.models.map(\.species) == ["tiger"])
      let without = try check(folder) { options, _ in options.species = "tiger" }
      #expect(without.errors.isEmpty && without.outcome == .unmetQuality)
      #expect(!without.text.contains("Name --species"))
      let warning = try #require(without.warnings.first { $0.slug == "layers-missing" })
      #expect(warning.what.contains("not comparable with Table 9 of the NEASPEC report"))
      #expect(warning.fix.contains("download.geofabrik.de: the same file for both"))
      let unpublished = try check(folder) { options, _ in options.species = "snow-leopard" }
      let other = try #require(unpublished.warnings.first { $0.slug == "layers-missing" })
      #expect(other.what.contains("higher") && !other.what.contains("Table"))
      let error = #expect(throws: HabitatError.self) {
        try check(folder) { options, _ in options.species = "tigre" }
      }
      #expect(error?.slug == "unknown-species")
    }
  }

  @Test("with all layers a model is complete, and their files are described") func complete() throws
  {
    try TemporaryFolder.with { folder in
      let report = try check(folder) { options, _ in
        options.species = "leopard"
        try addLayers(&options, folder)
      }
      #expect(report.models.allSatisfy { $0.isComplete })
      #expect(!report.warnings.contains { $0.slug == "layers-missing" })
      #expect(report.vectors.map(\.layer) == ["parks", "roads", "settlements"])
      #expect(report.vectors.map(\.count) == [3, 1, 1])
      #expect(report.vectors.map(\.driver) == ["GPKG", "GeoJSON", "GeoJSON"])
    }
  }

  @Test("a model of land cover alone needs nothing else") func ownModel() throws {
    try TemporaryFolder.with { folder in
      let report = try check(folder) { options, _ in
        let text = LandCoverModel.text(scores: [Double](repeating: 50, count: 10))
        options.models = [try folder.write(text, to: "cover.json")]
        options.inputs.dem = []
      }
      #expect(report.models.map(\.species) == ["cover"] && report.models[0].isComplete)
      #expect(report.errors.isEmpty)
    }
  }

  @Test("what a run would cost is the forecast of --dry-run") func cost() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var score = try landscape.options()
      (score.species, score.memory) = ("tiger", 200)
      let forecast = try ScoreRun(score.request()).forecast()
      let report = try check(folder) { options, _ in
        (options.species, options.memory) = ("tiger", 200)
      }
      let cost = try #require(report.cost)
      // Times differ; all else is the same tiles, the same threads, the same files.
      #expect(cost.cells == forecast.cells && cost.species == 1 && cost.threads == forecast.threads)
      #expect(cost.memory == forecast.memory && cost.disk == forecast.disk && cost.seconds > 0)
      #expect(report.text.contains("Cost of a run: tiger on"))
      guard case .object(let members) = report.json, case .object(let expected) = forecast.json,
        case .object(let found) = members.first(where: { $0.key == "cost" })?.value
      else { throw HabitatError(.fault, "test", "no object", at: "cost", fix: "") }
      #expect(found.map(\.key) == expected.map(\.key))
      // Without a species: of all models that could run.
      #expect(try check(folder) { _, _ in }.cost?.species == 3)
    }
  }

  @Test("nothing is foretold of a run that would be refused, nor without a legend")
  func noCost() throws {
    try TemporaryFolder.with { folder in
      let changes: [(inout CheckOptions) -> Void] = [
        { $0.inputs.dem = [] }, { $0.inputs.legend = nil },
        { $0.inputs.roads = folder.path("none.gpkg") },
      ]
      for change in changes {
        let report = try check(folder) { options, _ in change(&options) }
        #expect(report.cost == nil && report.text.contains("not estimated"))
      }
    }
  }

  @Test("a budget of memory that no run could keep to is told") func memory() throws {
    try TemporaryFolder.with { folder in
      let report = try check(folder) { options, _ in options.memory = 16 }
      #expect(report.errors.map(\.slug) == ["memory-too-small"] && report.outcome == .cannotWrite)
    }
  }

  @Test("roads that a run would refuse or warn about are told") func roads() throws {
    try TemporaryFolder.with { folder in
      let report = try check(folder) { options, _ in
        try addLayers(&options, folder)
        options.inputs.roads = try folder.write(
          "{\"type\":\"LineString\",\"coordinates\":[[20,-30],[20,-31]]}", to: "far.geojson")
        options.inputs.settlements = folder.path("none.gpkg")
      }
      #expect(report.warnings.contains { $0.slug == "roads-elsewhere" })
      #expect(report.errors.map(\.slug) == ["input-missing"])
    }
  }

  @Test("built-up land too small for any patch is told before a run") func derived() throws {
    try TemporaryFolder.with { folder in
      let report = try check(folder) { options, landscape in
        var land = landscape.landCover
        for cell in land.cells.indices where land.cells[cell] == 10 { land.cells[cell] = 5 }
        try land.write(to: folder.path("landcover.tif"), on: landscape.grid)
        options.inputs.settlements = "derive"
      }
      #expect(report.warnings.contains { $0.slug == "settlements-none" })
    }
  }

  @Test("parks on DEM tiles of two lattices are covered by both together") func twoLattices() throws
  {
    try TemporaryFolder.with { folder in
      let report = try check(folder) { options, _ in
        // The west in degrees and the east in UTM; they overlap by a few cells.
        let west = try Grid.northUp(
          "EPSG:4326", west: 130.6, north: 43.4, step: 0.004, columns: 56, rows: 80)
        try Raster(west) { _, _ in Int16(300) }.write(to: folder.path("w.tif"), on: west)
        let east = try Grid.northUp(
          "EPSG:32652", west: 645_000, north: 4_810_000, step: 400, columns: 60, rows: 90)
        try Raster(east) { _, _ in Int16(300) }.write(to: folder.path("e.tif"), on: east)
        options.inputs.dem = [folder.path("w.tif"), folder.path("e.tif")]
      }
      for park in report.parks {
        let covered = try #require(park.elevationArea)
        #expect(abs(covered / park.area - 1) < 1e-9, "\(park.name)")
      }
      #expect(!report.errors.contains { $0.slug == "dem-does-not-cover" })
    }
  }
}
