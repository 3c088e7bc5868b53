import Circuits
import RasterCore
import TestSupport
import Testing

@Suite("One ampere between two areas") struct PairFlowTests {
  @Test("resistances in a row add up") func series() throws {
    // 3 → (3 + 5)/2 + (5 + 1)/2 = 7.
    let circuit = Problem(columns: 3, values: [3, 5, 1]).circuit
    let flow = try #require(try circuit.pair(from: [0], to: [2]))
    #expect(abs(flow.effectiveResistance - 7) < 1e-12)
    #expect(flow.nodeCurrents.allSatisfy { abs($0 - 1) < 1e-12 })
    #expect(abs(flow.voltages[0] - 7) < 1e-12 && abs(flow.voltages[1] - 3) < 1e-12)
    #expect(flow.voltages[2] == 0)
  }

  @Test("links of unlike length resist by their length") func lengths() throws {
    // 300 m × 4 Ω/m, then 200 m × 3 Ω/m.
    let circuit = Problem(
      columns: 1, values: [3, 5, 1],
      lengths: StepLengths(east: [1, 1, 1], south: [300, 200], diagonal: [1, 1])
    ).circuit
    let flow = try #require(try circuit.pair(from: [0], to: [2]))
    #expect(abs(flow.effectiveResistance - 1800) < 1e-9)
  }

  @Test("conductances side by side add up") func parallel() throws {
    // Around a hole, with four neighbours: two ways of four links of 2 Ω and of two links of 2 Ω, 8 · 4 / 12.
    var problem = Problem(columns: 3, values: [2, 2, 2, 2, 0, 2, 2, 2, 2])
    problem.neighbours = .four
    let corner = try #require(try problem.circuit.pair(from: [0], to: [8]))
    #expect(abs(corner.effectiveResistance - 4) < 1e-12)  // 8 Ω twice
    #expect(abs(corner.nodeCurrents[1] - 0.5) < 1e-12)
    let side = try #require(try problem.circuit.pair(from: [0], to: [2]))
    #expect(abs(side.effectiveResistance - 3) < 1e-12)  // 4 · 12 / 16
    #expect(abs(side.nodeCurrents[1] - 0.75) < 1e-12)
    #expect(abs(side.nodeCurrents[7] - 0.25) < 1e-12)
    #expect(side.nodeCurrents[4] == 0)
  }

  @Test("a diagonal is √2 long, unless there are four neighbours") func diagonal() throws {
    var problem = Problem(columns: 2, values: [1, 0, 0, 1])
    let flow = try #require(try problem.circuit.pair(from: [0], to: [3]))
    #expect(abs(flow.effectiveResistance - 2.0.squareRoot()) < 1e-12)
    problem.neighbours = .four
    #expect(try problem.circuit.pair(from: [0], to: [3]) == nil)
  }

  @Test("mean conductance is not the inverse of mean resistance") func averaging() throws {
    var problem = Problem(columns: 2, values: [1, 4])
    #expect(try problem.circuit.pair(from: [0], to: [1])?.effectiveResistance == 2.5)
    problem.averaging = .conductance  // (1 + 1/4)/2 = 5/8 S
    #expect(try problem.circuit.pair(from: [0], to: [1])?.effectiveResistance == 1.6)
    problem.quantity = .conductance  // (1 + 4)/2 = 5/2 S
    #expect(try problem.circuit.pair(from: [0], to: [1])?.effectiveResistance == 0.4)
    problem.averaging = .resistance  // (1 + 1/4)/2 = 5/8 Ω
    #expect(try problem.circuit.pair(from: [0], to: [1])?.effectiveResistance == 0.625)
  }

  @Test("areas that touch, share a cell or are short-circuited") func edges() throws {
    let circuit = Problem(columns: 4, values: [1, 1, 1, 1]).circuit
    #expect(try circuit.pair(from: [0, 1], to: [2, 3])?.effectiveResistance == 1)
    #expect(try circuit.pair(from: [0, 1], to: [1, 2])?.effectiveResistance == 0)
    // The middle link is bridged: 1 + 0 + 1.
    let bridged = try #require(try circuit.pair(from: [0], to: [3], shortCircuits: [[1, 2]]))
    #expect(abs(bridged.effectiveResistance - 2) < 1e-12)
    #expect(bridged.nodeCurrents.allSatisfy { abs($0 - 1) < 1e-12 })
    #expect(
      try circuit.pair(from: [0], to: [3], shortCircuits: [[0, 1], [1, 3]])?.effectiveResistance
        == 0)
  }

  @Test("nothing flows where nothing conducts") func insulated() throws {
    #expect(try Problem(columns: 3, values: [1, 0, 1]).circuit.pair(from: [0], to: [2]) == nil)
    #expect(try Problem(columns: 2, values: [0, 0]).circuit.pair(from: [0], to: [1]) == nil)
    #expect(try Problem(columns: 2, values: [.nan, 1]).circuit.pair(from: [0], to: [1]) == nil)
    #expect(
      try Problem(columns: 2, values: [-1, .infinity]).circuit.pair(from: [0], to: [1]) == nil)
  }

  /// Two areas, and two short circuits of scattered cells, some of them insulating.
  private func sets(_ seed: UInt64, _ problem: Problem) -> [[Int]] {
    var random = SeededGenerator(seed: seed &+ 99)
    return (0..<4).map { _ in
      (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Int.random(in: 0..<problem.values.count, using: &random)
      }
    }
  }

  @Test("voltages and currents are those of plain elimination", arguments: UInt64(0)..<64)
  func dense(seed: UInt64) throws {
    let problem = Problem(seed: seed)
    let sets = seed & 8 == 0 ? Array(sets(seed, problem).prefix(2)) : sets(seed, problem)
    let set = ConductorSet(sets)
    let oracle = DenseNetwork(problem, conductors: set.conductors)
    let flow = try problem.circuit.pair(
      from: sets[0], to: sets[1], shortCircuits: Array(sets.dropFirst(2)), tolerance: 1e-10)
    let (source, sink) = (set.conductorOfSet[0], set.conductorOfSet[1])
    guard source != sink else {
      #expect(flow?.effectiveResistance == 0)
      return
    }
    guard let expected = oracle.pair(source, sink) else {
      #expect(flow == nil)
      return
    }
    let found = try #require(flow)
    let resistance = expected.resistance
    #expect(abs(found.effectiveResistance - resistance) < 1e-9 * resistance)
    for cell in problem.values.indices {
      // The solver leaves 1e-10 of the currents.
      #expect(abs(found.nodeCurrents[cell] - expected.currents[cell]) < 1e-7)
      guard expected.currents[cell] > 1e-9 else { continue }
      #expect(abs(found.voltages[cell] - expected.voltages[cell]) < 1e-7 * resistance)
    }
  }

  @Test("currents in and out of every node are equal", arguments: UInt64(0)..<8)
  func conserved(seed: UInt64) throws {
    let problem = Problem(seed: seed, columns: 40, rows: 31, insulating: 15)
    let flow = try #require(
      try problem.circuit.pair(from: firstCells(problem), to: lastCells(problem)))
    let ends = Set(firstCells(problem) + lastCells(problem))
    for cell in problem.values.indices where problem.values[cell] > 0 && !ends.contains(cell) {
      let (row, column) = (cell / problem.columns, cell % problem.columns)
      var (into, out) = (0.0, 0.0)
      for other in neighbours(row, column, problem) where problem.values[other] > 0 {
        let current = problem.link(cell, other) * (flow.voltages[cell] - flow.voltages[other])
        if current > 0 { out += current } else { into -= current }
      }
      #expect(abs(into - out) < 1e-6)
      #expect(abs(flow.nodeCurrents[cell] - max(into, out)) < 1e-9)
    }
  }

  private func neighbours(_ row: Int, _ column: Int, _ problem: Problem) -> [Int] {
    let rows = problem.values.count / problem.columns
    return (max(0, row - 1)...min(rows - 1, row + 1)).flatMap { row in
      (max(0, column - 1)...min(problem.columns - 1, column + 1)).map { row * problem.columns + $0 }
    }.filter { $0 != row * problem.columns + column }
  }

  /// Of the greatest part only: the first and last cells that conduct and have company.
  private func firstCells(_ problem: Problem) -> [Int] {
    Array(problem.values.indices.filter { problem.values[$0] > 0 }.prefix(25))
  }

  private func lastCells(_ problem: Problem) -> [Int] {
    Array(problem.values.indices.filter { problem.values[$0] > 0 }.suffix(25))
  }

  @Test(
    "conductances times resistances over all links sum to the nodes less one",
    arguments: [3, 4] as [UInt64])
  func foster(seed: UInt64) throws {
    // Foster 1949, "The average impedance of an electrical network".
    let problem = Problem(seed: seed, columns: 6, rows: 5, insulating: 0)
    var sum = 0.0
    for one in problem.values.indices {
      for other in problem.values.indices where one < other && problem.link(one, other) > 0 {
        let flow = try #require(try problem.circuit.pair(from: [one], to: [other]))
        sum += problem.link(one, other) * flow.effectiveResistance
      }
    }
    #expect(abs(sum - 29) < 1e-8 * 29)
  }

  @Test("no cell's resistance can be raised to lower that of a pair", arguments: UInt64(0)..<8)
  func rayleigh(seed: UInt64) throws {
    var problem = Problem(seed: seed, insulating: 0)
    problem.quantity = .resistance
    let before = try #require(try problem.circuit.pair(from: [0], to: [140]))
    problem.values[70] *= 3
    let raised = try #require(try problem.circuit.pair(from: [0], to: [140]))
    problem.values[70] = 0
    let cut = try #require(try problem.circuit.pair(from: [0], to: [140]))
    #expect(before.effectiveResistance < raised.effectiveResistance)
    #expect(raised.effectiveResistance < cut.effectiveResistance)
  }

  @Test("a pair has the same resistance both ways, and twice that of half the resistances")
  func symmetry() throws {
    var problem = Problem(seed: 8, insulating: 10)
    let there = try #require(try problem.circuit.pair(from: [0, 1], to: [140, 141]))
    let back = try #require(try problem.circuit.pair(from: [140, 141], to: [0, 1]))
    #expect(
      abs(there.effectiveResistance - back.effectiveResistance) < 1e-12 * there.effectiveResistance)
    problem.values = problem.values.map { $0 / 2 }
    let half = try #require(try problem.circuit.pair(from: [0, 1], to: [140, 141]))
    #expect(
      abs(half.effectiveResistance * 2 - there.effectiveResistance) < 1e-12
        * there.effectiveResistance)
  }
}
