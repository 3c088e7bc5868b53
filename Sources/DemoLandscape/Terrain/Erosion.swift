/// Rivers cutting into rising land until ridges and valleys are in balance.
///
/// Stream power: a river of drained area A (km²) sinks by celerity · A^(5/8) · slope a step, while
/// the land rises; at rest its slope is steepness · A^(−5/8). Between rivers soil creeps downhill.
/// The exponent is one that square roots can make, near what is measured on real rivers (0.4–0.6).
/// Source of the implicit scheme: Braun and Willett (2013).
struct Erosion: Sendable {
  let lattice: Lattice
  /// Slope at rest of a river that drains 1 km².
  let steepness: [Double]
  /// 0…1: how much gentler rivers get where they grow, as on the coastal side.
  let gentleness: [Double]
  /// Sea and places where rivers leave: their height stays.
  let outlets: [Bool]
  /// km² each node drains itself, more where a river enters.
  let local: [Double]
  var heights: [Double]

  /// Fills hollows, so that from every node water runs to an outlet.
  ///
  /// Source: R. Barnes and others (2014), "Priority-Flood", *Computers & Geosciences* 62, 117–127.
  mutating func fillHollows() {
    var queue = PriorityQueue()
    var reached = outlets
    for node in outlets.indices where outlets[node] { queue.insert(node, key: heights[node]) }
    let columns = lattice.columns
    // A filled hollow slopes unevenly to its outlet, so that the streams in it wind.
    let slope = Noise(seed: 31)
    while let (height, node) = queue.popFirst() {
      let (row, column) = node.quotientAndRemainder(dividingBy: columns)
      for dy in -1...1 where row + dy >= 0 && row + dy < lattice.rows {
        for dx in -1...1 where column + dx >= 0 && column + dx < columns {
          let neighbour = node + dy * columns + dx
          guard !reached[neighbour] else { continue }
          reached[neighbour] = true
          heights[neighbour] = max(
            heights[neighbour],
            height + 0.01 + 0.2 * slope.uniform(Int32(column + dx), Int32(row + dy)))
          queue.insert(neighbour, key: heights[neighbour])
        }
      }
    }
  }

  /// One step of rise, incision and creep.
  ///
  /// - Parameters:
  ///   - celerity: metres that a fall travels upstream in the step, at 1 km².
  ///   - creep: m² of the step's diffusion; at most a quarter of the lattice's step squared.
  mutating func advance(celerity: Double, creep: Double) {
    let drainage = Drainage(of: heights, on: lattice, outlets: outlets)
    let areas = drainage.accumulate(local)
    let (straight, diagonal) = (celerity / lattice.step, celerity / lattice.step * 0.5.squareRoot())
    for index in drainage.order {
      let node = Int(index)
      guard !outlets[node] else { continue }
      let receiver = Int(drainage.receivers[node])
      let rise = steepness[node] * celerity
      guard receiver != node else {
        heights[node] += rise
        continue
      }
      let isDiagonal = Drainage.isDiagonal(node, receiver, columns: lattice.columns)
      let factor = (isDiagonal ? diagonal : straight) * Self.power(areas[node], gentleness[node])
      heights[node] = (heights[node] + rise + factor * heights[receiver]) / (1 + factor)
    }
    diffuse(creep / (lattice.step * lattice.step))
    // Creep may dam a stream; no node stays below the one it drains to, so that none needs filling.
    for index in drainage.order {
      let (node, receiver) = (Int(index), Int(drainage.receivers[Int(index)]))
      if receiver != node { heights[node] = max(heights[node], heights[receiver] + 1e-4) }
    }
  }

  /// A^(5/8), more for gentle rivers of over 3 km² and less for others of over 30 km².
  static func power(_ area: Double, _ gentleness: Double) -> Double {
    let root = area.squareRoot()
    let gentle = (1 + gentleness * area / 3).squareRoot()
    let steep = (1 + (1 - gentleness) * area / 30).squareRoot().squareRoot()
    return root * root.squareRoot().squareRoot() * gentle / steep
  }

  private mutating func diffuse(_ share: Double) {
    let (old, columns) = (heights, lattice.columns)
    for row in 1..<(lattice.rows - 1) {
      for node in (row * columns + 1)..<((row + 1) * columns - 1) where !outlets[node] {
        let around = old[node - 1] + old[node + 1] + old[node - columns] + old[node + columns]
        heights[node] += share * (around - 4 * old[node])
      }
    }
  }
}
