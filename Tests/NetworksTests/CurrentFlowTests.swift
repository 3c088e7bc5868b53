import Networks
import TestSupport
import Testing

@Suite("Current flow in a network of links") struct CurrentFlowTests {
  @Test("an independent program's centrality", .enabled(if: SharedData.isPresent))
  func vector() throws {
    let vector = try NetworkVector.read()
    let centrality = CurrentFlow(vector.network).centrality()
    #expect(agree(centrality.nodes, vector.currentFlowNodes))
    #expect(agree(centrality.links, vector.currentFlowLinks))
  }

  @Test("two cores and one link: one ampere in each") func twoCores() throws {
    let flow = CurrentFlow(LinkNetwork(nodeCount: 2, links: [.init(0, 1, length: 7)]))
    #expect(flow.centrality().nodes == [1, 1])
    #expect(flow.centrality().links == [1])
    let pair = try #require(flow.pair(from: 1, to: 0))
    #expect(pair.effectiveResistance == 7)
    #expect(pair.linkCurrents == [-1])
    #expect(pair.voltages == [0, 7])
  }

  @Test("a triangle by hand, and a node that is not joined") func triangle() throws {
    let flow = CurrentFlow(
      LinkNetwork(
        nodeCount: 4,
        links: [.init(0, 1, length: 3), .init(1, 2, length: 1), .init(0, 2, length: 2)]))
    let pair = try #require(flow.pair(from: 0, to: 1))
    // 3 Ω beside 1 + 2 Ω.
    #expect(agree(pair.effectiveResistance, 1.5))
    #expect(agree(pair.linkCurrents, [0.5, -0.5, 0.5]))
    #expect(agree(pair.nodeCurrents, [1, 1, 0.5, 0]))
    #expect(pair.voltages[3] == nil)
    #expect(flow.pair(from: 0, to: 3) == nil)
    #expect(flow.centrality().nodes[3] == 0)
  }

  /// Sorted differences against the sum over pairs.
  @Test(arguments: [UInt64](1...10)) func centralityIsTheSumOverPairs(seed: UInt64) throws {
    let network = seededNetwork(seed, nodes: 9, further: 6)
    let flow = CurrentFlow(network)
    for focal in [Array(0..<9), [0, 3, 4, 8]] {
      var nodes = [Double](repeating: 0, count: 9)
      var links = [Double](repeating: 0, count: network.links.count)
      for a in focal {
        for b in focal where a < b {
          let pair = try #require(flow.pair(from: a, to: b))
          for node in nodes.indices { nodes[node] += pair.nodeCurrents[node] }
          for link in links.indices { links[link] += abs(pair.linkCurrents[link]) }
        }
      }
      let centrality = flow.centrality(focalNodes: focal)
      #expect(agree(centrality.nodes, nodes))
      #expect(agree(centrality.links, links))
    }
  }

  /// Foster: Σ R_eff / R over the links of a connected network is its nodes less one. Kirchhoff: what enters leaves.
  @Test(arguments: [UInt64](1...10)) func laws(seed: UInt64) throws {
    let network = seededNetwork(seed, nodes: 10, further: 9)
    let flow = CurrentFlow(network)
    var sum = 0.0
    for link in network.links {
      let there = try #require(flow.pair(from: link.first, to: link.second))
      let back = try #require(flow.pair(from: link.second, to: link.first))
      #expect(agree(there.effectiveResistance, back.effectiveResistance))
      #expect(there.effectiveResistance <= link.length * (1 + 1e-12))
      sum += there.effectiveResistance / link.length
      for node in 0..<10 {
        let outflow = zip(network.links, there.linkCurrents).reduce(0.0) { sum, entry in
          sum + (entry.0.first == node ? entry.1 : entry.0.second == node ? -entry.1 : 0)
        }
        #expect(agree(outflow, node == link.first ? 1 : node == link.second ? -1 : 0))
      }
    }
    #expect(agree(sum, 9, 1e-8))
  }

  @Test("touching cores conduct as the limit of small equal resistances") func touching() throws {
    func network(_ nothing: Double) -> LinkNetwork {
      LinkNetwork(
        nodeCount: 6,
        links: [
          .init(0, 1, length: 2), .init(1, 2, length: nothing), .init(2, 3, length: nothing),
          .init(3, 1, length: nothing), .init(2, 4, length: 3), .init(3, 5, length: 4),
          .init(4, 5, length: nothing), .init(0, 5, length: 5),
        ])
    }
    let (exact, limit) = (CurrentFlow(network(0)), CurrentFlow(network(1e-7)))
    for source in 0..<6 {
      for sink in 0..<6 where source != sink {
        let (a, b) = try (
          #require(exact.pair(from: source, to: sink)), #require(limit.pair(from: source, to: sink))
        )
        #expect(agree(a.linkCurrents, b.linkCurrents, absolute: 1e-6))
        #expect(agree(a.nodeCurrents, b.nodeCurrents, absolute: 1e-6))
        #expect(agree(a.effectiveResistance, b.effectiveResistance, absolute: 1e-6))
      }
    }
    let centrality = (exact.centrality(), limit.centrality())
    #expect(agree(centrality.0.links, centrality.1.links, 1e-6))
    let two = CurrentFlow(LinkNetwork(nodeCount: 2, links: [.init(0, 1, length: 0)]))
    #expect(two.centrality().nodes == [1, 1])
    #expect(two.centrality().links == [1])
  }
}
