/// A circuit with conductors in it (cores, focal regions, short circuits), ready to be solved for any voltages of
/// theirs and any currents into them.
///
/// Conductors are cells of given voltage (Dirichlet cells): the grid keeps its stencil, and one multigrid hierarchy
/// serves all solutions. Where a conductor's voltage is not given but its current, all of them are first seen as one
/// small network: what flows into each while one is at 1 V (the Schur complement of the circuit).
package final class ConductorCircuit {
  /// What is known of a conductor.
  package enum State: Hashable, Sendable {
    case fixed(volts: Double)
    /// Amperes that enter, and a conductance to 0 V.
    case floating(amperes: Double = 0, ground: Double = 0)
  }

  /// A number at a cell: amperes into it, or siemens to 0 V.
  package struct AtCell: Hashable, Sendable {
    package let cell: Int
    package let value: Double
    package init(cell: Int, value: Double) { (self.cell, self.value) = (cell, value) }
  }

  package let circuit: RasterCircuit
  package let conductors: [[Int]]
  private let partOfConductor: [Int]
  private let partsWithGround: Set<Int>
  /// By source.
  private let partOfSource: [Int]
  private let sources: [AtCell]
  private let equations: CircuitOperator
  private let solver: ConjugateGradients
  private let tolerance: Double
  /// Of all solutions so far.
  package private(set) var iterations = 0
  /// By conductor at 1 V: amperes out of each one.
  private var unitCurrents: [Int: [Double]] = [:]

  /// - Parameters:
  ///   - conductors: the cells of each, in rising order; none stands in two (`ConductorSet`).
  ///   - grounds: siemens from conducting cells outside of them to 0 V.
  ///   - sources: amperes into such cells, in every flow.
  ///   - tolerance: of the solver's residual. Resistances of a pair are as exact as its square; voltages and
  ///     currents as itself, about.
  package init(
    _ circuit: RasterCircuit, conductors: [[Int]], grounds: [AtCell] = [], sources: [AtCell] = [],
    tolerance: Double = 1e-8
  ) {
    precondition(tolerance > 0, "a solution is never exact")
    (self.circuit, self.conductors, self.sources) = (circuit, conductors, sources)
    self.tolerance = tolerance
    let parts = CircuitParts(
      circuit, conductors: conductors, grounds: grounds.map(\.cell), sources: sources.map(\.cell))
    (partOfConductor, partOfSource) = (parts.partOfConductor, parts.partOfSource)
    partsWithGround = Set(parts.partOfGround)
    let shape = PlaneShape(columns: circuit.columns, rows: circuit.rows)
    let placed = grounds.map { (place: shape.index($0.cell), siemens: $0.value) }
    equations = CircuitOperator(circuit, joined: parts.joined, grounds: placed)
    let finest = GridLevel(equations, parts: parts, grounds: placed)
    solver = ConjugateGradients(
      equations, BlackBoxMultigrid(finest), fixed: conductors.joined().map(shape.index))
  }

  /// Whether any current can flow between two conductors.
  package func isJoined(_ one: Int, _ other: Int) -> Bool {
    partOfConductor[one] == partOfConductor[other]
  }

  /// Solves for what is not given.
  ///
  /// A part of the circuit without a fixed conductor or a ground stays at 0 V: its current has nowhere to go.
  ///
  /// - Parameter states: by conductor.
  package func flow(_ states: [State]) throws(SolverStalled) -> CircuitFlow {
    precondition(states.count == conductors.count)
    let grounded = groundedParts(states)
    let live = zip(sources, partOfSource).filter { grounded.contains($1) }.map(\.0)
    let volts = try voltages(states, sources: live, grounded: grounded)
    let field = try solve(volts, sources: live)
    return CircuitFlow(equations, field, conductors: conductors, conductorVoltages: volts)
  }

  /// Amperes from each conductor (rows) while one is at 1 V and the others at 0 V (columns): symmetric, rows sum to 0
  /// where there are no grounds.
  package func conductances() throws(SolverStalled) -> [[Double]] {
    var columns: [[Double]] = []
    for conductor in conductors.indices { columns.append(try currents(atUnit: conductor)) }
    return conductors.indices.map { row in columns.map { $0[row] } }
  }

  private func groundedParts(_ states: [State]) -> Set<Int> {
    let conductors = states.indices.filter { conductor in
      if case .floating(_, let ground) = states[conductor] { return ground > 0 }
      return true
    }
    return partsWithGround.union(conductors.map { partOfConductor[$0] })
  }

  /// Of all conductors.
  private func voltages(
    _ states: [State], sources: [AtCell], grounded: Set<Int>
  ) throws(SolverStalled) -> [Double] {
    var volts = [Double](repeating: 0, count: states.count)
    var unknown: [Int] = []
    for (conductor, state) in states.enumerated() {
      switch state {
      case .fixed(let given): volts[conductor] = given
      case .floating:
        if grounded.contains(partOfConductor[conductor]) { unknown.append(conductor) }
      }
    }
    guard !unknown.isEmpty else { return volts }
    // What sources would drive into conductors at 0 V enters them as if it were given.
    var entering = [Double](repeating: 0, count: states.count)
    if !sources.isEmpty {
      let zero = [Double](repeating: 0, count: states.count)
      entering = currents(of: try solve(zero, sources: sources)).map { -$0 }
    }
    var matrix: [Double] = []
    var right: [Double] = []
    for row in unknown {
      let column = try currents(atUnit: row)
      guard case .floating(let amperes, let ground) = states[row] else { continue }
      // By symmetry the column is the row.
      for other in unknown { matrix.append(column[other] + (other == row ? ground : 0)) }
      let fixed = volts.indices.reduce(0) { $0 + column[$1] * volts[$1] }
      right.append(amperes + entering[row] - fixed)
    }
    let solved = DenseCholesky(symmetric(matrix, unknown.count), size: unknown.count).solve(right)
    for (conductor, value) in zip(unknown, solved) { volts[conductor] = value }
    return volts
  }

  private func symmetric(_ matrix: [Double], _ size: Int) -> [Double] {
    (0..<size * size).map { (matrix[$0] + matrix[$0 % size * size + $0 / size]) / 2 }
  }

  private func currents(atUnit conductor: Int) throws(SolverStalled) -> [Double] {
    if let known = unitCurrents[conductor] { return known }
    var volts = [Double](repeating: 0, count: conductors.count)
    volts[conductor] = 1
    let found = currents(of: try solve(volts, sources: []))
    unitCurrents[conductor] = found
    return found
  }

  /// Out of each conductor into the circuit.
  private func currents(of field: Plane<Double>) -> [Double] {
    let out = Plane<Double>(equations.shape)
    equations.apply(to: field, into: out)
    return conductors.map { cells in cells.reduce(0) { $0 + out[equations.shape.index($1)] } }
  }

  private func solve(
    _ volts: [Double], sources: [AtCell]
  ) throws(SolverStalled) -> Plane<Double> {
    let field = Plane<Double>(equations.shape)
    for (cells, value) in zip(conductors, volts) {
      for cell in cells { field[equations.shape.index(cell)] = value }
    }
    iterations += try solver.solve(
      field, sources: sources.map { (place: equations.shape.index($0.cell), amperes: $0.value) },
      tolerance: tolerance)
    return field
  }
}
