import RasterCore
import Synchronization
import ZonalStatistics

/// One streaming pass over the analysis grid: strips are scored on all threads and handed on in order.
struct ScoringPass: Sendable {
  let inputs: PreparedInputs
  let layers: Set<OutputLayer>
  let threads: Int
  /// Share of the strips that are done, 0…1.
  let progress: @Sendable (Double) -> Void
  let isCancelled: @Sendable () -> Bool

  /// - Parameter write: takes the strips in order, one at a time, each with an output for every species.
  /// - Returns: the sums; with unknown codes they are all there is.
  /// - Throws: what reading or writing throws, and `.interrupted`.
  func run(
    _ write: @escaping @Sendable ([FinishedStrip]) throws(HabitatError) -> Void
  ) throws(HabitatError) -> PassSums {
    let index = ZoneIndex(zones: inputs.zones, cellAreas: inputs.cellAreas)
    let count = Strip.count(in: inputs.grid)
    let next = Atomic<Int>(0)
    let meetsUnknownCodes = Atomic<Bool>(false)
    let total = Mutex(PassSums(index, species: inputs.scorers.count))
    let turns = OrderedTurns<[FinishedStrip]>(capacity: threads + 1) {
      number, strips throws(HabitatError) in
      try write(strips)
      progress(Double(number + 1) / Double(count))
    }
    try WorkerThreads.run(min(threads, max(count, 1))) { _ throws(HabitatError) in
      do throws(HabitatError) {
        var worker = try StripWorker(inputs, index, layers: layers)
        while true {
          let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard number < count else { break }
          if isCancelled() { throw Self.interrupted }
          let strip = Strip.window(number, of: inputs.grid)
          if meetsUnknownCodes.load(ordering: .relaxed) {
            try worker.listUnknownCodes(strip)
            continue
          }
          let outputs = try worker.score(strip)
          if !worker.sums.unknownCodes.isEmpty {
            meetsUnknownCodes.store(true, ordering: .relaxed)
            turns.stop()
            continue
          }
          try turns.handIn(number, outputs)
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
