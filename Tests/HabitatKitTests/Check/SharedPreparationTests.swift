import Foundation
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("A run and a check prepare alike") struct SharedPreparationTests {
  /// What is wrong with the inputs, one more thing a line, in the order in which a run meets them.
  private static let faults:
    [(slug: String, make: @Sendable (inout InputOptions, TemporaryFolder) throws -> Void)] = [
      ("input-missing", { options, folder in options.parks = folder.path("no-parks.gpkg") }),
      (
        "not-a-raster",
        { options, folder in options.landCover.append(try folder.write("no raster", to: "z.tif")) }
      ),
      ("unknown-legend", { options, _ in options.legend = "no-such-legend" }),
      ("no-tiles", { options, folder in options.dem = [folder.path("no-dem*.tif")] }),
    ]

  @Test("check reports every fault, and a run the first of them", arguments: 0..<4)
  func faults(first: Int) throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, columns: 40, rows: 40)
      var score = try landscape.options()
      for fault in Self.faults[first...] { try fault.make(&score.inputs, folder) }
      var check = CheckOptions()
      check.inputs = score.inputs
      let errors = try check.check().run().errors
      #expect(Set(errors.map(\.slug)).isSuperset(of: Self.faults[first...].map(\.slug)))
      let stopped = #expect(throws: HabitatError.self) { try ScoreRun(score.request()) }
      let told = try #require(stopped)
      #expect(told.slug == Self.faults[first].slug)
      #expect(errors.contains(told))
    }
  }

  @Test("each broken tile of a layer is told, once")
  func everyTile() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, columns: 40, rows: 40)
      var check = CheckOptions()
      check.inputs = try landscape.options().inputs
      let broken = try ["y.tif", "z.tif"].map { try folder.write("no raster", to: $0) }
      check.inputs.landCover += broken
      let errors = try check.check().run().errors.filter { $0.slug == "not-a-raster" }
      #expect(errors.map(\.location) == broken)
    }
  }

  @Test("the forecast of a check is that of a run, warnings and cells alike")
  func forecast() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, columns: 60, rows: 40)
      let score = try landscape.options()
      var check = CheckOptions()
      (check.inputs, check.models, check.species) = (score.inputs, score.models, score.species)
      let cost = try #require(try check.check().run().cost)
      let run = try ScoreRun(score.request()).forecast()
      #expect(cost.cells == run.cells)
      #expect(cost.species == run.species)
    }
  }
}
