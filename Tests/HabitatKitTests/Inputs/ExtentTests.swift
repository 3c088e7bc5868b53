import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

/// A law: on one lattice an extent chooses cells and changes none.
@Suite("Extents change no cell") struct ExtentTests {
  /// What a run left.
  private struct Outcome {
    let rasters: [String: Raster<Float>]
    let grid: Grid
    let tables: [AreaTable]
  }

  /// Enough for every place and kind of extent in a few seconds; more by `HABITAT_EXTENT_SEEDS`.
  private static let seeds =
    0..<(ProcessInfo.processInfo.environment["HABITAT_EXTENT_SEEDS"].flatMap { UInt64($0) } ?? 2)

  private static let names = ["class", "score", "resistance", "limiting"]

  private static func run(
    _ scene: RandomScene, _ name: String, extent: String? = nil,
    _ change: (inout ScoreOptions) -> Void = { _ in }
  ) throws -> Outcome {
    var options = scene.options
    options.output = scene.folder.path(name)
    options.inputs.extent = extent
    options.inputs.allowGaps = true
    change(&options)
    let result = try options.run()
    var rasters: [String: Raster<Float>] = [:]
    var grid: Grid?
    for layer in names {
      let dataset = try RasterDataset(
        reading: scene.folder.path("\(name)/\(scene.species)_\(layer).tif"))
      // Whatever cannot be copied is no argument of a macro.
      let (crs, geotransform) = (dataset.crs, dataset.geotransform)
      let found = Grid(
        crs: try #require(crs), geotransform: try #require(geotransform),
        columns: dataset.columns, rows: dataset.rows)
      var cells = [Float](repeating: 0, count: found.cellCount)
      try dataset.read(found.window, band: 1, into: &cells)
      rasters[layer] = Raster(columns: found.columns, rows: found.rows, cells: cells)
      grid = found
    }
    return Outcome(
      rasters: rasters, grid: try #require(grid),
      tables: result.species.map(\.table) + [result.landCover])
  }

  /// Every cell that both hold has the same bits, and every park the same six decimals.
  private static func expectAlike(
    _ one: Outcome, _ other: Outcome, turns: Double = 0, _ what: Comment
  ) {
    let origin = other.grid.geotransform
    let corner = one.grid.index(
      of: Point(x: origin.originX + turns * (one.grid.crs.turn ?? 0), y: origin.originY))
    let (column, row) = (Int(corner.x.rounded()), Int(corner.y.rounded()))
    #expect(abs(corner.x - corner.x.rounded()) < 1e-4, what)
    #expect(abs(corner.y - corner.y.rounded()) < 1e-4, what)
    let shared = one.grid.window.intersection(
      other.grid.window.moved(columns: column, rows: row))
    guard let shared else {
      Issue.record("no cell is in both")
      return
    }
    for name in names {
      let mine = one.rasters[name]!.cut(shared)
      let others = other.rasters[name]!.cut(shared.moved(columns: -column, rows: -row))
      let differing = mine.cells.indices.filter { mine.cells[$0] != others.cells[$0] }
      let first = differing.first.map { "\(mine.cells[$0]) \(others.cells[$0])" } ?? ""
      #expect(differing.isEmpty, "\(what): \(differing.count) cells of \(name), \(first)")
    }
    for (mine, others) in zip(one.tables, other.tables) {
      for (a, b) in zip(mine.allRows, others.allRows) {
        func text(_ row: AreaTable.Row) -> [String] {
          ([row.area] + row.parts + [row.nodata, row.outside]).map { $0.formatted(decimals: 6) }
        }
        #expect(text(a) == text(b), what)
      }
    }
  }

  /// The text of an extent of whole cells, and of a share of one more.
  private static func extent(of window: Window, on grid: Grid, shift: Point, turns: Double = 0)
    -> String
  {
    let (west, north) = (Double(window.column) + shift.x, Double(window.row) + shift.y)
    let a = grid.point(column: west, row: north + Double(window.rows))
    let b = grid.point(column: west + Double(window.columns), row: north)
    let turn = turns * (grid.crs.turn ?? 0)
    return "\(a.x + turn),\(a.y),\(b.x + turn),\(b.y)"
  }

  /// A window that holds `inner` and ends beyond the grid now and then.
  private static func window(
    around inner: Window, _ grid: Grid, _ random: inout SeededGenerator
  ) -> Window {
    let west = Int.random(in: -6...inner.column, using: &random)
    let north = Int.random(in: -6...inner.row, using: &random)
    let east = Int.random(in: inner.columnRange.upperBound...grid.columns + 6, using: &random)
    let south = Int.random(in: inner.rowRange.upperBound...grid.rows + 6, using: &random)
    return Window(column: west, row: north, columns: east - west, rows: south - north)
  }

  @Test(
    "cells and km² of the land cover's grid are those of any extent on its lattice",
    arguments: RandomScene.places, seeds)
  func own(place: RandomScene.Place, seed: UInt64) throws {
    try TemporaryFolder.with { folder in
      var random = SeededGenerator(seed: 100 + seed)
      var scene = try RandomScene(place, in: folder, using: &random)
      let inner = Window(column: 17, row: 12, columns: 24, rows: 20)
      try scene.addParks(in: inner)
      let whole = try Self.run(scene, "whole")
      let window = Self.window(around: inner, scene.grid, &random)
      // Now and then a turn further west, where there are turns.
      let turns = seed % 2 == 1 && scene.grid.crs.turn != nil ? -1.0 : 0
      let part = try Self.run(
        scene, "part",
        extent: Self.extent(
          of: window, on: scene.grid, shift: Point(x: 0, y: 0), turns: turns))
      Self.expectAlike(whole, part, turns: -turns, "\(window)")
    }
  }

  /// Two tiles side by side, the parks in the eastern one.
  private static func twoTiles(
    _ place: RandomScene.Place, in folder: TemporaryFolder
  ) throws -> RandomScene {
    var random = SeededGenerator(seed: 300)
    var scene = try RandomScene(place, in: folder, using: &random, columns: 600, rows: 36)
    try scene.addParks(in: Window(column: 530, row: 8, columns: 30, rows: 20))
    return scene
  }

  @Test("so are those of the box of the parks", arguments: RandomScene.places.dropLast())
  func aroundParks(place: RandomScene.Place) throws {
    try TemporaryFolder.with { folder in
      let scene = try Self.twoTiles(place, in: folder)
      let whole = try Self.run(scene, "whole")
      let part = try Self.run(scene, "part", extent: "parks")
      Self.expectAlike(whole, part, "\(place.name)")
      #expect(part.grid.columns == 88 && part.grid.rows == 36)
      var again = VerificationOptions(folder: folder.path("part"))
      again.rerun = true
      #expect(try again.verify().isSame)
    }
  }

  /// The western tile lies farther from the parks than nothing, the eastern one holds them.
  @Test(
    "a mask takes whole tiles away and changes no other", arguments: RandomScene.places.dropLast())
  func masked(place: RandomScene.Place) throws {
    try TemporaryFolder.with { folder in
      let scene = try Self.twoTiles(place, in: folder)
      let whole = try Self.run(scene, "whole")
      let masked = try Self.run(scene, "masked") { $0.inputs.mask = "parks" }
      #expect(masked.grid == whole.grid)
      let kept = Window(column: 512, row: 0, columns: 88, rows: 36)
      let taken = Window(column: 0, row: 0, columns: 512, rows: 36)
      let nodata: [String: Float] = ["class": 0, "score": -1, "resistance": -1, "limiting": 0]
      for name in Self.names {
        #expect(masked.rasters[name]!.cut(kept).cells == whole.rasters[name]!.cut(kept).cells)
        #expect(masked.rasters[name]!.cut(taken).cells.allSatisfy { $0 == nodata[name] })
        #expect(whole.rasters[name]!.cut(taken).cells.contains { $0 != nodata[name] })
      }
      #expect(masked.tables.map(\.allRows) == whole.tables.map(\.allRows))
      var again = VerificationOptions(folder: folder.path("masked"))
      again.rerun = true
      #expect(try again.verify().isSame)
    }
  }

  @Test(
    "so are those of other cells, and of lattices beside the land cover's",
    arguments: RandomScene.places, seeds)
  func others(place: RandomScene.Place, seed: UInt64) throws {
    try TemporaryFolder.with { folder in
      var random = SeededGenerator(seed: 200 + seed)
      var scene = try RandomScene(place, in: folder, using: &random)
      let step = place.step * [0.7, 1.0, 1.6].randomElement(using: &random)!
      let frame = try Grid.northUp(
        place.crs, west: place.west, north: place.north, step: step,
        columns: Int((Double(scene.grid.columns) * place.step / step).rounded(.up)),
        rows: Int((Double(scene.grid.rows) * place.step / step).rounded(.up)))
      let inner = Window(
        column: frame.columns / 3, row: frame.rows / 3, columns: frame.columns / 3,
        rows: frame.rows / 3)
      try scene.addParks(in: Window(column: 20, row: 16, columns: 15, rows: 11))
      let isBeside = seed % 2 == 1
      let shift =
        isBeside
        ? Point(
          x: Double.random(in: 0.1...0.9, using: &random),
          y: Double.random(in: 0.1...0.9, using: &random)) : Point(x: 0, y: 0)
      func run(_ name: String, _ window: Window?) throws -> Outcome {
        try Self.run(
          scene, name, extent: window.map { Self.extent(of: $0, on: frame, shift: shift) }
        ) { $0.inputs.resolution = "\(step)" }
      }
      let first = try run(
        "one", isBeside ? Self.window(around: inner, frame, &random) : nil)
      let window = Self.window(around: inner, frame, &random)
      Self.expectAlike(first, try run("other", window), "\(window), \(step)")
    }
  }
}
