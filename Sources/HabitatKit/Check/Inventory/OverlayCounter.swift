import RasterCore
import RasterLoader
import ZonalStatistics

/// Counts codes where tiles overlap or are sampled, laid over one another as a run lays them.
struct OverlayCounter: ~Copyable {
  private let areas: CellAreas
  private var reader: LandCoverReader
  private var meanings: LandCoverReader?
  private(set) var totals = CodeTotals()

  init(_ source: LandCoverSource, _ areas: CellAreas, _ codes: CodeTable?) {
    self.areas = areas
    // All codes alike: only their raw values are asked for.
    reader = LandCoverReader(source, CodeTable { _ in .unknown })
    meanings = codes.map { LandCoverReader(source, $0) }
  }

  mutating func count(_ window: Window) throws(HabitatError) {
    var block = LandCoverBlock()
    try reader.read(window, into: &block)
    var cellAreas: [Int64] = []
    cellAreas.reserveCapacity(window.cellCount)
    var sums: [Int64] = []
    for row in window.rowRange {
      areas.prefixSums(row: row, columns: window.columnRange, into: &sums)
      for column in 0..<window.columns { cellAreas.append(sums[column + 1] - sums[column]) }
    }
    for (cell, area) in cellAreas.enumerated() {
      let one = CodeTotals.Total(cells: 1, units: area)
      switch LandState(rawValue: block.states[cell]) {
      case .gap: totals.gap += one
      case .nodata: totals.nodata += one
      default: break
      }
    }
    for (cell, note) in block.notes.enumerated() where note & LandCoverBlock.Note.sampled != 0 {
      totals.sampled += CodeTotals.Total(cells: 1, units: cellAreas[cell])
    }
    var codes: [Int: CodeTotals.Total] = [:]
    try reader.forEachCode(of: .unknown, in: window) { cell, code in
      codes[code, default: .init()] += CodeTotals.Total(cells: 1, units: cellAreas[cell])
    }
    for (code, total) in codes { totals.add(code, total) }
    try countDisagreement(window, cellAreas)
  }

  private mutating func countDisagreement(
    _ window: Window, _ cellAreas: [Int64]
  ) throws(HabitatError) {
    var block = LandCoverBlock()
    try meanings?.read(window, into: &block)
    for (cell, note) in block.notes.enumerated()
    where note & LandCoverBlock.Note.disagreement != 0 {
      totals.disagreement += CodeTotals.Total(cells: 1, units: cellAreas[cell])
    }
  }
}
