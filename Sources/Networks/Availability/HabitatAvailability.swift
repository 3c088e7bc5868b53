/// Habitat that can be reached: patches with areas, joined by links.
///
/// Pascual-Hortal and Saura, "Comparison and development of new graph-based landscape connectivity indices",
/// Landscape Ecology 21, 2006 (IIC); Saura and Pascual-Hortal, "A new habitat availability index to integrate
/// connectivity in landscape conservation planning", Landscape and Urban Planning 83, 2007 (PC).
package struct HabitatAvailability: Sendable {
  package let network: LinkNetwork
  /// By node, in one unit of area, ≥ 0.
  package let areas: [Double]
  /// Of the whole landscape, in the same unit; without it there are no PC and no IIC between 0 and 1.
  package let landscapeArea: Double?

  /// Nil where an area is negative or not a number, or the landscape is smaller than its patches together.
  package init?(network: LinkNetwork, areas: [Double], landscapeArea: Double? = nil) {
    precondition(areas.count == network.nodeCount, "each node has an area")
    guard areas.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
    if let landscapeArea {
      // The areas of patches that cover a landscape add up to it but for rounding.
      guard landscapeArea > 0, areas.reduce(0, +) <= landscapeArea * (1 + 1e-9) else { return nil }
    }
    (self.network, self.areas, self.landscapeArea) = (network, areas, landscapeArea)
  }

  package struct Index: Hashable, Sendable {
    /// Σᵢ Σⱼ aᵢ aⱼ pᵢⱼ over all ordered pairs, with pᵢᵢ = 1.
    package let numerator: Double
    /// ``numerator`` over the square of the landscape's area, 0…1; nil where that is not known.
    package let value: Double?
    /// The area of one patch that would give the same value (ECA), in the unit of the areas.
    package var equivalentConnectedArea: Double { numerator.squareRoot() }
  }

  /// The index of each kernel: PC of exponential ones. p of a pair is that of its shortest path.
  package func indices(_ kernels: [DispersalKernel]) -> [Index] {
    var numerators = [Double](repeating: 0, count: kernels.count)
    for source in areas.indices {
      let tree = ShortestPathTree(network, from: source)
      for (index, kernel) in kernels.enumerated() {
        numerators[index] += flux(from: source, to: tree.order, tree.distances, kernel)
      }
    }
    return numerators.map { numerator in
      Index(numerator: numerator, value: landscapeArea.map { numerator / ($0 * $0) })
    }
  }

  /// IIC, the integral index of connectivity: paths are measured by their number of links.
  package func integralIndex() -> Index {
    let counting = HabitatAvailability(
      network: network.countingLinks, areas: areas, landscapeArea: landscapeArea)!
    return counting.indices([.numberOfLinks])[0]
  }

  private func flux(
    from source: Int, to nodes: [Int], _ distances: [Double], _ kernel: DispersalKernel
  ) -> Double {
    nodes.reduce(0) { sum, node in
      sum + areas[source] * areas[node] * kernel.probability(over: distances[node])
    }
  }
}
