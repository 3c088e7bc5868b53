package import RasterCore

extension Core {
  /// The cells whose centres lie inside an outline, as GDAL and Linkage Mapper take them; it may have none.
  ///
  /// - Parameters:
  ///   - outline: in columns and rows of the grid, where the first cell's centre is (0.5, 0.5). Rings may have holes
  ///     and lie in any direction; what lies beyond the grid is left out.
  ///   - columns, rows: of the grid.
  package init(id: Int, outline: PolygonShape, columns: Int, rows: Int) {
    // Where the outline is crossed, by row, along the line through its centres.
    var crossings: [Int: [Double]] = [:]
    for ring in outline.rings {
      guard var from = ring.last else { continue }
      for to in ring {
        let (upper, lower) = from.y < to.y ? (from, to) : (to, from)
        // A point on the line belongs to what lies below, so that each crossing is counted once.
        let first = max(0, (upper.y - 0.5).rounded(.up))
        let last = min(Double(rows) - 1, (lower.y - 0.5).rounded(.up) - 1)
        if first <= last {
          for row in Int(first)...Int(last) {
            let share = (Double(row) + 0.5 - upper.y) / (lower.y - upper.y)
            crossings[row, default: []].append(upper.x + share * (lower.x - upper.x))
          }
        }
        from = to
      }
    }
    var runs: [Run] = []
    for (row, places) in crossings {
      let sorted = places.sorted()
      for pair in stride(from: 0, to: sorted.count - 1, by: 2) {
        let first = max(0, (sorted[pair] - 0.5).rounded(.up))
        let end = min(Double(columns), (sorted[pair + 1] - 0.5).rounded(.up))
        if first < end { runs.append(Run(row: row, columns: Int(first)..<Int(end))) }
      }
    }
    self.init(id: id, runs: runs)
  }
}
