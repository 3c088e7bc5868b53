import Circuits
import TestSupport
import Testing

/// Circuitscape's own suite, at its own tolerance for resistances (1e-3) and 1e-5 for maps.
@Suite("Circuitscape's raster problems", .enabled(if: SharedData.isPresent))
struct CircuitscapeRasterTests {
  private typealias State = ConductorCircuit.State

  @Test(
    "pairwise", arguments: ["1", "2", "3", "5", "6", "7", "9", "11", "13", "15", "17"])
  func pairwise(number: String) throws {
    let problem = try CircuitscapeProblem("pairwise/" + number)
    let expected = try problem.expectedResistances()
    var sum = [Double](repeating: 0, count: problem.circuit.cellCount)
    var greatest = sum
    var (pairs, maps) = (0, 0)
    // Points that a matrix of pairs does not name are not there.
    let focal = problem.focal.filter { expected[[$0.id, $0.id]] != nil }
    for (index, one) in focal.enumerated() {
      for other in focal.dropFirst(index + 1) {
        let flow =
          try problem.includes(one.id, other.id) && problem.isNode(one) && problem.isNode(other)
          ? try problem.circuit.pair(
            from: other.cells, to: one.cells, shortCircuits: problem.shortCircuits) : nil
        let resistance = try #require(expected[[one.id, other.id]])
        let found = flow?.effectiveResistance ?? -1
        #expect(abs(found - resistance) <= 1e-3, "\(one.id)–\(other.id)")
        pairs += 1
        guard let flow else { continue }
        for cell in sum.indices {
          sum[cell] += flow.nodeCurrents[cell]
          greatest[cell] = max(greatest[cell], flow.nodeCurrents[cell])
        }
        let names = ["curmap_\(one.id)_\(other.id).asc", "voltmap_\(one.id)_\(other.id).asc"]
        for (name, map) in zip(names, [flow.nodeCurrents, flow.voltages])
        where problem.expects(name) {
          maps += 1
          #expect(try problem.difference(map, from: name) <= 1e-5, "\(name)")
        }
      }
    }
    #expect(pairs * 2 + focal.count == expected.count)
    for (name, map) in [("cum_curmap.asc", sum), ("max_curmap.asc", greatest)]
    where problem.expects(name) {
      #expect(try problem.difference(map, from: name) <= 1e-5, "\(name)")
    }
    let mapless = ["15", "17"]
    #expect(mapless.contains(number) ? maps == 0 : maps > 0)
  }

  @Test("all to one", arguments: ["1", "2", "5"]) func allToOne(number: String) throws {
    let problem = try CircuitscapeProblem("all_to_one/" + number)
    var sum = [Double](repeating: 0, count: problem.circuit.cellCount)
    var maps: [[Double]] = []
    try problem.circuit.allToOne(
      problem.focal.map(\.cells), shortCircuits: problem.shortCircuits
    ) { target, flow in
      maps.append(flow.nodeCurrents())
      #expect(target == maps.count - 1)
    }
    for (target, map) in zip(problem.focal, maps) {
      for cell in sum.indices { sum[cell] += map[cell] }
      #expect(try problem.difference(map, from: "curmap_\(target.id).asc") <= 1e-5)
    }
    #expect(try problem.difference(sum, from: "cum_curmap.asc") <= 1e-5)
  }

  @Test("one to all", arguments: ["1", "2", "3", "5"]) func oneToAll(number: String) throws {
    let problem = try CircuitscapeProblem("one_to_all/" + number)
    let set = ConductorSet(problem.focal.map(\.cells) + problem.shortCircuits)
    let circuit = ConductorCircuit(
      problem.circuit, conductors: set.conductors, tolerance: 1e-10)
    var sum = [Double](repeating: 0, count: problem.circuit.cellCount)
    let table = try CircuitscapeProblem.table("expected/\(problem.name)_resistances.out")
    for (index, source) in problem.focal.enumerated() {
      var states = [State](repeating: .floating(), count: set.conductors.count)
      for other in problem.focal.indices { states[set.conductorOfSet[other]] = .fixed(volts: 0) }
      states[set.conductorOfSet[index]] = .floating(amperes: 1)
      let flow = try circuit.flow(states)
      let volts = flow.conductorVoltages[set.conductorOfSet[index]]
      let isJoined = volts > 0
      #expect(abs((isJoined ? volts : -1) - table[index][1]) <= 1e-3, "\(source.id)")
      for (name, map) in [("curmap", flow.nodeCurrents()), ("voltmap", flow.voltages())] {
        #expect(
          try problem.difference(map, from: "\(name)_\(source.id).asc") <= 1e-5, "\(source.id)")
      }
      let currents = flow.nodeCurrents()
      for cell in sum.indices { sum[cell] += currents[cell] }
    }
    #expect(try problem.difference(sum, from: "cum_curmap.asc") <= 1e-5)
  }

  @Test("sources and grounds", arguments: ["1", "2", "4"]) func advanced(number: String) throws {
    let problem = try CircuitscapeProblem("advanced/" + number)
    let sources = try problem.marks("source_file")
    let grounds = try problem.marks("ground_file").map { value -> Double? in
      value.map { problem.groundsAreResistances ? 1 / $0 : $0 }
    }
    // A cell that is grounded for good is at 0 V: a conductor of its own, or what it is part of.
    let solid = grounds.indices.filter { grounds[$0] == .infinity }
    let set = ConductorSet(problem.shortCircuits + solid.map { [$0] })
    let inSet = Set(set.conductors.joined())
    func atCells(_ values: [Double?]) -> [ConductorCircuit.AtCell] {
      values.indices.compactMap { cell in
        guard let value = values[cell], problem.circuit.conducts(cell), !inSet.contains(cell)
        else { return nil }
        return ConductorCircuit.AtCell(cell: cell, value: value)
      }
    }
    let states = set.conductors.map { cells -> State in
      if cells.contains(where: { grounds[$0] == .infinity }) { return .fixed(volts: 0) }
      // A short circuit of insulating cells alone has no part in it.
      guard cells.contains(where: problem.circuit.conducts) else { return .floating() }
      return .floating(
        amperes: cells.reduce(0) { $0 + (sources[$1] ?? 0) },
        ground: cells.reduce(0) { $0 + (grounds[$1] ?? 0) })
    }
    let circuit = ConductorCircuit(
      problem.circuit, conductors: set.conductors, grounds: atCells(grounds),
      sources: atCells(sources), tolerance: 1e-10)
    let flow = try circuit.flow(states)
    #expect(try problem.difference(flow.voltages(), from: "voltmap.asc") <= 1e-5)
    // A map of currents lies beside the second case, too, but its settings do not ask for one.
    guard number != "2" else { return }
    #expect(try problem.difference(flow.nodeCurrents(), from: "curmap.asc") <= 1e-5)
  }
}
