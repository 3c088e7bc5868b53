import GeoIO
import RasterCore
import RasterLoader
import ZonalStatistics

/// Counts the codes of one tile, block by block; owned by one thread.
///
/// Neighbouring cells mostly share a code, so runs are counted and not cells: eight equal bytes cost one
/// comparison.
struct BlockCounter: ~Copyable {
  private let dataset: RasterDataset
  private let tile: RasterTile
  private let areas: CellAreas
  private var bytes: [UInt8] = []
  private var wide: [Int32] = []
  private var real: [Double] = []
  private var mask: [UInt8] = []
  private var sums: [Int64] = []
  private var totals = CodeTotals()

  init(_ tile: RasterTile, _ areas: CellAreas) throws(HabitatError) {
    dataset = try RasterDataset(reading: tile.path)
    (self.tile, self.areas) = (tile, areas)
  }

  /// The totals of `window` of the tile, whose first cell lies at that of `place` in the grid.
  mutating func count(_ window: Window, at place: Window) throws(HabitatError) -> CodeTotals {
    totals = CodeTotals()
    let columns = place.column..<place.column + window.columns
    if tile.band.hasMask {
      if mask.count < window.cellCount { mask = [UInt8](repeating: 0, count: window.cellCount) }
      try dataset.readMask(window, band: tile.bandNumber, into: &mask)
    }
    if tile.band.isFloatingPoint {
      Self.grow(&real, to: window.cellCount, 0)
      try dataset.read(window, band: tile.bandNumber, into: &real)
    } else if tile.band.typeName == "Byte" && !tile.band.isSignedByte {
      Self.grow(&bytes, to: window.cellCount, 0)
      try dataset.read(window, band: tile.bandNumber, into: &bytes)
    } else {
      Self.grow(&wide, to: window.cellCount, 0)
      try dataset.read(window, band: tile.bandNumber, into: &wide)
    }
    var byteTotals = [CodeTotals.Total](repeating: .init(), count: 256)
    for row in 0..<window.rows {
      let first = row * window.columns
      let area = areas.uniformArea(row: place.row + row)
      if area == nil { areas.prefixSums(row: place.row + row, columns: columns, into: &sums) }
      if !bytes.isEmpty {
        countBytes(first, window.columns, area, into: &byteTotals)
      } else {
        countRuns(first, window.columns, area)
      }
    }
    for code in byteTotals.indices where byteTotals[code].cells > 0 {
      take(code, byteTotals[code])
    }
    return totals
  }

  private static func grow<Cell>(_ cells: inout [Cell], to count: Int, _ zero: Cell) {
    if cells.count < count { cells = [Cell](repeating: zero, count: count) }
  }

  private func units(_ run: Range<Int>, _ area: Int64?) -> Int64 {
    area.map { $0 &* Int64(run.count) } ?? (sums[run.upperBound] - sums[run.lowerBound])
  }

  private mutating func take(_ code: Int, _ total: CodeTotals.Total) {
    if let nodata = tile.nodata, nodata == Double(code) {
      totals.nodata += total
    } else {
      totals.add(code, total)
    }
  }

  private mutating func countBytes(
    _ first: Int, _ count: Int, _ area: Int64?, into byteTotals: inout [CodeTotals.Total]
  ) {
    let hasMask = tile.band.hasMask
    unsafe bytes.withUnsafeBytes { buffer in
      var start = 0
      while start < count {
        let code = unsafe buffer[first + start]
        let isMasked = hasMask && mask[first + start] == 0
        var end = start + 1
        if hasMask {
          while end < count, unsafe buffer[first + end] == code,
            (mask[first + end] == 0) == isMasked
          { end += 1 }
        } else {
          let word = 0x0101_0101_0101_0101 &* UInt64(code)
          while end + 8 <= count,
            unsafe buffer.loadUnaligned(fromByteOffset: first + end, as: UInt64.self) == word
          { end += 8 }
          while end < count, unsafe buffer[first + end] == code { end += 1 }
        }
        let run = CodeTotals.Total(cells: end - start, units: units(start..<end, area))
        if isMasked { totals.nodata += run } else { byteTotals[Int(code)] += run }
        start = end
      }
    }
  }

  private mutating func countRuns(_ first: Int, _ count: Int, _ area: Int64?) {
    let hasMask = tile.band.hasMask
    let isReal = tile.band.isFloatingPoint
    var start = 0
    while start < count {
      let (bits, value) = cell(first + start, isReal)
      let isMasked = hasMask && mask[first + start] == 0
      var end = start + 1
      while end < count, cell(first + end, isReal).bits == bits,
        !hasMask || (mask[first + end] == 0) == isMasked
      { end += 1 }
      let run = CodeTotals.Total(cells: end - start, units: units(start..<end, area))
      if isMasked || value.isNaN || value == tile.nodata {
        totals.nodata += run
      } else if let code = Int(exactly: value) {
        take(code, run)
      } else {
        totals.notWhole += run
        totals.lowestNotWhole = min(totals.lowestNotWhole, value)
      }
      start = end
    }
  }

  /// A value and the bits that tell it from others.
  private func cell(_ index: Int, _ isReal: Bool) -> (bits: UInt64, value: Double) {
    if isReal { return (real[index].bitPattern, real[index]) }
    var code = wide[index]
    if tile.band.isSignedByte && code > 127 { code -= 256 }
    return (UInt64(truncatingIfNeeded: code), Double(code))
  }
}
