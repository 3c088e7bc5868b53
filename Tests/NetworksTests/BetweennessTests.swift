import Networks
import TestSupport
import Testing

@Suite("Shortest paths, parts and betweenness") struct BetweennessTests {
  @Test("an independent program's betweenness", .enabled(if: SharedData.isPresent))
  func vector() throws {
    let vector = try NetworkVector.read()
    #expect(agree(vector.network.betweenness(), vector.betweenness))
  }

  @Test("a star's middle lies between all pairs; a square shares each pair between two ways")
  func byHand() {
    let star = LinkNetwork(nodeCount: 5, links: (1..<5).map { .init(0, $0, length: 2) })
    #expect(star.betweenness() == [6, 0, 0, 0, 0])
    let square = LinkNetwork(
      nodeCount: 4, links: (0..<4).map { .init($0, ($0 + 1) % 4, length: 1) })
    #expect(square.betweenness() == [0.5, 0.5, 0.5, 0.5])
  }

  @Test("sums that differ by rounding are one length") func rounding() {
    // 0.1 + 0.2 ≠ 0.3 in binary: nodes 1 and 2 share the pair (0, 3); 0 alone joins 1 and 2.
    let network = LinkNetwork(
      nodeCount: 4,
      links: [
        .init(0, 1, length: 0.1), .init(1, 3, length: 0.2), .init(0, 2, length: 0.15),
        .init(2, 3, length: 0.15),
      ])
    #expect(network.betweenness() == [1, 0.5, 0.5, 0])
  }

  @Test("parts are numbered by their first nodes, and isolated nodes are parts") func parts() {
    let network = LinkNetwork(
      nodeCount: 6, links: [.init(5, 1, length: 1), .init(2, 4, length: 1)])
    let parts = ConnectedParts(network)
    #expect(parts.count == 4)
    #expect(parts.part == [0, 1, 2, 3, 2, 1])
    #expect(parts.members == [[0], [1, 5], [2, 4], [3]])
    #expect(ConnectedParts(LinkNetwork(nodeCount: 0, links: [])).count == 0)
    #expect(LinkNetwork(nodeCount: 0, links: []).betweenness() == [])
  }
}
