/// Shortest paths from one node to all others (Dijkstra, "A note on two problems in connexion with graphs",
/// Numerische Mathematik 1, 1959).
struct ShortestPathTree {
  /// By node; infinite where no path leads.
  private(set) var distances: [Double]
  /// The reached nodes, nearest first, from the source on.
  private(set) var order: [Int] = []
  /// By node: the link by which its path arrives; −1 for the source and for nodes not reached.
  private(set) var arrivals: [Int]

  init(_ network: LinkNetwork, from source: Int) {
    distances = [Double](repeating: .infinity, count: network.nodeCount)
    arrivals = [Int](repeating: -1, count: network.nodeCount)
    var isSettled = [Bool](repeating: false, count: network.nodeCount)
    var waiting = NearestFirst()
    distances[source] = 0
    waiting.push(0, source)
    while let (distance, node) = waiting.pop() {
      guard !isSettled[node] else { continue }
      isSettled[node] = true
      order.append(node)
      for arm in network.arms(of: node) where distance + arm.length < distances[arm.neighbour] {
        distances[arm.neighbour] = distance + arm.length
        arrivals[arm.neighbour] = arm.link
        waiting.push(distance + arm.length, arm.neighbour)
      }
    }
  }
}

/// A tree of shortest paths with its branches: what hangs on a node or on a link.
struct BranchingTree {
  private let network: LinkNetwork
  let tree: ShortestPathTree
  /// The reached nodes so that a node is followed by all that hangs on it.
  private let preorder: [Int]
  private let position: [Int]
  private let branchSize: [Int]

  init(_ network: LinkNetwork, from source: Int) {
    let tree = ShortestPathTree(network, from: source)
    var branchSize = [Int](repeating: 0, count: network.nodeCount)
    var position = [Int](repeating: -1, count: network.nodeCount)
    func parent(of node: Int) -> Int? {
      guard tree.arrivals[node] >= 0 else { return nil }
      let link = network.links[tree.arrivals[node]]
      return link.first == node ? link.second : link.first
    }
    for node in tree.order.reversed() {
      branchSize[node] += 1
      if let parent = parent(of: node) { branchSize[parent] += branchSize[node] }
    }
    var next = [Int](repeating: 0, count: network.nodeCount)
    var preorder = [Int](repeating: 0, count: tree.order.count)
    for node in tree.order {
      if let parent = parent(of: node) {
        position[node] = next[parent]
        next[parent] += branchSize[node]
      } else {
        position[node] = 0
      }
      next[node] = position[node] + 1
      preorder[position[node]] = node
    }
    (self.network, self.tree) = (network, tree)
    (self.preorder, self.position, self.branchSize) = (preorder, position, branchSize)
  }

  /// The nodes whose path goes through `node`, without itself.
  func beyond(_ node: Int) -> ArraySlice<Int> {
    position[node] < 0
      ? [] : preorder[position[node] + 1..<position[node] + branchSize[node]]
  }

  /// `node` and the nodes whose path goes through it.
  func from(_ node: Int) -> ArraySlice<Int> {
    position[node] < 0 ? [] : preorder[position[node]..<position[node] + branchSize[node]]
  }

  /// The distances of a branch, in its order, when a node or a link is no more; all others stay as they are.
  ///
  /// - Parameter detours: room for a distance of each node, infinite before and after.
  func distances(
    of branch: ArraySlice<Int>, withoutNode lostNode: Int? = nil, withoutLink lostLink: Int? = nil,
    detours: inout [Double]
  ) -> [Double] {
    var waiting = NearestFirst()
    func isInBranch(_ node: Int) -> Bool { branch.indices.contains(position[node]) }
    for node in branch {
      for arm in network.arms(of: node)
      where !isInBranch(arm.neighbour) && arm.neighbour != lostNode && arm.link != lostLink {
        detours[node] = min(detours[node], tree.distances[arm.neighbour] + arm.length)
      }
      if detours[node] < .infinity { waiting.push(detours[node], node) }
    }
    while let (distance, node) = waiting.pop() {
      guard distance == detours[node] else { continue }
      for arm in network.arms(of: node)
      where arm.link != lostLink && isInBranch(arm.neighbour)
        && distance + arm.length < detours[arm.neighbour]
      {
        detours[arm.neighbour] = distance + arm.length
        waiting.push(distance + arm.length, arm.neighbour)
      }
    }
    return branch.map { node in
      defer { detours[node] = .infinity }
      return detours[node]
    }
  }
}
