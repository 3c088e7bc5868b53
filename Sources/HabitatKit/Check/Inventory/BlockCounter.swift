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
  private let type: RasterTile.CodeType
  private let areas: CellAreas
  private var bytes: [UInt8] = []
  private var numbers: [Int32] = []
  private var long: [Int64] = []
  private var unsigned: [UInt64] = []
  private var real: [Double] = []
  private var mask: [UInt8] = []
  private var sums: [Int64] = []
  private var totals = CodeTotals()

  init(_ tile: RasterTile, _ areas: CellAreas) throws(HabitatError) {
    dataset = try RasterDataset(reading: tile.path)
    (self.tile, type, self.areas) = (tile, tile.codeType, areas)
  }

  /// The totals of `window` of the tile, whose first cell lies at that of `place` in the grid.
  mutating func count(_ window: Window, at place: Window) throws(HabitatError) -> CodeTotals {
    totals = CodeTotals()
    let columns = place.column..<place.column + window.columns
    if tile.band.hasMask {
      if mask.count < window.cellCount { mask = [UInt8](repeating: 0, count: window.cellCount) }
      try dataset.readMask(window, band: tile.bandNumber, into: &mask)
    }
    switch type {
    case .byte: try Self.read(window, of: tile, in: dataset, &bytes)
    case .int32: try Self.read(window, of: tile, in: dataset, &numbers)
    case .int64: try Self.read(window, of: tile, in: dataset, &long)
    case .uint64: try Self.read(window, of: tile, in: dataset, &unsigned)
    case .double: try Self.read(window, of: tile, in: dataset, &real)
    }
    var byteTotals = [CodeTotals.Total](repeating: .init(), count: 256)
    for row in 0..<window.rows {
      let first = row * window.columns
      let area = areas.uniformArea(row: place.row + row)
      if area == nil { areas.prefixSums(row: place.row + row, columns: columns, into: &sums) }
      if type == .byte {
        countBytes(first, window.columns, area, into: &byteTotals)
      } else {
        try countRuns(first, window.columns, area)
      }
    }
    for code in byteTotals.indices where byteTotals[code].cells > 0 {
      take(code, byteTotals[code])
    }
    return totals
  }

  private static func read<Cell: RasterCell>(
    _ window: Window, of tile: RasterTile, in dataset: borrowing RasterDataset,
    _ cells: inout [Cell]
  ) throws(HabitatError) {
    if cells.count < window.cellCount {
      cells = [Cell](repeating: .zero, count: window.cellCount)
    }
    try dataset.read(window, band: tile.bandNumber, into: &cells)
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

  private mutating func countRuns(
    _ first: Int, _ count: Int, _ area: Int64?
  ) throws(HabitatError) {
    let hasMask = tile.band.hasMask
    var start = 0
    while start < count {
      let cell = first + start
      let bits = bits(of: cell)
      let isMasked = hasMask && mask[cell] == 0
      var end = start + 1
      while end < count, self.bits(of: first + end) == bits,
        !hasMask || (mask[first + end] == 0) == isMasked
      { end += 1 }
      let run = CodeTotals.Total(cells: end - start, units: units(start..<end, area))
      if !isMasked, type == .double, tile.isFraction(real[cell]) {
        // A check tells how much land is concerned.
        totals.notWhole += run
        totals.lowestNotWhole = min(totals.lowestNotWhole, real[cell])
      } else if let code = isMasked ? nil : try code(of: cell) {
        totals.add(code, run)
      } else {
        totals.nodata += run
      }
      start = end
    }
  }

  /// What tells a cell's number from others.
  private func bits(of cell: Int) -> UInt64 {
    switch type {
    case .byte: UInt64(bytes[cell])
    case .int32: UInt64(truncatingIfNeeded: numbers[cell])
    case .int64: UInt64(truncatingIfNeeded: long[cell])
    case .uint64: unsigned[cell]
    case .double: real[cell].bitPattern
    }
  }

  private func code(of cell: Int) throws(HabitatError) -> Int? {
    switch type {
    case .byte: try tile.code(of: Int128(bytes[cell]))
    case .int32: try tile.code(of: Int128(numbers[cell]))
    case .int64: try tile.code(of: Int128(long[cell]))
    case .uint64: try tile.code(of: Int128(unsigned[cell]))
    case .double: try tile.code(of: real[cell])
    }
  }
}
