/// Places joined by links, each with a length: cores and the corridors between them.
///
/// A length is what the measure asked for says: cost-weighted distance, metres, or resistance in ohms. 0 joins
/// places that touch. Two places may have several links.
package struct LinkNetwork: Sendable {
  package struct Link: Hashable, Sendable {
    package let first: Int
    package let second: Int
    package let length: Double

    package init(_ first: Int, _ second: Int, length: Double) {
      (self.first, self.second, self.length) = (first, second, length)
    }
  }

  /// One link seen from one of its ends.
  struct Arm: Sendable {
    let link: Int
    let neighbour: Int
    let length: Double
  }

  package let nodeCount: Int
  package let links: [Link]
  /// All nodes' arms, node by node.
  private let allArms: [Arm]
  private let firstArm: [Int]

  /// - Parameter links: between two different ones of the nodes 0…`nodeCount` − 1; lengths ≥ 0 and finite.
  package init(nodeCount: Int, links: [Link]) {
    (self.nodeCount, self.links) = (nodeCount, links)
    var firstArm = [Int](repeating: 0, count: nodeCount + 1)
    for link in links {
      precondition(link.first != link.second, "a link joins two nodes")
      precondition(link.length >= 0 && link.length.isFinite, "a length is finite and not negative")
      firstArm[link.first + 1] += 1
      firstArm[link.second + 1] += 1
    }
    for node in 0..<nodeCount { firstArm[node + 1] += firstArm[node] }
    var next = firstArm
    var arms = [Arm](
      repeating: Arm(link: 0, neighbour: 0, length: 0), count: firstArm[nodeCount])
    for (index, link) in links.enumerated() {
      arms[next[link.first]] = Arm(link: index, neighbour: link.second, length: link.length)
      arms[next[link.second]] = Arm(link: index, neighbour: link.first, length: link.length)
      next[link.first] += 1
      next[link.second] += 1
    }
    (self.allArms, self.firstArm) = (arms, firstArm)
  }

  func arms(of node: Int) -> ArraySlice<Arm> { allArms[firstArm[node]..<firstArm[node + 1]] }

  /// The same links, each of length 1: paths are then measured by their number of links.
  package var countingLinks: LinkNetwork {
    LinkNetwork(
      nodeCount: nodeCount, links: links.map { Link($0.first, $0.second, length: 1) })
  }
}
