extension LinkNetwork {
  /// By node, the number of pairs of other nodes whose shortest path goes through it; a pair with several
  /// shortest paths counts in shares.
  ///
  /// Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25, 2001.
  /// Lengths that differ by rounding alone are equal.
  ///
  /// - Complexity: O(*n* *m* log *n*).
  package func betweenness() -> [Double] {
    var centrality = [Double](repeating: 0, count: nodeCount)
    for source in 0..<nodeCount {
      let tree = ShortestPathTree(self, from: source)
      var rank = [Int](repeating: -1, count: nodeCount)
      for (index, node) in tree.order.enumerated() { rank[node] = index }
      /// The links by which a shortest path may arrive at a node.
      func arrivals(at node: Int) -> [Arm] {
        arms(of: node).filter { arm in
          rank[arm.neighbour] < rank[node]
            && tree.distances[arm.neighbour] + arm.length <= tree.distances[node] * (1 + 1e-12)
        }
      }
      var paths = [Double](repeating: 0, count: nodeCount)
      paths[source] = 1
      for node in tree.order.dropFirst() {
        paths[node] = arrivals(at: node).reduce(0) { $0 + paths[$1.neighbour] }
      }
      var dependency = [Double](repeating: 0, count: nodeCount)
      for node in tree.order.dropFirst().reversed() {
        for arm in arrivals(at: node) {
          dependency[arm.neighbour] += paths[arm.neighbour] / paths[node] * (1 + dependency[node])
        }
        centrality[node] += dependency[node]
      }
    }
    // Each pair was seen from both of its ends.
    return centrality.map { $0 / 2 }
  }
}
