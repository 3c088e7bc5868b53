/// The parts into which a network falls: nodes of one part reach each other, an isolated node is a part.
package struct ConnectedParts: Sendable {
  /// By node; parts are numbered from 0 in the order of their first nodes.
  package let part: [Int]
  package let count: Int

  package init(_ network: LinkNetwork) {
    self.init(network, through: { _ in true })
  }

  /// - Parameter isOpen: whether a link joins its ends.
  init(_ network: LinkNetwork, through isOpen: (LinkNetwork.Link) -> Bool) {
    var part = [Int](repeating: -1, count: network.nodeCount)
    var count = 0
    for start in part.indices where part[start] < 0 {
      part[start] = count
      var waiting = [start]
      while let node = waiting.popLast() {
        for arm in network.arms(of: node)
        where part[arm.neighbour] < 0 && isOpen(network.links[arm.link]) {
          part[arm.neighbour] = count
          waiting.append(arm.neighbour)
        }
      }
      count += 1
    }
    (self.part, self.count) = (part, count)
  }

  /// By part, its nodes in ascending order.
  package var members: [[Int]] {
    var members = [[Int]](repeating: [], count: count)
    for (node, part) in part.enumerated() { members[part].append(node) }
    return members
  }
}
