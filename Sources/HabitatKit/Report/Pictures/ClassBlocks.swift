import GeoIO
import RasterCore

/// A part of a class raster as it is drawn.
struct ClassBlocks {
  let plan: BlockPlan
  /// The class of each block, 0 for nodata.
  var codes: Raster<UInt8>
  /// The share that the class has of its block, in per cent; `nil` where blocks are single cells.
  let shares: Raster<UInt8>?

  /// Reads every cell of the part, some rows at a time.
  ///
  /// - Parameter refuse: what is wrong with a raster that holds this code, which is no class.
  /// - Throws: `.input`, slug `unreadable-block`, or what `refuse` gives.
  init(
    _ plan: BlockPlan, of dataset: borrowing RasterDataset,
    refuse: (UInt8) -> HabitatError
  ) throws(HabitatError) {
    self.plan = plan
    let window = plan.window
    var codes: [UInt8] = []
    var shares: [UInt8] = []
    codes.reserveCapacity(plan.columns * plan.rows)
    var counts = BlockCounts(cells: window.columns, block: plan.block)
    // As many rows as the file has in a row of its tiles, so that each of these is decoded once.
    let most = max(1, min(Self.tileRows, Self.mostCells / window.columns))
    var row = window.row
    let end = window.row + window.rows
    var strip: [UInt8] = []
    while row < end {
      let stop = min(end, (row / most + 1) * most)
      let part = Window(
        column: window.column, row: row, columns: window.columns, rows: stop - row)
      strip = [UInt8](repeating: 0, count: part.cellCount)
      try dataset.read(part, band: 1, into: &strip)
      if let stray = Self.stray(in: strip) { throw refuse(stray) }
      if plan.block == 1 {
        codes += strip
      } else {
        for line in 0..<part.rows {
          counts.add(strip, from: line * part.columns)
          let next = row + line + 1
          guard next % plan.block == 0 || next == end else { continue }
          let taken = counts.take()
          codes += taken.codes
          shares += taken.shares
        }
      }
      row = stop
    }
    self.codes = Raster(columns: plan.columns, rows: plan.rows, cells: codes)
    self.shares =
      plan.block == 1
      ? nil : Raster(columns: plan.columns, rows: plan.rows, cells: shares)
  }

  private static let tileRows = 512
  /// 64 MB at a time.
  private static let mostCells = 1 << 26

  /// A value that is no class.
  private static func stray(in cells: [UInt8]) -> UInt8? {
    let source = cells.span
    var all: UInt8 = 0
    // Classes have the lowest three bits only, and 5 to 7 are told apart where these occur.
    for index in source.indices { all |= source[index] & 0xF8 | (source[index] &+ 3) & 8 }
    guard all != 0 else { return nil }
    return cells.first { $0 >= UInt8(BlockCounts.codes) }
  }
}
