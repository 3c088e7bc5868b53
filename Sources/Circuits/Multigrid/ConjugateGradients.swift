/// The solver did not come near enough to a solution.
package struct SolverStalled: Error, Hashable, Sendable {
  package let iterations: Int
  /// What is left of the right side, as a share of it.
  package let residual: Double
  package let tolerance: Double
}

/// Conjugate gradients in Float64, preconditioned by a multigrid cycle in Float32.
///
/// Hestenes and Stiefel 1952, *Journal of Research of the National Bureau of Standards* 49, 409–436; in the flexible
/// form (Notay 2000, *SIAM Journal on Scientific Computing* 22, 1444–1460), for a rounded cycle is not quite the same
/// matrix each time. All in one thread and one order: the same bytes wherever it runs.
struct ConjugateGradients {
  static let mostIterations = 1000

  private let equations: CircuitOperator
  private let multigrid: BlackBoxMultigrid
  /// Places whose voltages are given.
  private let fixed: [Int]
  private let residual: Plane<Double>
  private let direction: Plane<Double>
  private let currents: Plane<Double>

  init(_ equations: CircuitOperator, _ multigrid: BlackBoxMultigrid, fixed: [Int]) {
    (self.equations, self.multigrid, self.fixed) = (equations, multigrid, fixed)
    let shape = equations.shape
    (residual, direction, currents) = (Plane(shape), Plane(shape), Plane(shape))
  }

  /// Solves for the free cells.
  ///
  /// - Parameters:
  ///   - voltages: those of fixed cells are given, others are where it starts from.
  ///   - sources: amperes into free cells, by place.
  ///   - tolerance: the residual's norm, by that of the currents which the given voltages and sources drive.
  /// - Returns: the number of iterations.
  @discardableResult
  func solve(
    _ voltages: Plane<Double>, sources: [(place: Int, amperes: Double)], tolerance: Double
  ) throws(SolverStalled) -> Int {
    applyToFree(voltages)
    let count = residual.count
    let r = unsafe residual.numbers
    for index in 0..<count { unsafe r[index] = -currents.numbers[index] }
    for source in sources { residual[source.place] += source.amperes }
    direction.clear()
    var square = 0.0
    for index in 0..<count { unsafe square += r[index] * r[index] }
    let start = square
    let goal = tolerance * tolerance * start
    var (iterations, product, step) = (0, 0.0, 0.0)
    while square > goal {
      guard iterations < Self.mostIterations, square.isFinite else {
        throw SolverStalled(
          iterations: iterations, residual: (square / start).squareRoot(), tolerance: tolerance)
      }
      let scale = precondition(norm: square.squareRoot())
      let (newProduct, overlap) = products(scale)
      // r · z of the old residual is that of the new one plus step · q · z.
      let turn = iterations == 0 ? 0 : -step * overlap / product
      turnDirection(turn, scale)
      applyToFree(direction)
      let power = dot(direction, currents)
      guard power > 0 else {
        throw SolverStalled(
          iterations: iterations, residual: (square / start).squareRoot(), tolerance: tolerance)
      }
      (product, step) = (newProduct, newProduct / power)
      square = advance(voltages, by: step)
      iterations += 1
    }
    return iterations
  }

  /// Into `currents`; 0 at fixed cells, whose voltages nothing changes.
  private func applyToFree(_ voltages: Plane<Double>) {
    equations.apply(to: voltages, into: currents)
    for place in fixed { currents[place] = 0 }
  }

  /// Leaves the preconditioned residual in the finest grid, scaled; returns by what it is to be multiplied.
  private func precondition(norm: Double) -> Double {
    let shape = equations.shape
    // To about 1 a cell, so that no cell's number leaves the range of Float32.
    let scale = norm / Double(shape.columns * shape.rows).squareRoot()
    let inverse = 1 / scale
    let (r, source) = unsafe (residual.numbers, multigrid.finest.source.numbers)
    for index in 0..<residual.count { unsafe source[index] = Float(r[index] * inverse) }
    multigrid.cycle()
    return scale
  }

  /// r · z and q · z.
  private func products(_ scale: Double) -> (Double, Double) {
    let z = unsafe multigrid.finest.solution.numbers
    let (r, q) = unsafe (residual.numbers, currents.numbers)
    var (withResidual, withCurrents) = (SIMD4<Double>(), SIMD4<Double>())
    for index in Swift.stride(from: 0, to: residual.count & ~3, by: 4) {
      let here = unsafe SIMD4<Double>(
        UnsafeRawPointer(z + index).loadUnaligned(as: SIMD4<Float>.self))
      unsafe withResidual += r[lanes: index] * here
      unsafe withCurrents += q[lanes: index] * here
    }
    return (scale * withResidual.sum(), scale * withCurrents.sum())
  }

  private func turnDirection(_ turn: Double, _ scale: Double) {
    let (p, z) = unsafe (direction.numbers, multigrid.finest.solution.numbers)
    for index in 0..<direction.count {
      unsafe p[index] = scale * Double(z[index]) + turn * p[index]
    }
  }

  private func dot(_ one: Plane<Double>, _ other: Plane<Double>) -> Double {
    var sum = SIMD4<Double>()
    // What is left at the end is border.
    for index in Swift.stride(from: 0, to: one.count & ~3, by: 4) {
      unsafe sum += one.numbers[lanes: index] * other.numbers[lanes: index]
    }
    return sum.sum()
  }

  /// Returns the square of the residual's norm.
  private func advance(_ voltages: Plane<Double>, by step: Double) -> Double {
    let (x, p) = unsafe (voltages.numbers, direction.numbers)
    let (r, q) = unsafe (residual.numbers, currents.numbers)
    var square = SIMD4<Double>()
    for index in Swift.stride(from: 0, to: residual.count & ~3, by: 4) {
      unsafe x[lanes: index] += step * p[lanes: index]
      let rest = unsafe r[lanes: index] - step * q[lanes: index]
      unsafe r[lanes: index] = rest
      square += rest * rest
    }
    return square.sum()
  }
}
