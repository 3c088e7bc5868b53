import Circuits
import Foundation
import RasterCore
import TestSupport
import Testing

/// The exact answers of `../shared/data/corridor-vectors/circuit.json`, made by an independent program.
@Suite("The circuit of the test vectors", .enabled(if: SharedData.isPresent))
struct CircuitVectorTests {
  /// Resistances have three decimals, which Float32 cannot hold: they are taken in thousandths.
  private static let thousandths = 1000.0

  private let circuit: [String: Any]
  private let planar: [String: Any]
  private let columns: Int

  init() throws {
    func read(_ name: String) throws -> [String: Any] {
      let path = SharedData.path("corridor-vectors/\(name).json")
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
    (circuit, planar) = (try read("circuit"), try read("planar"))
    columns = (planar["cores"] as? [[Any]])?.first?.count ?? 0
  }

  /// Row by row; `null` is infinite.
  private func plane(_ value: Any?) -> [Double] {
    (value as? [[Any]] ?? []).flatMap { $0.map { ($0 as? NSNumber)?.doubleValue ?? .infinity } }
  }

  private var problem: Problem {
    Problem(
      columns: columns,
      values: plane(planar["resistance"]).map { Float(($0 * Self.thousandths).rounded()) })
  }

  private func core(_ id: Int) -> [Int] {
    let cores = plane(planar["cores"])
    return cores.indices.filter { cores[$0] == Double(id) }
  }

  private func runs(_ cells: [Int]) -> [CellRun] {
    cells.map { CellRun(row: $0 / columns, columns: $0 % columns..<$0 % columns + 1) }
  }

  private func difference(_ map: [Double], _ expected: Any?) -> Double {
    zip(map, plane(expected)).reduce(0) { $1.1 < .infinity ? max($0, abs($1.0 - $1.1)) : $0 }
  }

  private var pairs: [[Int]] { circuit["pairs"] as? [[Int]] ?? [] }

  @Test(
    "effective resistances",
    arguments: [
      ("8 resistance", RasterCircuit.Neighbours.eight, RasterCircuit.Averaging.resistance),
      ("8 conductance", .eight, .conductance), ("4 resistance", .four, .resistance),
      ("4 conductance", .four, .conductance),
    ])
  func resistances(
    key: String, neighbours: RasterCircuit.Neighbours, averaging: RasterCircuit.Averaging
  ) throws {
    var problem = problem
    (problem.neighbours, problem.averaging) = (neighbours, averaging)
    let all = try #require(circuit["effective_resistance"] as? [String: [Double]])
    let expected = try #require(all[key])
    #expect(expected.count == 6)
    for (pair, resistance) in zip(pairs, expected) {
      let flow = try #require(try problem.circuit.pair(from: core(pair[1]), to: core(pair[0])))
      let found = flow.effectiveResistance / Self.thousandths
      #expect(abs(found - resistance) <= 1e-8 * resistance, "\(pair)")
    }
  }

  @Test("currents and voltages") func maps() throws {
    let grid = problem.circuit
    var sum = [Double](repeating: 0, count: grid.cellCount)
    for pair in pairs {
      let flow = try #require(try grid.pair(from: core(pair[1]), to: core(pair[0])))
      for cell in sum.indices { sum[cell] += flow.nodeCurrents[cell] }
      guard pair == [1, 4] else { continue }
      #expect(difference(flow.nodeCurrents, circuit["current_1_4"]) <= 1e-6)
      let ohms = flow.voltages.map { $0 / Self.thousandths }
      #expect(difference(ohms, circuit["voltage_1_4"]) <= 1e-6)
    }
    #expect(difference(sum, circuit["cumulative_current"]) <= 1e-6)
  }

  @Test("all to one, and the network of the cores") func allToOne() throws {
    let cores = (1...4).map(core)
    var sum = [Double](repeating: 0, count: problem.circuit.cellCount)
    try problem.circuit.allToOne(cores) { _, flow in
      for (cell, current) in flow.nodeCurrents().enumerated() { sum[cell] += current }
    }
    #expect(difference(sum, circuit["all_to_one_current"]) <= 1e-6)
    let conductors = ConductorCircuit(problem.circuit, conductors: cores, tolerance: 1e-12)
    let siemens = try conductors.conductances().flatMap { $0.map { $0 * Self.thousandths } }
    #expect(difference(siemens, circuit["core_conductance"]) <= 1e-9)
  }

  @Test("pinch points within the corridor of a pair") func pinchPoints() throws {
    let expected = try #require(circuit["pinch_points"] as? [String: Any])
    let costs = try #require(planar["cwd"] as? [String: Any])
    let (one, four) = (plane(costs["1"]), plane(costs["4"]))
    let threshold = try #require(expected["threshold"] as? Double)
    let least = try #require(expected["cw_dist"] as? Double)
    let corridor = zip(one, four).map { $0 + $1 - least <= threshold }
    #expect(corridor.count { $0 } == expected["cells"] as? Int)
    // In metres: the cells are 100 m wide.
    let grid = RasterCircuit(
      columns: columns, values: problem.values,
      lengths: StepLengths(cellWidth: 100, cellHeight: 100, rows: problem.values.count / columns))
    let (first, second) = (runs(core(4)), runs(core(1)))
    let points = try #require(
      try grid.pinchPoints(
        from: first, to: second, within: runs(corridor.indices.filter { corridor[$0] })))
    let resistance = try #require(expected["eff_resist"] as? Double)
    let found = points.effectiveResistance / Self.thousandths
    #expect(abs(found - resistance) <= 1e-8 * resistance)
    // Never more than the least-cost path.
    #expect(found <= least)
    let currents = plane(expected["current"])
    var compared = 0
    for row in points.rows {
      for column in points.columns where currents[row * columns + column] < .infinity {
        let window =
          (row - points.rows.lowerBound) * points.columns.count + column
          - points.columns.lowerBound
        #expect(abs(points.nodeCurrents[window] - currents[row * columns + column]) <= 1e-6)
        compared += 1
      }
    }
    #expect(compared == currents.count { $0 < .infinity })
    #expect(try grid.pinchPoints(from: first, to: second, within: []) == nil)
    #expect(try grid.pinchPoints(from: first, to: second, within: first) == nil)
  }

  @Test("the same bytes from 1, 2 and 7 threads") func threads() async throws {
    let grid = problem.circuit
    let ends = pairs.map { (core($0[0]), core($0[1])) }
    func run(_ threads: Int) async throws -> [[UInt64]] {
      try await withThrowingTaskGroup(of: [(Int, [UInt64])].self) { group in
        for thread in 0..<threads {
          group.addTask {
            try Swift.stride(from: thread, to: ends.count, by: threads).map { pair in
              let flow = try grid.pair(from: ends[pair].0, to: ends[pair].1)
              return (pair, flow?.nodeCurrents.map(\.bitPattern) ?? [])
            }
          }
        }
        var bits = [[UInt64]](repeating: [], count: ends.count)
        for try await part in group { for (pair, values) in part { bits[pair] = values } }
        return bits
      }
    }
    let alone = try await run(1)
    #expect(alone.allSatisfy { $0.count == grid.cellCount })
    #expect(try await run(2) == alone)
    #expect(try await run(7) == alone)
  }
}
