/// Turns what edges contribute to cells into runs: row by row, from left to right, the cover gathered so
/// far plus what edges within the cell add.
struct RunSweep {
  private(set) var rowRange: Range<Int>
  private(set) var starts: [Int] = []
  private(set) var runs: [CoverageRun] = []

  /// - Parameter sign: 1 or −1, such that the inside comes out positive.
  init(_ unsorted: [EdgeCell], columns: Int, sign: Int64) {
    rowRange = 0..<0
    let cells = unsorted.gathered()
    guard let first = cells.first, let last = cells.last else { return }
    var next = cells.startIndex
    for row in first.row...last.row {
      starts.append(runs.count)
      var cover: Int64 = 0
      var column = 0
      while next < cells.endIndex, cells[next].row == row {
        let place = cells[next].column
        append(column, Int(place), Self.share(sign &* cover), row: starts.count - 1)
        let area = cover &+ cells[next].area
        cover &+= cells[next].cover
        next += 1
        append(Int(place), Int(place) + 1, Self.share(sign &* area), row: starts.count - 1)
        column = Int(place) + 1
      }
      // What is still open has its right border beyond the raster.
      append(column, columns, Self.share(sign &* cover), row: starts.count - 1)
    }
    starts.append(runs.count)
    trim(firstRow: Int(first.row))
  }

  /// From 2⁻⁵² to the nearest 2⁻³⁰, 0…1.
  private static func share(_ value: Int64) -> UInt32 {
    if value <= 0 { return 0 }
    if value >= 1 << 52 { return CoverageRun.whole }
    return UInt32((value + 1 << 21) >> 22)
  }

  private mutating func append(_ start: Int, _ end: Int, _ share: UInt32, row: Int) {
    guard start < end, share > 0 else { return }
    if let last = runs.last, runs.count > starts[row], last.end == start, last.share == share {
      runs[runs.count - 1] = CoverageRun(start: last.start, end: Int32(end), share: share)
    } else {
      runs.append(CoverageRun(start: Int32(start), end: Int32(end), share: share))
    }
  }

  /// Drops empty rows at either end, so that equal coverages are equal values.
  private mutating func trim(firstRow: Int) {
    guard !runs.isEmpty else {
      starts = []
      return
    }
    let first = starts.lastIndex(of: 0) ?? 0
    let end = starts.firstIndex(of: runs.count) ?? starts.count - 1
    starts = Array(starts[first...end])
    rowRange = firstRow + first..<firstRow + end
  }
}
