import Documents
import Foundation
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("--dry-run") struct RunForecastTests {
  @Test("a forecast writes nothing and foretells the size of what a run writes")
  func disk() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder, columns: 300, rows: 300).options()
      options.layers = "class,score"
      let forecast = try ScoreRun(options.request()).forecast()
      #expect(!folder.has("out"))
      #expect(forecast.cells == 90_000)
      #expect(forecast.seconds > 0)
      #expect(forecast.memory > 0)
      try options.run()
      let bytes = try folder.files(in: "out").filter { $0.key.hasSuffix("_score.tif") }
        .reduce(0) { $0 + $1.value.count }
      // The score raster is scored whole, being smaller than a tile; small files come on top.
      #expect(forecast.disk > bytes)
      let all = try folder.files(in: "out").reduce(0) { $0 + $1.value.count }
      #expect(abs(Double(forecast.disk - all)) < 150_000)
    }
  }

  @Test("the forecast of a small folder is right, with any species and rasters")
  func smallFolders() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder, columns: 120, rows: 120)
      let requests = [("leopard", "class"), ("all", "class"), ("all", "class,resistance,limiting")]
      for (number, (species, layers)) in requests.enumerated() {
        var options = try landscape.options()
        (options.species, options.layers) = (species, layers)
        options.output = folder.path("out\(number)")
        let forecast = try ScoreRun(options.request()).forecast()
        #expect(forecast.refusal == nil)
        try options.run()
        let bytes = try folder.files(in: "out\(number)").reduce(0) { $0 + $1.value.count }
        // Below a megabyte a quarter is not much.
        #expect(abs(Double(forecast.disk) / Double(bytes) - 1) < 0.25, "\(species) \(layers)")
      }
    }
  }

  @Test("results of another run are no obstacle to a forecast, which names them")
  func otherResults() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      try options.run()
      let before = try folder.files(in: "out")
      // The same run again would renew its files.
      #expect(try ScoreRun(options.request()).forecast().refusal == nil)
      options.species = "tiger"
      let forecast = try ScoreRun(options.request()).forecast()
      #expect(forecast.refusal?.slug == "output-exists" && forecast.disk > 0)
      #expect(forecast.text.contains("The run itself would be refused: the folder holds results"))
      #expect(forecast.text.contains("--overwrite"))
      #expect(forecast.json.text.contains("\"slug\": \"output-exists\""))
      #expect(try folder.files(in: "out") == before)
      options.overwrite = true
      let allowed = try ScoreRun(options.request()).forecast()
      #expect(allowed.refusal == nil && !allowed.text.contains("refused"))
    }
  }

  @Test("a forecast meets the other refusals of a run")
  func refusals() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      let options = try landscape.options()
      var land = landscape.landCover
      land.cells[7] = 99
      try land.write(to: folder.path("landcover.tif"), on: landscape.grid)
      let error = #expect(throws: HabitatError.self) { try ScoreRun(options.request()).forecast() }
      #expect(error?.slug == "unknown-code")
    }
  }

  @Test("samples are whole tiles, each once, spread over the grid", arguments: [1, 3, 40])
  func sample(pairs: Int) throws {
    let grid = try Grid.northUp(
      "EPSG:32652", west: 0, north: 5e6, step: 30, columns: 21_000, rows: 9_000)
    let batches = TileBatches(of: grid, tilesAcross: 4).sample(of: pairs)
    let tiles = (0..<batches.count).flatMap(batches.tiles)
    #expect(tiles.allSatisfy { $0.columns == 512 && $0.rows == 512 })
    #expect(Set(tiles).count == tiles.count)
    #expect(tiles.allSatisfy { grid.window.intersection($0) == $0 })
    if pairs == 40 {
      // 41 columns of whole tiles: the last batch of a row has one of them.
      #expect(tiles.contains { $0.column == 40 * 512 })
      #expect(tiles.contains { $0.column < 5_000 } && tiles.contains { $0.column > 15_000 })
      #expect(tiles.contains { $0.row < 2_000 } && tiles.contains { $0.row > 6_500 })
    }
  }

  @Test("samples of some batches are of these alone, and know what the others do not hold")
  func sampleOfSome() throws {
    let grid = try Grid.northUp(
      "EPSG:32652", west: 0, north: 5e6, step: 30, columns: 20_480, rows: 20_480)
    let batches = TileBatches(of: grid, tilesAcross: 4)
    // Of 10 × 40 batches, those of one tile near the middle and of the five tiles of a row in the north.
    func isMeant(_ tiles: [Window]) -> Bool {
      tiles.contains {
        $0.row == 20 * 512 && $0.column == 21 * 512 || $0.row == 512 && $0.column < 5 * 512
      }
    }
    let sample = batches.sample(of: 2, after: 1, where: isMeant)
    #expect((0..<sample.count).allSatisfy { isMeant(sample.tiles(ofBatch: $0)) })
    #expect(Set((0..<sample.count).flatMap(sample.tiles)).count == 8)
    #expect(batches.cells(where: isMeant) == 3 * 4 * 512 * 512)
    #expect(batches.cells { !isMeant($0) } == 397 * 4 * 512 * 512)
    #expect(batches.sample(of: 2) { _ in false }.count == 0)
  }

  @Test("the batches of a grid are its tiles, each once, row by row", arguments: [1, 3, 8])
  func batches(tilesAcross: Int) throws {
    let grid = try Grid.northUp(
      "EPSG:32652", west: 0, north: 5e6, step: 30, columns: 2_100, rows: 1_030)
    let batches = TileBatches(of: grid, tilesAcross: tilesAcross)
    let tiles = (0..<batches.count).flatMap(batches.tiles)
    #expect(tiles.count == 15)
    #expect(tiles.reduce(0) { $0 + $1.cellCount } == grid.cellCount)
    #expect(tiles == tiles.sorted { ($0.row, $0.column) < ($1.row, $1.column) })
  }
}
