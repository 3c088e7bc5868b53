import RasterCore

/// Cells of a grid, as runs of neighbours in each row; apart and in order. Columns and rows count from the
/// corner of the grid's whole.
struct CellRuns: Sendable {
  struct Run: Hashable, Sendable {
    var first: Int32
    /// The column after the last.
    var end: Int32
  }

  /// The rows that may hold runs.
  private let rowRange: Range<Int>
  /// Of the runs of each of these rows, and their number.
  private let starts: [Int]
  let runs: [Run]

  private init(rowRange: Range<Int>, starts: [Int], runs: [Run]) {
    (self.rowRange, self.starts, self.runs) = (rowRange, starts, runs)
  }

  func runs(ofRow row: Int) -> ArraySlice<Run> { runs[indices(ofRow: row)] }

  private func indices(ofRow row: Int) -> Range<Int> {
    guard rowRange.contains(row) else { return 0..<0 }
    let index = row - rowRange.lowerBound
    return starts[index]..<starts[index + 1]
  }

  /// Sets the values of the cells within `window` to zero.
  func clear(_ window: Window, in values: inout [Float]) {
    for row in window.rowRange {
      let start = (row - window.row) * window.columns - window.column
      // The first run that ends beyond the window's west edge.
      let indices = indices(ofRow: row)
      var (low, high) = (indices.lowerBound, indices.upperBound)
      while low < high {
        let middle = (low + high) / 2
        if Int(runs[middle].end) <= window.column { low = middle + 1 } else { high = middle }
      }
      while low < indices.upperBound, Int(runs[low].first) < window.columnRange.upperBound {
        let columns =
          max(
            Int(runs[low].first), window.column)..<min(
            Int(runs[low].end), window.columnRange.upperBound)
        for column in columns { values[start + column] = 0 }
        low += 1
      }
    }
  }

  /// Gathers runs in any order.
  struct Builder: Sendable {
    private let columns: Range<Int>
    private let rows: Range<Int>
    private var found: [(row: Int32, run: Run)] = []

    init(_ grid: Grid) { (columns, rows) = (grid.place.columnRange, grid.place.rowRange) }

    /// - Parameter range: columns, which may reach beyond the grid.
    mutating func add(row: Int, _ range: Range<Int>) {
      let inside = range.clamped(to: columns)
      guard rows.contains(row), !inside.isEmpty else { return }
      let run = Run(first: Int32(inside.lowerBound), end: Int32(inside.upperBound))
      if let last = found.last, last.row == row, last.run == run { return }
      found.append((Int32(row), run))
    }

    /// The cells that a line from `a` to `b` (columns and rows) passes.
    mutating func addLine(from a: Point, to b: Point) {
      let (top, bottom) = a.y <= b.y ? (a, b) : (b, a)
      let (west, east) = (Double(columns.lowerBound), Double(columns.upperBound))
      let (north, south) = (Double(rows.lowerBound), Double(rows.upperBound))
      // Written so that NaN fails too.
      guard bottom.y >= north, top.y < south, max(a.x, b.x) >= west, min(a.x, b.x) < east else {
        return
      }
      let first = Int(bounded: max(north, top.y).rounded(.down))
      var last = Int(bounded: min(south - 1, bottom.y).rounded(.down))
      if Double(last) == bottom.y, last > first { last -= 1 }
      let slope = (bottom.x - top.x) / (bottom.y - top.y)
      for row in first...max(first, last) {
        let from = top.y >= Double(row) ? top.x : top.x + (Double(row) - top.y) * slope
        let to =
          bottom.y <= Double(row + 1) ? bottom.x : top.x + (Double(row + 1) - top.y) * slope
        let (low, high) = (max(west - 1, min(from, to)), min(east + 1, max(from, to)))
        let start = Int(bounded: low.rounded(.down))
        var end = Int(bounded: high.rounded(.down))
        if Double(end) == high, end > start { end -= 1 }
        if end >= start { add(row: row, start..<end + 1) }
      }
    }

    /// The cells whose centres lie inside `rings` (columns and rows), by the even-odd rule.
    mutating func addPolygon(_ rings: [[Point]]) {
      guard let box = Extent(around: rings.joined()) else { return }
      func clamped(_ value: Double, to range: Range<Int>) -> Int {
        min(max(range.lowerBound - 1, Int(bounded: value.rounded(.up))), range.upperBound)
      }
      let first = max(rows.lowerBound, clamped(box.minY - 0.5, to: rows))
      let last = clamped(box.maxY - 0.5, to: rows) - 1
      guard first <= last, box.maxX > Double(columns.lowerBound),
        box.minX < Double(columns.upperBound)
      else { return }
      var crossings = [[Double]](repeating: [], count: last - first + 1)
      for ring in rings {
        var previous = ring[ring.count - 1]
        for point in ring {
          defer { previous = point }
          let (top, bottom) = previous.y <= point.y ? (previous, point) : (point, previous)
          // Rows whose centre lies at or below the upper end and above the lower one.
          let from = max(first, clamped(top.y - 0.5, to: rows))
          let to = min(last, clamped(bottom.y - 0.5, to: rows) - 1)
          guard from <= to else { continue }
          let slope = (bottom.x - top.x) / (bottom.y - top.y)
          for row in from...to {
            crossings[row - first].append(top.x + (Double(row) + 0.5 - top.y) * slope)
          }
        }
      }
      for (index, unsorted) in crossings.enumerated() {
        let xs = unsorted.sorted()
        for pair in stride(from: 0, to: xs.count - 1, by: 2) {
          let west = clamped(xs[pair] - 0.5, to: columns)
          let east = clamped(xs[pair + 1] - 0.5, to: columns)
          if west < east { add(row: first + index, west..<east) }
        }
      }
    }

    consuming func finish() -> CellRuns {
      let north = rows.lowerBound
      var starts = [Int](repeating: 0, count: rows.count + 1)
      for (row, _) in found { starts[Int(row) - north + 1] += 1 }
      for row in 0..<rows.count { starts[row + 1] += starts[row] }
      var sorted = [Run](repeating: Run(first: 0, end: 0), count: found.count)
      var next = starts
      for (row, run) in found {
        sorted[next[Int(row) - north]] = run
        next[Int(row) - north] += 1
      }
      var merged: [Run] = []
      var offsets = [0]
      for row in 0..<rows.count {
        let start = merged.count
        sorted[starts[row]..<starts[row + 1]].sort { ($0.first, $0.end) < ($1.first, $1.end) }
        for run in sorted[starts[row]..<starts[row + 1]] {
          if merged.count > start, merged[merged.count - 1].end >= run.first {
            merged[merged.count - 1].end = max(merged[merged.count - 1].end, run.end)
          } else {
            merged.append(run)
          }
        }
        offsets.append(merged.count)
      }
      return CellRuns(rowRange: rows, starts: offsets, runs: merged)
    }
  }
}
