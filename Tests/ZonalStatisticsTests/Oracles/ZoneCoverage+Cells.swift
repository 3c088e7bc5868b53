import ZonalStatistics

extension ZoneCoverage {
  /// Cells of which the zone covers any share.
  var cellCount: Int {
    rowRange.reduce(0) { sum, row in runs(inRow: row).reduce(sum) { $0 + $1.columns.count } }
  }

  /// The area covered in cells, exact: shares are whole numbers of 2⁻³⁰.
  var coveredCells: Double {
    let shares = rowRange.reduce(Int128(0)) { sum, row in
      runs(inRow: row).reduce(sum) { $0 + Int128($1.columns.count) * Int128($1.share) }
    }
    return Double(shares) / Double(CoverageRun.whole)
  }
}
