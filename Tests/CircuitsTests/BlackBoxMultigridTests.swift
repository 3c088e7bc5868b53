import TestSupport
import Testing

@testable import Circuits

@Suite("Black-box multigrid") struct BlackBoxMultigridTests {
  /// The finest grid of a rough circuit with two fixed cells.
  private func finest(_ problem: Problem) -> GridLevel {
    let circuit = problem.circuit
    let ends = [0, problem.values.count - 1]
    let parts = CircuitParts(circuit, conductors: ends.map { [$0] })
    let equations = CircuitOperator(circuit, joined: parts.joined, grounds: [])
    return GridLevel(equations, parts: parts, grounds: [])
  }

  private func places(_ shape: PlaneShape) -> [Int] {
    (0..<shape.columns * shape.rows).map(shape.index)
  }

  /// Column by column.
  private func matrix(_ level: GridLevel) -> [[Double]] {
    let places = places(level.shape)
    level.source.clear()
    return places.map { place in
      level.solution.clear()
      level.solution[place] = 1
      level.findResidual()
      return places.map { -Double(level.residual[$0]) }
    }
  }

  /// By coarse cell, the fine cells' weights.
  private func weights(_ interpolation: Interpolation, _ fine: GridLevel, _ coarse: GridLevel)
    -> [[Double]]
  {
    places(coarse.shape).map { place in
      coarse.solution.clear()
      coarse.solution[place] = 1
      fine.solution.clear()
      interpolation.prolong(coarse, to: fine)
      return places(fine.shape).map { Double(fine.solution[$0]) }
    }
  }

  @Test("coarse equations are Pᵀ A P", arguments: UInt64(0)..<16) func galerkin(seed: UInt64) {
    let fine = finest(
      Problem(seed: seed, columns: 7 + Int(seed % 3), rows: 6 + Int(seed % 4), insulating: 20))
    let interpolation = Interpolation(fine)
    let coarse = GridLevel(galerkin: fine, interpolation)
    let (a, p) = (matrix(fine), weights(interpolation, fine, coarse))
    let found = matrix(coarse)
    // Numbers of a Float32, a few products deep.
    let scale = a.indices.reduce(0) { max($0, a[$1][$1]) }
    for other in p.indices {
      let flows = a.indices.map { i in a.indices.reduce(0) { $0 + a[$1][i] * p[other][$1] } }
      for one in p.indices {
        var sum = zip(p[one], flows).reduce(0) { $0 + $1.0 * $1.1 }
        // An unknown without an equation has a diagonal of 1.
        if one == other, p[one].allSatisfy({ $0 == 0 }) { sum = 1 }
        #expect(abs(found[other][one] - sum) < 2e-6 * max(scale, 1), "\(one) \(other)")
      }
    }
  }

  @Test("residuals are weighed as voltages are spread", arguments: UInt64(0)..<8)
  func transposed(seed: UInt64) {
    let fine = finest(Problem(seed: seed, columns: 8, rows: 9, insulating: 20))
    let interpolation = Interpolation(fine)
    let coarse = GridLevel(galerkin: fine, interpolation)
    let p = weights(interpolation, fine, coarse)
    for (fineCell, place) in places(fine.shape).enumerated() {
      fine.residual.clear()
      fine.residual[place] = 1
      interpolation.restrict(fine, to: coarse)
      for (coarseCell, place) in places(coarse.shape).enumerated() {
        #expect(Double(coarse.source[place]) == p[coarseCell][fineCell])
      }
    }
  }

  @Test("where nothing is fixed nearby an even voltage stays even") func constants() {
    let fine = finest(Problem(seed: 8, columns: 21, rows: 20, insulating: 0))
    let interpolation = Interpolation(fine)
    let coarse = GridLevel(galerkin: fine, interpolation)
    for place in places(coarse.shape) { coarse.solution[place] = 1 }
    fine.solution.clear()
    interpolation.prolong(coarse, to: fine)
    for row in 3..<17 {
      for column in 3..<18 {
        #expect(abs(fine.solution[fine.shape.index(row: row, column: column)] - 1) < 1e-6)
      }
    }
  }

  @Test("a cycle is a symmetric matrix, as conjugate gradients want it") func symmetric() {
    let multigrid = BlackBoxMultigrid(
      finest(Problem(seed: 1, columns: 23, rows: 18, insulating: 25)))
    let level = multigrid.finest
    let places = places(level.shape)
    var random = SeededGenerator(seed: 5)
    func answer(_ source: [Double]) -> [Double] {
      level.source.clear()
      for (place, value) in zip(places, source) where level.east[place] != 0 {
        level.source[place] = Float(value)
      }
      multigrid.cycle()
      return places.map { level.east[$0] != 0 ? Double(level.solution[$0]) : 0 }
    }
    let one = places.map { _ in Double.random(in: -1...1, using: &random) }
    let other = places.map { _ in Double.random(in: -1...1, using: &random) }
    let forth = zip(answer(one), other).reduce(0) { $0 + $1.0 * $1.1 }
    let back = zip(answer(other), one).reduce(0) { $0 + $1.0 * $1.1 }
    let size = zip(answer(one), one).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(size > 0)
    #expect(abs(forth - back) < 1e-5 * size)
  }

  @Test("few iterations, at any size and contrast", arguments: [40, 160], [0, 3] as [Float])
  func iterations(side: Int, decades: Float) throws {
    var random = SeededGenerator(seed: UInt64(side))
    // Patches of eight cells, so that contrasts do not average out.
    let patches = (0..<1024).map { _ in Float.random(in: 0...decades, using: &random) }
    let values = (0..<side * side).map { cell -> Float in
      var value: Float = 1
      for _ in 0..<Int(patches[cell / side / 8 * 32 + cell % side / 8]) { value *= 10 }
      return value
    }
    let circuit = ConductorCircuit(
      Problem(columns: side, values: values).circuit, conductors: [[0], [side * side - 1]])
    _ = try circuit.flow([.fixed(volts: 1), .fixed(volts: 0)])
    #expect(circuit.iterations <= 12)
  }

  @Test("a ragged mask takes some more") func ragged() throws {
    let problem = Problem(seed: 0, columns: 120, rows: 120, insulating: 35)
    let conducting = problem.values.indices.filter { problem.values[$0] > 0 }
    let circuit = ConductorCircuit(
      problem.circuit, conductors: [Array(conducting.prefix(30)), Array(conducting.suffix(30))])
    _ = try circuit.flow([.fixed(volts: 1), .fixed(volts: 0)])
    #expect(circuit.iterations <= 60)
  }

  @Test("numbers beyond those of a Float32 are refused, not answered wrongly") func stalled() throws
  {
    var random = SeededGenerator(seed: 3)
    let values = (0..<400).map { _ in
      Float(sign: .plus, exponent: .random(in: -120...120, using: &random), significand: 1)
    }
    #expect(throws: SolverStalled.self) {
      _ = try Problem(columns: 20, values: values).circuit.pair(from: [0], to: [399])
    }
  }

  @Test("a matrix without full rank is solved where it can be") func cholesky() {
    // The third row is the sum of the others.
    let matrix: [Double] = [4, 2, 6, 2, 5, 7, 6, 7, 13]
    let solved = DenseCholesky(matrix, size: 3).solve([8, 12, 20])
    for row in 0..<3 {
      let sum = (0..<3).reduce(0) { $0 + matrix[3 * row + $1] * solved[$1] }
      #expect(abs(sum - [8, 12, 20][row]) < 1e-12)
    }
    #expect(solved[2] == 0)
    #expect(DenseCholesky([], size: 0).solve([]).isEmpty)
  }
}
