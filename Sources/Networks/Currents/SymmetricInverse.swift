/// The inverse of a symmetric positive definite matrix by Gauss–Jordan elimination, which needs no pivots there.
///
/// - Complexity: O(*n*³) time, in place.
struct SymmetricInverse {
  /// Row by row.
  private var entries: [Double]
  let size: Int

  init(of matrix: [Double], size: Int) {
    precondition(matrix.count == size * size)
    (entries, self.size) = (matrix, size)
    for pivot in 0..<size {
      let factor = 1 / entries[pivot * size + pivot]
      var pivotRow = Array(entries[pivot * size..<(pivot + 1) * size])
      pivotRow[pivot] = 1
      for column in 0..<size { pivotRow[column] *= factor }
      for row in 0..<size where row != pivot {
        let multiple = entries[row * size + pivot]
        // Networks are sparse: the first steps change few rows.
        guard multiple != 0 else { continue }
        entries[row * size + pivot] = 0
        let start = row * size
        for column in 0..<size { entries[start + column] -= multiple * pivotRow[column] }
      }
      entries.replaceSubrange(pivot * size..<(pivot + 1) * size, with: pivotRow)
    }
  }

  subscript(row: Int, column: Int) -> Double { entries[row * size + column] }
}
