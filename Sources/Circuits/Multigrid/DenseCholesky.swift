/// A symmetric matrix as L Lᵀ, to solve equations with it.
///
/// Unknowns that follow from those before them, where the matrix has no full rank, come out as 0.
///
/// - Complexity: O(*n*³) to make, O(*n*²) to solve.
struct DenseCholesky: Sendable {
  let size: Int
  /// Row by row, the lower triangle.
  private var lower: [Double]

  /// - Parameter matrix: row by row, positive semidefinite; the lower triangle is read.
  /// - Parameter precision: a pivot below this share of its diagonal is what rounding leaves of 0.
  init(_ matrix: [Double], size: Int, precision: Double = 1e-13) {
    precondition(matrix.count == size * size)
    self.size = size
    lower = matrix
    for row in 0..<size {
      for column in 0...row {
        var sum = matrix[row * size + column]
        for k in 0..<column { sum -= lower[row * size + k] * lower[column * size + k] }
        if row == column {
          let isIndependent = sum > precision * matrix[row * size + row]
          lower[row * size + row] = isIndependent ? sum.squareRoot() : 0
        } else {
          let pivot = lower[column * size + column]
          lower[row * size + column] = pivot > 0 ? sum / pivot : 0
        }
      }
    }
  }

  func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == size)
    var x = right
    for row in 0..<size {
      var sum = x[row]
      for column in 0..<row { sum -= lower[row * size + column] * x[column] }
      let pivot = lower[row * size + row]
      x[row] = pivot > 0 ? sum / pivot : 0
    }
    for row in (0..<size).reversed() {
      var sum = x[row]
      for later in row + 1..<max(size, row + 1) { sum -= lower[later * size + row] * x[later] }
      let pivot = lower[row * size + row]
      x[row] = pivot > 0 ? sum / pivot : 0
    }
    return x
  }
}
