/// Voltages of a circuit and the currents that they drive.
package final class CircuitFlow {
  private let equations: CircuitOperator
  private let field: Plane<Double>
  private let conductors: [[Int]]
  /// By conductor.
  package let conductorVoltages: [Double]
  /// What the circuit takes, Σ g (Δv)²; its error is the square of that of the voltages.
  package let power: Double
  /// Amperes out of each conductor into the circuit.
  package let conductorCurrents: [Double]

  init(
    _ equations: CircuitOperator, _ field: Plane<Double>, conductors: [[Int]],
    conductorVoltages: [Double]
  ) {
    (self.equations, self.field, self.conductors) = (equations, field, conductors)
    self.conductorVoltages = conductorVoltages
    let shape = equations.shape
    let currents = Plane<Double>(shape)
    power = equations.apply(to: field, into: currents)
    conductorCurrents = conductors.map { cells in
      cells.reduce(0) { $0 + currents[shape.index($1)] }
    }
  }

  /// Row by row; 0 where nothing conducts, or no conductor or ground is reached.
  package func voltages(scaledBy scale: Double = 1, lessBy offset: Double = 0) -> [Double] {
    read(field) { (($0 - offset) * scale) }
  }

  /// What flows into or out of each cell, whichever is more; each cell of a conductor has its conductor's. Row by row.
  ///
  /// At a source more flows out by links than in, at a sink less, so that a pair's own cells have the whole current.
  package func nodeCurrents(scaledBy scale: Double = 1) -> [Double] {
    read(equations.throughput(at: field, of: conductors)) { $0 * scale }
  }

  private func read(_ plane: Plane<Double>, _ use: (Double) -> Double) -> [Double] {
    let circuit = equations.circuit
    var values: [Double] = []
    values.reserveCapacity(circuit.cellCount)
    for row in 0..<circuit.rows {
      let first = equations.shape.index(row: row, column: 0)
      for place in first..<first + circuit.columns { values.append(use(plane[place])) }
    }
    return values
  }
}
