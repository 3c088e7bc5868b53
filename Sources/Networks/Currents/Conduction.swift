/// A part of a network as a circuit: resistances between nodes, of which one is earthed.
///
/// Lengths are resistances in ohms. Places at distance 0 are one node of the circuit (a cluster); the currents
/// between them are the limit for equal small resistances.
struct Conduction {
  private let network: LinkNetwork
  /// By node of the network: its place in the circuit; −1 outside of the part.
  private let cluster: [Int]
  /// Volts at one cluster for one ampere into another; cluster 0 is earth and not in it.
  private let potentials: SymmetricInverse
  private let joints: [Int: Joint]

  /// - Parameter part: the nodes of one connected part.
  init(_ network: LinkNetwork, part: [Int]) {
    let touching = ConnectedParts(network) { $0.length == 0 }
    var numbers: [Int: Int] = [:]
    var cluster = [Int](repeating: -1, count: network.nodeCount)
    for node in part {
      let number = numbers[touching.part[node]] ?? numbers.count
      numbers[touching.part[node]] = number
      cluster[node] = number
    }
    var laplacian = Laplacian(size: numbers.count)
    for link in network.links where cluster[link.first] >= 0 && link.length > 0 {
      laplacian.join(cluster[link.first], cluster[link.second], conductance: 1 / link.length)
    }
    var members = [[Int]](repeating: [], count: numbers.count)
    for node in part { members[cluster[node]].append(node) }
    var joints: [Int: Joint] = [:]
    for (number, nodes) in members.enumerated() where nodes.count > 1 {
      joints[number] = Joint(network, nodes)
    }
    (self.network, self.cluster, self.joints) = (network, cluster, joints)
    potentials = laplacian.inverseWithoutFirst()
  }

  /// Volts of `node` for one ampere in at `source` and out at earth.
  func potential(_ node: Int, source: Int) -> Double {
    let (a, b) = (cluster[node], cluster[source])
    return a == 0 || b == 0 ? 0 : potentials[a - 1, b - 1]
  }

  /// Amperes from the first to the second end of a link for one ampere in at `source` and out at earth.
  ///
  /// For one ampere from s to t it is the value for s less that for t: all flows are superposed of these.
  func current(_ link: Int, source: Int) -> Double {
    let ends = network.links[link]
    guard ends.length > 0, cluster[ends.first] != cluster[ends.second] else {
      return ends.length > 0 ? 0 : currentInside(ends, source: source)
    }
    return (potential(ends.first, source: source) - potential(ends.second, source: source))
      / ends.length
  }

  private func currentInside(_ link: LinkNetwork.Link, source: Int) -> Double {
    let number = cluster[link.first]
    let joint = joints[number]!
    var inflows = joint.nodes.map { node in
      network.arms(of: node).reduce(node == source ? 1.0 : 0) { sum, arm in
        guard arm.length > 0, cluster[arm.neighbour] != number else { return sum }
        return sum
          + (potential(arm.neighbour, source: source) - potential(node, source: source))
          / arm.length
      }
    }
    // What the earth takes leaves by the first node of its cluster.
    if number == 0 { inflows[0] -= 1 }
    return joint.current(link, inflows: inflows)
  }
}

/// Nodes of a network at distance 0 of each other, with equal resistances between them.
private struct Joint {
  let nodes: [Int]
  private let place: [Int: Int]
  private let potentials: SymmetricInverse

  init(_ network: LinkNetwork, _ nodes: [Int]) {
    self.nodes = nodes
    place = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
    var laplacian = Laplacian(size: nodes.count)
    for node in nodes {
      for arm in network.arms(of: node) where arm.length == 0 && node < arm.neighbour {
        laplacian.join(place[node]!, place[arm.neighbour]!, conductance: 1)
      }
    }
    potentials = laplacian.inverseWithoutFirst()
  }

  func current(_ link: LinkNetwork.Link, inflows: [Double]) -> Double {
    func potential(_ node: Int) -> Double {
      let row = place[node]! - 1
      guard row >= 0 else { return 0 }
      return (0..<potentials.size).reduce(0) { $0 + potentials[row, $1] * inflows[$1 + 1] }
    }
    return potential(link.first) - potential(link.second)
  }
}

/// Σ of conductances on the diagonal, less each conductance beside it; dense.
private struct Laplacian {
  private let size: Int
  private var entries: [Double]

  init(size: Int) {
    self.size = size
    entries = [Double](repeating: 0, count: size * size)
  }

  mutating func join(_ a: Int, _ b: Int, conductance: Double) {
    guard a != b else { return }
    entries[a * size + a] += conductance
    entries[b * size + b] += conductance
    entries[a * size + b] -= conductance
    entries[b * size + a] -= conductance
  }

  /// Potentials with node 0 at 0 V.
  func inverseWithoutFirst() -> SymmetricInverse {
    let rest = (1..<max(size, 1)).flatMap { row in entries[row * size + 1..<(row + 1) * size] }
    return SymmetricInverse(of: rest, size: max(size, 1) - 1)
  }
}
