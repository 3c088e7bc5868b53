import RasterCore

/// Cells of a grid, as runs of neighbours in each row; apart and in order.
struct CellRuns: Sendable {
  struct Run: Hashable, Sendable {
    var first: Int32
    /// The column after the last.
    var end: Int32
  }

  /// Of the runs of each row, and their number.
  private(set) var starts: [Int]
  private(set) var runs: [Run]

  func runs(ofRow row: Int) -> ArraySlice<Run> { runs[starts[row]..<starts[row + 1]] }

  /// Sets the values of the cells within `window` to zero.
  func clear(_ window: Window, in values: inout [Float]) {
    for row in window.rowRange {
      let start = (row - window.row) * window.columns - window.column
      // The first run that ends beyond the window's west edge.
      var (low, high) = (starts[row], starts[row + 1])
      while low < high {
        let middle = (low + high) / 2
        if Int(runs[middle].end) <= window.column { low = middle + 1 } else { high = middle }
      }
      while low < starts[row + 1], Int(runs[low].first) < window.columnRange.upperBound {
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
    private let columns: Int
    private let rows: Int
    private var found: [(row: Int32, run: Run)] = []

    init(_ grid: Grid) { (columns, rows) = (grid.columns, grid.rows) }

    /// - Parameter range: columns, which may reach beyond the grid.
    mutating func add(row: Int, _ range: Range<Int>) {
      let inside = range.clamped(to: 0..<columns)
      guard row >= 0, row < rows, !inside.isEmpty else { return }
      let run = Run(first: Int32(inside.lowerBound), end: Int32(inside.upperBound))
      if let last = found.last, last.row == row, last.run == run { return }
      found.append((Int32(row), run))
    }

    /// The cells that a line from `a` to `b` (columns and rows) passes.
    mutating func addLine(from a: Point, to b: Point) {
      let (top, bottom) = a.y <= b.y ? (a, b) : (b, a)
      guard bottom.y >= 0, top.y < Double(rows), max(a.x, b.x) >= 0,
        min(a.x, b.x) < Double(columns)
      else { return }
      let first = Int(max(0, top.y).rounded(.down))
      var last = Int(min(Double(rows) - 1, bottom.y).rounded(.down))
      if Double(last) == bottom.y, last > first { last -= 1 }
      let slope = (bottom.x - top.x) / (bottom.y - top.y)
      for row in first...max(first, last) {
        let from = top.y >= Double(row) ? top.x : top.x + (Double(row) - top.y) * slope
        let to =
          bottom.y <= Double(row + 1) ? bottom.x : top.x + (Double(row + 1) - top.y) * slope
        let (west, east) = (max(-1, min(from, to)), min(Double(columns) + 1, max(from, to)))
        let start = Int(west.rounded(.down))
        var end = Int(east.rounded(.down))
        if Double(end) == east, end > start { end -= 1 }
        if end >= start { add(row: row, start..<end + 1) }
      }
    }

    /// The cells whose centres lie inside `rings` (columns and rows), by the even-odd rule.
    mutating func addPolygon(_ rings: [[Point]]) {
      guard let box = Extent(around: rings.joined()) else { return }
      let first = max(0, Int(max(0, (box.minY - 0.5).rounded(.up))))
      let last = Int(min(Double(rows), (box.maxY - 0.5).rounded(.up))) - 1
      guard first <= last, box.maxX > 0, box.minX < Double(columns) else { return }
      var crossings = [[Double]](repeating: [], count: last - first + 1)
      for ring in rings {
        var previous = ring[ring.count - 1]
        for point in ring {
          defer { previous = point }
          let (top, bottom) = previous.y <= point.y ? (previous, point) : (point, previous)
          // Rows whose centre lies at or below the upper end and above the lower one.
          let from = max(first, Int(max(-1, min(1e9, (top.y - 0.5).rounded(.up)))))
          let to = min(last, Int(max(-1, min(1e9, (bottom.y - 0.5).rounded(.up)))) - 1)
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
          let west = max(-1, min(Double(columns), (xs[pair] - 0.5).rounded(.up)))
          let east = max(-1, min(Double(columns), (xs[pair + 1] - 0.5).rounded(.up)))
          if west < east { add(row: first + index, Int(west)..<Int(east)) }
        }
      }
    }

    consuming func finish() -> CellRuns {
      var starts = [Int](repeating: 0, count: rows + 1)
      for (row, _) in found { starts[Int(row) + 1] += 1 }
      for row in 0..<rows { starts[row + 1] += starts[row] }
      var sorted = [Run](repeating: Run(first: 0, end: 0), count: found.count)
      var next = starts
      for (row, run) in found {
        sorted[next[Int(row)]] = run
        next[Int(row)] += 1
      }
      var merged: [Run] = []
      var offsets = [0]
      for row in 0..<rows {
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
      return CellRuns(starts: offsets, runs: merged)
    }
  }
}
