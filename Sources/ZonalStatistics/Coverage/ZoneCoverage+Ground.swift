extension ZoneCoverage {
  /// The coverage of cells `factor` times as wide and as high, their shares those of the ground.
  ///
  /// - Parameters:
  ///   - factor: divides the columns and rows.
  ///   - areas: of this coverage's own cells.
  /// - Complexity: O(cells of this grid in the rows and columns of the zone), about 5 ns each.
  public func coarsened(by factor: Int, areas: CellAreas) -> ZoneCoverage {
    precondition(
      factor >= 1 && columns % factor == 0 && rows % factor == 0
        && areas.columns == columns && areas.rows == rows,
      "coarse cells hold whole cells, whose areas are known")
    let coarseColumns = columns / factor
    guard !isWholeRaster else { return .wholeRaster(columns: coarseColumns, rows: rows / factor) }
    // Of a zone without rows there is nothing to go through.
    let coarseRows = rowRange.lowerBound / factor..<(rowRange.upperBound + factor - 1) / factor
    var (starts, runs): ([Int], [CoverageRun]) = ([0], [])
    for row in coarseRows {
      append(row, factor, areas, to: &runs, from: starts[starts.count - 1])
      starts.append(runs.count)
    }
    return ZoneCoverage(
      columns: coarseColumns, rows: rows / factor, rowRange: coarseRows, starts: starts, runs: runs)
  }

  /// Appends the runs of one coarse row.
  private func append(
    _ row: Int, _ factor: Int, _ areas: CellAreas, to runs: inout [CoverageRun], from start: Int
  ) {
    let fine = row * factor..<(row + 1) * factor
    let parts = fine.map { self.runs(inRow: $0) }
    guard let west = parts.compactMap({ $0.first?.start }).min(),
      let east = parts.compactMap({ $0.last?.end }).max()
    else { return }
    let hull = Int(west) / factor..<(Int(east) - 1) / factor + 1
    var whole = [Int64](repeating: 0, count: hull.count)
    var covered = whole
    var sums: [Int64] = []
    let first = hull.lowerBound * factor
    for (fineRow, part) in zip(fine, parts) {
      areas.prefixSums(row: fineRow, columns: first..<hull.upperBound * factor, into: &sums)
      for column in hull.indices {
        let offset = (column - hull.lowerBound) * factor
        whole[column - hull.lowerBound] += sums[offset + factor] - sums[offset]
      }
      for run in part {
        for column in Int(run.start) / factor..<(Int(run.end) - 1) / factor + 1 {
          let cells = run.columns.clamped(to: column * factor..<(column + 1) * factor)
          covered[column - hull.lowerBound] += CoverageRun.part(
            run.share, of: sums[cells.upperBound - first] - sums[cells.lowerBound - first])
        }
      }
    }
    for column in hull where covered[column - hull.lowerBound] > 0 {
      let share =
        Double(covered[column - hull.lowerBound]) / Double(whole[column - hull.lowerBound])
      let units = UInt32((min(share, 1) * Double(CoverageRun.whole)).rounded())
      guard units > 0 else { continue }
      if runs.count > start, let last = runs.last, last.end == column, last.share == units {
        runs[runs.count - 1] = CoverageRun(start: last.start, end: Int32(column + 1), share: units)
      } else {
        runs.append(CoverageRun(start: Int32(column), end: Int32(column + 1), share: units))
      }
    }
  }
}
