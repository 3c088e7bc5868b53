extension RasterCircuit {
  /// One ampere from each of several areas to one of them, for each of these in turn (Circuitscape's all-to-one
  /// mode): what many pairs share shows in fewer solutions than there are pairs.
  ///
  /// All areas are conductors in every flow. Those that share a cell are one, with an ampere for each; those that do
  /// not reach the one in question send nothing.
  ///
  /// - Parameters:
  ///   - shortCircuits: areas without resistance that send nothing.
  ///   - use: takes the number of the area that receives, and the flow.
  /// - Complexity: twice as many solutions as there are areas, with one hierarchy.
  package func allToOne(
    _ areas: [[Int]], shortCircuits: [[Int]] = [], tolerance: Double = 1e-12,
    use: (Int, CircuitFlow) -> Void
  ) throws(SolverStalled) {
    let set = ConductorSet(areas + shortCircuits)
    let circuit = ConductorCircuit(self, conductors: set.conductors, tolerance: tolerance)
    var amperes = [Double](repeating: 0, count: set.conductors.count)
    for area in areas.indices { amperes[set.conductorOfSet[area]] += 1 }
    for area in areas.indices {
      let receiver = set.conductorOfSet[area]
      let states = amperes.enumerated().map { conductor, amperes -> ConductorCircuit.State in
        conductor == receiver ? .fixed(volts: 0) : .floating(amperes: amperes)
      }
      use(area, try circuit.flow(states))
    }
  }
}
