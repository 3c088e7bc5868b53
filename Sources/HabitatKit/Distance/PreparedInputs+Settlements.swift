import RasterCore
import RasterLoader
import Synchronization
import ZonalStatistics

extension PreparedInputs {
  /// Looks for settlements among the built-up cells where the landscape says so: one more pass over the
  /// land cover.
  ///
  /// - Parameter progress: the share done, 0…1.
  /// - Throws: what reading the land cover throws, and `.interrupted`.
  mutating func deriveSettlements(
    threads: Int, sharing blocks: DecodedBlocks = DecodedBlocks(),
    progress: @escaping @Sendable (Double) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(HabitatError) {
    guard let limit = distances.limitOfDerivedSettlements else { return }
    let inputs = self
    let count = Strip.count(in: grid)
    let all = Mutex(BuiltUpPatches(on: grid))
    try WorkerThreads.run(count, threads: threads) { numbers throws(HabitatError) in
      var reader = LandCoverReader(inputs.landCover, inputs.codes, sharing: blocks)
      var refiner = inputs.refinement.map { LandCoverRefiner($0, sharing: blocks) }
      var land = LandCoverBlock()
      while let number = numbers.next() {
        if isCancelled() { throw .interrupted }
        var found = BuiltUpPatches(on: inputs.grid)
        // Whole rows, but few at a time, so that wide rasters stay within a few megabytes.
        for part in inputs.rows(of: Strip.window(number, of: inputs.grid)) {
          try reader.read(part, into: &land)
          try refiner?.refine(part, &land.states)
          for row in part.rowRange {
            let start = (row - part.row) * part.columns
            found.add(row: row, states: land.states[start..<start + part.columns]) {
              inputs.cellAreas.area(column: $0, row: row)
            }
          }
        }
        all.withLock { $0.merge(found) }
        progress(Double(number + 1) / Double(count))
      }
    }
    let patches = all.withLock { $0 }
    distances.take(
      derived: try patches.source(
        unit: cellAreas.unit.squareMetres, ground: ground, limit: limit))
  }

  private func rows(of strip: Window) -> [Window] {
    let height = max(1, min(strip.rows, (4 << 20) / max(1, strip.columns)))
    return stride(from: 0, to: strip.rows, by: height).map { row in
      Window(
        column: 0, row: strip.row + row, columns: strip.columns,
        rows: min(height, strip.rows - row))
    }
  }
}
