import GeoIO
import Machine
import RasterCore
import RasterLoader
import Reclassification
import Synchronization
import ZonalStatistics

/// One streaming pass over the analysis grid: tiles are scored on all threads and handed on in order.
struct ScoringPass: Sendable {
  let inputs: PreparedInputs
  let layers: Set<OutputLayer>
  let plan: MemoryPlan
  /// Whose check sums are looked at.
  let checking: BlockChecks.Scope
  /// Which tiles; all of the grid for a run.
  let batches: TileBatches
  /// Takes a small copy of what the pass sees.
  let basemap: Basemap
  /// Share of the batches that are done, 0…1.
  let progress: @Sendable (Double) -> Void
  let isCancelled: @Sendable () -> Bool

  /// From as many cells on tables of classes are worth their making.
  private static let tabulatedCells = 1_000_000

  /// - Parameter write: takes the tiles in order, one at a time, each with an output for every species.
  /// - Returns: the sums; with unknown codes they are all there is.
  /// - Throws: what reading or writing throws, and `.interrupted`.
  func run(
    _ write: @escaping @Sendable ([FinishedTile]) throws(HabitatError) -> Void
  ) throws(HabitatError) -> PassSums {
    let index = ZoneIndex(zones: inputs.zones, cellAreas: inputs.cellAreas)
    let isLarge = inputs.grid.cellCount >= Self.tabulatedCells
    let scorers = isLarge ? inputs.scorers.map { $0.tabulated() } : inputs.scorers
    let count = batches.count
    let threads = plan.threads
    let blocks = DecodedBlocks(limit: plan.blockBytes, checking: checking)
    let meetsUnknownCodes = Atomic<Bool>(false)
    let total = Mutex<PassSums?>(nil)
    let turns = OrderedTurns<[[FinishedTile]]>(capacity: threads) {
      number, tiles throws(HabitatError) in
      for tile in tiles { try write(tile) }
      progress(Double(number + 1) / Double(count))
    }
    try WorkerThreads.run(count, threads: threads) { numbers throws(HabitatError) in
      do throws(HabitatError) {
        var worker = try TileWorker(
          inputs, scorers, index, layers: layers, basemap: basemap, sharing: blocks)
        while let number = numbers.next() {
          var finished: [[FinishedTile]] = []
          for tile in batches.tiles(ofBatch: number) {
            if isCancelled() { throw .interrupted }
            guard !meetsUnknownCodes.load(ordering: .relaxed) else {
              try worker.listUnknownCodes(tile)
              continue
            }
            finished.append(try worker.score(tile))
            if !worker.sums.unknownCodes.isEmpty {
              meetsUnknownCodes.store(true, ordering: .relaxed)
              turns.stop()
            }
          }
          if !meetsUnknownCodes.load(ordering: .relaxed) { try turns.handIn(number, finished) }
        }
        let sums = worker.sums
        total.withLock { total in
          // The first is taken, not added: with thousands of parks the sums are large.
          if total == nil { total = sums } else { total?.merge(sums) }
        }
      } catch {
        turns.stop()
        throw error
      }
    }
    return total.withLock { $0 } ?? PassSums(index, species: inputs.scorers.count)
  }
}
