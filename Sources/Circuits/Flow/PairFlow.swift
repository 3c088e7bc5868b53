/// One ampere from one area to another.
package struct PairFlow: Sendable {
  /// Volts that drive it: the unit is the one of resistances times that of lengths.
  package let effectiveResistance: Double
  /// By cell, with the second area at 0 V; 0 where nothing is reached.
  package let voltages: [Double]
  /// By cell, amperes: where they are high for the breadth of the land, movement is squeezed (pinch points). Cells of
  /// either area have 1.
  package let nodeCurrents: [Double]
}

extension RasterCircuit {
  /// One ampere from one area to another, each at one voltage; all other cells are what they are.
  ///
  /// - Parameters:
  ///   - first: cells; insulating ones are part of the area, too.
  ///   - shortCircuits: areas without resistance, whose voltage nobody gives. Areas that share a cell are one.
  ///   - tolerance: of the residual; currents are about as exact.
  /// - Returns: `nil` where no current can flow. Areas that are one have a resistance of 0, and no currents.
  package func pair(
    from first: [Int], to second: [Int], shortCircuits: [[Int]] = [], tolerance: Double = 1e-8
  ) throws(SolverStalled) -> PairFlow? {
    let set = ConductorSet([first, second] + shortCircuits)
    let (source, sink) = (set.conductorOfSet[0], set.conductorOfSet[1])
    guard source != sink else {
      let nothing = [Double](repeating: 0, count: cellCount)
      return PairFlow(effectiveResistance: 0, voltages: nothing, nodeCurrents: nothing)
    }
    // Where voltages of other conductors come first from solutions of their own, those must be as exact as the last.
    let circuit = ConductorCircuit(
      self, conductors: set.conductors,
      tolerance: set.conductors.count > 2 ? 1e-4 * tolerance : tolerance)
    guard circuit.isJoined(source, sink) else { return nil }
    let states: [ConductorCircuit.State] = set.conductors.indices.map {
      $0 == source ? .fixed(volts: 1) : $0 == sink ? .fixed(volts: 0) : .floating()
    }
    let flow = try circuit.flow(states)
    let resistance = 1 / flow.power
    return PairFlow(
      effectiveResistance: resistance, voltages: flow.voltages(scaledBy: resistance),
      nodeCurrents: flow.nodeCurrents(scaledBy: resistance))
  }
}
