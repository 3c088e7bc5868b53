/// A V-cycle over ever coarser grids whose equations come from the finest ones alone (Dendy 1982, "Black box
/// multigrid", *Journal of Computational Physics* 48, 366–386).
///
/// As a preconditioner it takes a circuit of any size or contrast to about eight iterations of conjugate gradients,
/// where a mask is ragged to some thirty-five.
final class BlackBoxMultigrid {
  /// As many unknowns are solved at once.
  private static let fewUnknowns = 100

  private let levels: [GridLevel]
  private let interpolations: [Interpolation]
  private let coarsest: DenseCholesky

  init(_ finest: GridLevel) {
    var levels = [finest]
    var interpolations: [Interpolation] = []
    while let last = levels.last, last.shape.columns * last.shape.rows > Self.fewUnknowns {
      let interpolation = Interpolation(last)
      levels.append(GridLevel(galerkin: last, interpolation))
      interpolations.append(interpolation)
    }
    (self.levels, self.interpolations) = (levels, interpolations)
    // Coarse equations are rounded to Float32.
    coarsest = levels[levels.count - 1].factorized(precision: 1e-6)
  }

  /// Where the right side is put and the solution found.
  var finest: GridLevel { levels[0] }

  /// Approximates the solution for the source of the finest grid.
  func cycle() { cycle(0) }

  private func cycle(_ index: Int) {
    let level = levels[index]
    guard index < interpolations.count else { return level.solve(coarsest) }
    level.solution.clear()
    level.relax()
    level.findResidual()
    interpolations[index].restrict(level, to: levels[index + 1])
    cycle(index + 1)
    interpolations[index].prolong(levels[index + 1], to: level)
    level.relaxBackwards()
  }
}

extension GridLevel {
  fileprivate func factorized(precision: Double) -> DenseCholesky {
    let size = shape.columns * shape.rows
    var matrix = [Double](repeating: 0, count: size * size)
    for cell in 0..<size {
      let place = shape.index(cell)
      matrix[cell * size + cell] = Double(diagonal[place])
      let later = [
        (east, 1), (south, shape.columns), (southEast, shape.columns + 1),
        (southWest, shape.columns - 1),
      ]
      // Links to the border are 0, and so are those that wrap around a row.
      for (links, step) in later where links[place] != 0 {
        matrix[(cell + step) * size + cell] -= Double(links[place])
      }
    }
    return DenseCholesky(matrix, size: size, precision: precision)
  }

  fileprivate func solve(_ factor: DenseCholesky) {
    let places = (0..<factor.size).map(shape.index)
    let solved = factor.solve(places.map { Double(source[$0]) })
    for (place, value) in zip(places, solved) { solution[place] = Float(value) }
  }
}
