/// What a network would lose, in percent of its index, without one of its patches or links.
///
/// Saura and Rubio, "A common currency for the different ways in which patches and links can contribute to
/// habitat availability and connectivity in the landscape", Ecography 33, 2010: dPC and its three parts.
package struct PatchImportance: Hashable, Sendable {
  package struct Parts: Hashable, Sendable {
    /// The patch's own area.
    package let intra: Double
    /// What flows between it and all others.
    package let flux: Double
    /// What flows between others through it and finds no other way as short; never negative.
    package let connector: Double
    package var total: Double { intra + flux + connector }
  }

  /// By node.
  package let patches: [Parts]
  /// By link.
  package let links: [Double]
}

extension HabitatAvailability {
  /// The importance of every patch and link, for each kernel; nil for one whose index is 0.
  ///
  /// When a node is lost, only the paths of the branch that hung on it change: each source's tree is mended
  /// branch by branch, instead of being made again for every loss.
  ///
  /// - Complexity: about *n*² times the number of links of a mean path.
  package func importance(_ kernels: [DispersalKernel]) -> [PatchImportance?] {
    var losses = kernels.map { Losses(self, $0) }
    var detours = [Double](repeating: .infinity, count: areas.count)
    for source in areas.indices where areas[source] > 0 {
      let branching = BranchingTree(network, from: source)
      let distances = branching.tree.distances
      for index in losses.indices {
        losses[index].addFlux(from: source, to: branching.tree.order, distances)
      }
      for node in branching.tree.order.dropFirst() {
        let beyond = branching.beyond(node)
        if !beyond.isEmpty {
          let without = branching.distances(of: beyond, withoutNode: node, detours: &detours)
          for index in losses.indices {
            losses[index].byNode[node] += losses[index].lost(source, beyond, distances, without)
          }
        }
        let link = branching.tree.arrivals[node]
        let branch = branching.from(node)
        let without = branching.distances(of: branch, withoutLink: link, detours: &detours)
        for index in losses.indices {
          losses[index].byLink[link] += losses[index].lost(source, branch, distances, without)
        }
      }
    }
    return losses.map(\.importance)
  }
}

/// Sums of aᵢ aⱼ pᵢⱼ that losses take away, for one kernel.
private struct Losses {
  private let areas: [Double]
  private let kernel: DispersalKernel
  /// By node: between it and all others, in both directions.
  private var flux: [Double]
  /// By node and by link: between others.
  var byNode: [Double]
  var byLink: [Double]

  init(_ availability: HabitatAvailability, _ kernel: DispersalKernel) {
    (areas, self.kernel) = (availability.areas, kernel)
    flux = [Double](repeating: 0, count: areas.count)
    byNode = flux
    byLink = [Double](repeating: 0, count: availability.network.links.count)
  }

  mutating func addFlux(from source: Int, to nodes: [Int], _ distances: [Double]) {
    for node in nodes where node != source {
      let amount = areas[source] * areas[node] * kernel.probability(over: distances[node])
      flux[source] += amount
      flux[node] += amount
    }
  }

  func lost(
    _ source: Int, _ branch: ArraySlice<Int>, _ before: [Double], _ after: [Double]
  ) -> Double {
    zip(branch, after).reduce(0) { sum, entry in
      let (node, after) = entry
      let drop = kernel.probability(over: before[node]) - kernel.probability(over: after)
      return sum + areas[source] * areas[node] * drop
    }
  }

  var importance: PatchImportance? {
    // Each flux stands with both of its ends.
    let numerator = areas.reduce(0) { $0 + $1 * $1 } + flux.reduce(0, +) / 2
    guard numerator > 0 else { return nil }
    let percent = 100 / numerator
    return PatchImportance(
      patches: areas.indices.map { node in
        PatchImportance.Parts(
          intra: areas[node] * areas[node] * percent, flux: flux[node] * percent,
          connector: byNode[node] * percent)
      },
      links: byLink.map { $0 * percent })
  }
}
