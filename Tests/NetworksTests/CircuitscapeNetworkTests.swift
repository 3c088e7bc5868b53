import Foundation
import Networks
import TestSupport
import Testing

/// Circuitscape's own suite (Circuitscape.jl 742dd0a, `sgNetworkVerify1` and `2`): link networks in pairwise mode.
@Suite("Circuitscape's network problems", .enabled(if: SharedData.isPresent))
struct CircuitscapeNetworkTests {
  private static func table(_ name: String) throws -> [[Double]] {
    let path = SharedData.path("circuitscape-verify/" + name)
    return try String(contentsOfFile: path, encoding: .utf8)
      .split(whereSeparator: \.isNewline)
      .map { $0.split(separator: " ").compactMap { Double($0) } }
  }

  @Test(arguments: ["sgNetworkVerify1", "sgNetworkVerify2"]) func pairwise(name: String) throws {
    let graph = try Self.table("input/network/\(name)_graph_conductances.txt")
    let focal = try Self.table("input/network/\(name)_focal_nodes.txt").map { Int($0[0]) }
    let nodeCount = 1 + Int(graph.map { max($0[0], $0[1]) }.max()!)
    let network = LinkNetwork(
      nodeCount: nodeCount,
      links: graph.map { .init(Int($0[0]), Int($0[1]), length: 1 / $0[2]) })
    let flow = CurrentFlow(network)
    // A link's current by its ends, as the expected files name it.
    func currents(_ byLink: [Double]) -> [[Int]: Double] {
      Dictionary(
        uniqueKeysWithValues: zip(network.links, byLink).map { ([$0.first, $0.second], abs($1)) })
    }
    // They leave out what is less than 1e-8 of the largest.
    func compare(_ found: [[Int]: Double], _ expected: [[Double]]) {
      var rest = found
      for row in expected {
        let current = rest.removeValue(forKey: [Int(row[0]), Int(row[1])]) ?? .nan
        #expect(abs(current - row[2]) <= 1e-5)
      }
      #expect(rest.values.allSatisfy { $0 < 1e-6 })
    }

    let resistances = try Self.table("expected/\(name)_resistances.out")
    var joined = 0
    for (row, source) in focal.enumerated() {
      for (column, sink) in focal.enumerated() where row != column {
        let pair = flow.pair(from: source, to: sink)
        #expect(abs((pair?.effectiveResistance ?? -1) - resistances[row + 1][column + 1]) <= 1e-3)
        guard row < column, let pair else { continue }
        joined += 1
        let ending = "\(source)_\(sink).txt"
        compare(
          currents(pair.linkCurrents), try Self.table("expected/\(name)_branch_currents_" + ending))
        for node in try Self.table("expected/\(name)_node_currents_" + ending) {
          #expect(abs(pair.nodeCurrents[Int(node[0])] - node[1]) <= 1e-5)
        }
        // Theirs have the first node at 0 V and one ampere into the second.
        let back = try #require(flow.pair(from: sink, to: source))
        for node in try Self.table("expected/\(name)_voltages_" + ending) {
          #expect(abs((back.voltages[Int(node[0])] ?? 0) - node[1]) <= 1e-5)
        }
      }
    }
    #expect(joined == (name == "sgNetworkVerify1" ? 22 : 10))
    let centrality = flow.centrality(focalNodes: focal)
    compare(
      currents(centrality.links), try Self.table("expected/\(name)_branch_currents_cum.txt"))
    for node in try Self.table("expected/\(name)_node_currents_cum.txt") {
      #expect(abs(centrality.nodes[Int(node[0])] - node[1]) <= 1e-5)
    }
  }
}
