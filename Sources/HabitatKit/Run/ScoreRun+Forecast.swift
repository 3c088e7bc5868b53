import Documents
import Foundation
import GeoIO
public import RasterCore
import RasterLoader
import Reclassification
import RunFolder

extension ScoreRun {
  /// Pairs of batches scored before those that are timed: they find files, libraries and memory cold.
  private static let warmingPairs = 1
  /// Seconds of measuring that are aimed at.
  private static let measuringTime = 1.5

  /// Does all of a run but the pass over the cells, and scores a few tiles to tell what the rest would take;
  /// nothing is written, but that a run that was killed as it moved its files is completed. So results of another run in the folder are no obstacle; the forecast names them.
  ///
  /// - Throws: what a run throws, but for `output-exists`.
  public func forecast(_ observer: Observer = Observer()) throws(HabitatError) -> RunForecast {
    try forecast(observer, knowingGaps: false)
  }

  /// - Parameter knowsGaps: what of the parks lies on no tile has been told.
  func forecast(
    _ observer: Observer = Observer(), knowingGaps knowsGaps: Bool
  ) throws(HabitatError) -> RunForecast {
    try OutputFolder.completeInterrupted(in: request.output)
    let warnings = knowsGaps ? [] : try lackForetold()
    let refusal = try outputRefusal(observer.isCancelled)
    var (run, searches) = (self, [RunProgress.Stage.settlements: 0.0])
    for layer in inputs.distances.derived.keys.sorted() {
      let known = run
      let found = try Self.timed { () throws(HabitatError) in
        try known.derivingPlaces(of: layer, observer, meter(Observer(), inputBytes: 0))
      }
      (searches[.finding(layer)], run) = (found.seconds, found.value)
    }
    let cells = inputs.grid.cellCount
    let pass = try run.expectedPass(observer.isCancelled)
    let disk = Int(pass.bytes) + smallFileBytes
    let hashingTime = hashingTime()
    let hashing = hashingTime * Double(inputs.files.reduce(0) { $0 + $1.byteCount })
    let spare = ProcessInfo.processInfo.activeProcessorCount > plan.threads
    return RunForecast(
      cells: cells, threads: plan.threads, species: inputs.scorers.count,
      stages: [(.opening, openingTime)]
        + [.settlements, .water].compactMap { stage in searches[stage].map { (stage, $0) } } + [
          (.scoring, pass.seconds),
          // Beside the scoring where a processor is left for it, else at its cost.
          (.hashing, spare ? max(0, hashing - pass.seconds) : hashing / Double(plan.threads)),
          (.finishing, 0.02 + Double(disk) * hashingTime),
        ],
      memory: plan.expectedBytes, disk: disk, allowedMemory: request.memory,
      measuredShare: Double(pass.cells) / Double(max(cells, 1)),
      parksBox: ParksBoxHint(inputs, request.grid), refusal: refusal, warnings: warnings)
  }

  /// Why a run would not write into the folder as it is; `nil` where it would.
  private func outputRefusal(
    _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(HabitatError) -> HabitatError? {
    do throws(HabitatError) {
      try refuseOtherResults { InputDigests(of: inputs.files, isCancelled: isCancelled) }
      return nil
    } catch {
      guard error.slug == "output-exists" else { throw error }
      return error
    }
  }

  private struct Sample {
    var cells = 0
    var seconds = 0.0
    /// Of the rasters.
    var bytes = 0.0
  }

  /// What all tiles would take, with the cells that were scored to tell it.
  private func expectedPass(
    _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(HabitatError) -> Sample {
    guard inputs.scoredTiles != nil else { return try expected({ _ in true }, isCancelled) }
    // Tiles that are left out take next to nothing, so neither kind stands for the other.
    func isScored(_ tiles: [Window]) -> Bool { tiles.contains(where: inputs.scores) }
    let near = try expected(isScored, isCancelled)
    let far = try expected({ !isScored($0) }, isCancelled)
    return Sample(
      cells: near.cells + far.cells, seconds: near.seconds + far.seconds,
      bytes: near.bytes + far.bytes)
  }

  /// Scores and encodes tiles of the batches that are meant, spread over the grid, as a run does, with the
  /// same threads.
  private func expected(
    _ isMeant: ([Window]) -> Bool, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(HabitatError) -> Sample {
    let batches = TileBatches(of: inputs.grid, tilesAcross: plan.tilesAcross)
    let warm = try score(batches.sample(of: Self.warmingPairs, where: isMeant), isCancelled)
    guard warm.cells > 0 else { return warm }
    let rate = Double(warm.cells) / max(warm.seconds, 1e-6)
    let cellsOfPair = 2 * Strip.tile * Strip.tile * plan.tilesAcross
    let pairs = Int((Self.measuringTime * rate / Double(cellsOfPair)).rounded(.up))
    let sample = try score(
      batches.sample(
        of: max(2 * plan.threads, min(pairs, 64)), after: Self.warmingPairs, where: isMeant),
      isCancelled)
    let scale = Double(batches.cells(where: isMeant)) / Double(max(sample.cells, 1))
    return Sample(
      cells: sample.cells, seconds: sample.seconds * scale, bytes: sample.bytes * scale)
  }

  private func score(
    _ batches: TileBatches, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(HabitatError) -> Sample {
    let tiles = (0..<batches.count).flatMap(batches.tiles)
    guard !tiles.isEmpty else { return Sample() }
    let folder = "/vsimem/habitat-forecast-\(UUID().uuidString)"
    defer { FileSystem.removeFolder(folder) }
    let layout = SampleLayout(tiles, of: inputs.grid)
    var rasters: [SpeciesRasters] = []
    for scorer in inputs.scorers {
      rasters.append(
        try SpeciesRasters(
          of: scorer.model, grid: layout.grid, request: request, threads: plan.threads,
          metadata: metadata(of: scorer)
        ) { "\(folder)/\($0)" })
    }
    let open = rasters
    defer { for raster in open { raster.abandon() } }
    let pass = ScoringPass(
      inputs: inputs, layers: request.layers, plan: plan, checking: request.checking,
      batches: batches,
      basemap: Basemap(inputs.basemap, water: WaterBlocks(of: maps, on: inputs.grid)),
      progress: { _ in },
      isCancelled: isCancelled)
    let (seconds, _) = try Self.timed { () throws(HabitatError) in
      let sums = try pass.run { tiles throws(HabitatError) in
        for (raster, tile) in zip(open, tiles) { try raster.write(layout.moved(tile)) }
      }
      try refuseUnknownCodes(sums)
      for raster in open { try raster.close() }
    }
    return Sample(
      cells: tiles.reduce(0) { $0 + $1.cellCount }, seconds: seconds,
      bytes: FileSystem.names(in: folder).reduce(0) {
        $0 + Double(InputFile(layer: "output", path: "\(folder)/\($1)").byteCount)
      })
  }

  /// Seconds to hash one byte.
  private func hashingTime() -> Double {
    let bytes = [UInt8](repeating: 7, count: 4 << 20)
    let (seconds, _) = Self.timed { SHA256.hexDigest(of: bytes) }
    return seconds / Double(bytes.count)
  }

  /// Of all files but the rasters: what goes with parks, species and layers instead of cells.
  ///
  /// Sizes are those of the files that runs of the two landscapes in `rasters/` leave.
  private var smallFileBytes: Int {
    let parks = inputs.parks?.parks ?? []
    let points = parks.reduce(0) { $0 + $1.shape.rings.reduce(0) { $0 + $1.count } }
    let species = inputs.scorers.count
    // An empty GeoPackage has 25 pages of 4096 bytes.
    let geopackage = parks.isEmpty ? 0 : 102_400 + 16 * points + 200 * parks.count * species
    // Model and project; and tables, of which JSON has each park by category and class.
    let ofSpecies = 30_000 + 2_900 * (parks.count + 1)
    // Styles and names beside a raster, its layer in the project, and its item for catalogues.
    let ofRaster = 8_500 + (request.stac ? 5_500 : 0)
    return 18_000 + geopackage + basemapBytes
      + species * (ofSpecies + ofRaster * request.layers.count)
  }

  /// Where inputs are as fine as the basemap, a cell takes 0.11 bytes of land cover and 0.6 of relief; of
  /// coarser ones the less, about as the square root of the ratio of the sides.
  private var basemapBytes: Int {
    let grid = inputs.basemap.grid
    func bytes(_ ofCell: Double, _ source: Grid?) -> Double {
      guard let source else { return 0 }
      let ratio = (source.middleCellArea / max(grid.middleCellArea, 1e-9)).squareRoot()
      return Double(grid.cellCount) * ofCell / max(1, ratio).squareRoot()
    }
    return Int(
      bytes(0.11, inputs.landCover.tiles.first?.grid)
        + bytes(0.6, inputs.elevation?.lattices.first?.grid))
  }

  static func timed<Value, Failure: Error>(
    _ body: () throws(Failure) -> Value
  ) throws(Failure) -> (seconds: Double, value: Value) {
    let start = ContinuousClock.now
    let value = try body()
    return ((ContinuousClock.now - start) / .seconds(1), value)
  }
}

/// A raster of tiles that lie apart on the grid, one after another: its file is as large for its cells as
/// that of the whole.
private struct SampleLayout: Sendable {
  let grid: Grid
  private let places: [Window: Window]

  init(_ tiles: [Window], of whole: Grid) {
    let isWhole = tiles.contains { $0.columns < Strip.tile || $0.rows < Strip.tile }
    guard !isWhole else {
      // Smaller than a tile, or nearly: then all of it is scored.
      (grid, places) = (whole, [:])
      return
    }
    let across = Int(Double(tiles.count).squareRoot().rounded(.up))
    grid = Grid(
      crs: whole.crs, geotransform: whole.geotransform, columns: across * Strip.tile,
      rows: (tiles.count + across - 1) / across * Strip.tile)
    var places: [Window: Window] = [:]
    for (number, tile) in tiles.enumerated() {
      places[tile] = Window(
        column: number % across * Strip.tile, row: number / across * Strip.tile,
        columns: Strip.tile, rows: Strip.tile)
    }
    self.places = places
  }

  func moved(_ tile: FinishedTile) -> FinishedTile {
    tile.moved(to: places[tile.window] ?? tile.window)
  }
}
