import RasterCore
import Synchronization
import ZonalStatistics

/// One streaming pass over the analysis grid: tiles are scored on all threads and handed on in order.
struct ScoringPass: Sendable {
  let inputs: PreparedInputs
  let layers: Set<OutputLayer>
  let threads: Int
  let batches: TileBatches
  /// Takes a small copy of what the pass sees.
  let basemap: Basemap
  /// Share of the batches that are done, 0…1.
  let progress: @Sendable (Double) -> Void
  let isCancelled: @Sendable () -> Bool

  /// - Parameter write: takes the tiles in order, one at a time, each with an output for every species.
  /// - Returns: the sums; with unknown codes they are all there is.
  /// - Throws: what reading or writing throws, and `.interrupted`.
  func run(
    _ write: @escaping @Sendable ([FinishedTile]) throws(HabitatError) -> Void
  ) throws(HabitatError) -> PassSums {
    let index = ZoneIndex(zones: inputs.zones, cellAreas: inputs.cellAreas)
    let count = batches.count
    let next = Atomic<Int>(0)
    let meetsUnknownCodes = Atomic<Bool>(false)
    let total = Mutex(PassSums(index, species: inputs.scorers.count))
    let turns = OrderedTurns<[[FinishedTile]]>(capacity: threads) {
      number, tiles throws(HabitatError) in
      for tile in tiles { try write(tile) }
      progress(Double(number + 1) / Double(count))
    }
    try WorkerThreads.run(min(threads, max(count, 1))) { _ throws(HabitatError) in
      do throws(HabitatError) {
        var worker = try TileWorker(inputs, index, layers: layers, basemap: basemap)
        while true {
          let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard number < count else { break }
          var finished: [[FinishedTile]] = []
          for tile in batches.tiles(ofBatch: number) {
            if isCancelled() { throw Self.interrupted }
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
        total.withLock { $0.merge(worker.sums) }
      } catch {
        turns.stop()
        throw error
      }
    }
    return total.withLock { $0 }
  }

  static let interrupted = HabitatError(
    .interrupted, "interrupted", "the run was stopped", at: "habitat score",
    fix: "start it again; nothing was written")
}
