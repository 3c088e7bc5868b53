/// One ampere from node to node of a network whose lengths are resistances.
///
/// Network mode of Circuitscape (McRae, Dickson, Keitt and Shah, "Using circuit theory to model connectivity in
/// ecology, evolution, and conservation", Ecology 89, 2008) and the centrality of Linkage Mapper.
package struct CurrentFlow: Sendable {
  private let network: LinkNetwork
  private let parts: ConnectedParts
  private let members: [[Int]]
  private let circuits: [Conduction]

  /// - Complexity: O(*n*³) time and O(*n*²) memory for *n* nodes of a part.
  package init(_ network: LinkNetwork) {
    self.network = network
    parts = ConnectedParts(network)
    members = parts.members
    circuits = members.map { Conduction(network, part: $0) }
  }

  package struct Pair: Hashable, Sendable {
    package let effectiveResistance: Double
    /// By node: what enters or leaves it, whichever is more; 1 at both ends.
    package let nodeCurrents: [Double]
    /// By link, positive from its first to its second node.
    package let linkCurrents: [Double]
    /// By node, in volts with the sink at 0; nil in other parts of the network.
    package let voltages: [Double?]
  }

  /// One ampere in at `source`, out at `sink`; nil where no path joins them.
  package func pair(from source: Int, to sink: Int) -> Pair? {
    precondition(source != sink, "a pair has two nodes")
    let part = parts.part[source]
    guard part == parts.part[sink] else { return nil }
    let circuit = circuits[part]
    let linkCurrents = network.links.indices.map { link in
      isIn(part, link)
        ? circuit.current(link, source: source) - circuit.current(link, source: sink) : 0
    }
    func voltage(_ node: Int) -> Double {
      circuit.potential(node, source: source) - circuit.potential(node, source: sink)
    }
    let earth = voltage(sink)
    return Pair(
      effectiveResistance: voltage(source) - earth,
      nodeCurrents: (0..<network.nodeCount).map { node in
        // As much enters as leaves, so it is half of the sum; at the ends it enters from outside.
        let outside = node == source || node == sink ? 0.5 : 0
        return network.arms(of: node).reduce(outside) { $0 + abs(linkCurrents[$1.link]) / 2 }
      },
      linkCurrents: linkCurrents,
      voltages: (0..<network.nodeCount).map { node in
        parts.part[node] == part ? voltage(node) - earth : nil
      })
  }

  package struct Centrality: Hashable, Sendable {
    package let nodes: [Double]
    package let links: [Double]
  }

  /// Currents summed over all pairs of `focalNodes` that are joined, ends included; each pair once.
  ///
  /// Brandes and Fleischer, "Centrality measures based on current flow", STACS 2005: a link's current for the
  /// pair (s, t) is a difference of two numbers, and the sum of all |x(s) − x(t)| needs the x sorted only.
  ///
  /// - Parameter focalNodes: without repetition; nil for all nodes.
  /// - Complexity: O(*m* *n* log *n*) beside that of `init`.
  package func centrality(focalNodes: [Int]? = nil) -> Centrality {
    var isFocal = [Bool](repeating: focalNodes == nil, count: network.nodeCount)
    for node in focalNodes ?? [] { isFocal[node] = true }
    let focal = members.map { $0.filter { isFocal[$0] } }
    let links = network.links.indices.map { link in
      let part = parts.part[network.links[link].first]
      return sumOfDifferences(focal[part].map { circuits[part].current(link, source: $0) })
    }
    let nodes = (0..<network.nodeCount).map { node in
      let pairs = isFocal[node] ? focal[parts.part[node]].count - 1 : 0
      return network.arms(of: node).reduce(Double(pairs) / 2) { $0 + links[$1.link] / 2 }
    }
    return Centrality(nodes: nodes, links: links)
  }

  private func isIn(_ part: Int, _ link: Int) -> Bool {
    parts.part[network.links[link].first] == part
  }

  /// Σ |a − b| over all pairs.
  private func sumOfDifferences(_ values: [Double]) -> Double {
    let last = values.count - 1
    return values.sorted().enumerated().reduce(0) { sum, entry in
      // Larger than so many, smaller than the others.
      sum + entry.element * Double(2 * entry.offset - last)
    }
  }
}
