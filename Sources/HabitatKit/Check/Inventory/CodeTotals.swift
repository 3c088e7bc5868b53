import RasterCore

/// How many cells hold each raw code, and their area.
struct CodeTotals: Sendable {
  struct Total: Hashable, Sendable {
    var cells = 0
    /// Units of area of the grid's `CellAreas`.
    var units: Int64 = 0

    static func += (total: inout Total, other: Total) {
      total.cells += other.cells
      total.units += other.units
    }
  }

  var codes: [Int: Total] = [:]
  /// Cells that a tile covers without a value.
  var nodata = Total()
  /// Cells that no tile covers.
  var gap = Total()
  /// Cells under several tiles, and those of them where the tiles mean different things.
  var overlap = Total()
  var disagreement = Total()
  /// Cells that are read from tiles on other lattices.
  var sampled = Total()
  /// Cells whose value is no whole number, with the lowest such value.
  var notWhole = Total()
  var lowestNotWhole = Double.infinity

  mutating func add(_ code: Int, _ total: Total) { codes[code, default: Total()] += total }

  mutating func merge(_ other: CodeTotals) {
    for (code, total) in other.codes { add(code, total) }
    nodata += other.nodata
    gap += other.gap
    overlap += other.overlap
    disagreement += other.disagreement
    sampled += other.sampled
    notWhole += other.notWhole
    lowestNotWhole = min(lowestNotWhole, other.lowestNotWhole)
  }
}
