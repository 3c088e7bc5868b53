/// Which way water runs on a lattice of heights.
///
/// Water leaves a node for the steepest of its eight neighbours, slopes being judged 20 % too steep
/// or too gentle at random: else valleys would follow the lattice's axes; at an `outlet` it leaves the
/// lattice. Source of the ordering: J. Braun and S. D. Willett (2013), *Geomorphology* 180–181,
/// 170–179.
struct Drainage: Sendable {
  /// The node each node drains to, itself where none is lower.
  private(set) var receivers: [Int32]
  /// Every node after the one it drains to.
  private(set) var order: [Int32]

  init(of heights: [Double], on lattice: Lattice, outlets: [Bool]) {
    receivers = Self.steepestDescent(heights, lattice, outlets)
    order = Self.order(receivers)
  }

  /// The distance in steps from a node to its receiver.
  static func isDiagonal(_ node: Int, _ receiver: Int, columns: Int) -> Bool {
    let difference = abs(node - receiver)
    return difference == columns - 1 || difference == columns + 1
  }

  /// Sums `local` down the rivers.
  func accumulate(_ local: [Double]) -> [Double] {
    var sums = local
    for node in order.reversed() {
      let receiver = receivers[Int(node)]
      if receiver != node { sums[Int(receiver)] += sums[Int(node)] }
    }
    return sums
  }

  private static func steepestDescent(
    _ heights: [Double], _ lattice: Lattice, _ outlets: [Bool]
  ) -> [Int32] {
    let columns = lattice.columns
    let diagonal = 0.5.squareRoot()
    let judgement = Noise(seed: 41)
    return parallelPieces(lattice.rows) { row in
      (0..<columns).map { column in
        let node = row * columns + column
        if outlets[node] { return Int32(node) }
        let height = heights[node]
        var best = (drop: 0.0, node: node)
        for dy in -1...1 where row + dy >= 0 && row + dy < lattice.rows {
          for dx in -1...1 where column + dx >= 0 && column + dx < columns {
            let neighbour = node + dy * columns + dx
            let fall = height - heights[neighbour]
            guard fall > 0 else { continue }
            let judged = 0.8 + 0.4 * judgement.uniform(Int32(node), Int32(3 * dy + dx))
            let drop = fall * judged * (dx * dy == 0 ? 1 : diagonal)
            if drop > best.drop { best = (drop, neighbour) }
          }
        }
        return Int32(best.node)
      }
    }
  }

  private static func order(_ receivers: [Int32]) -> [Int32] {
    var firstDonor = [Int32](repeating: 0, count: receivers.count + 1)
    for (node, receiver) in receivers.enumerated() where Int(receiver) != node {
      firstDonor[Int(receiver) + 1] += 1
    }
    for node in receivers.indices { firstDonor[node + 1] += firstDonor[node] }
    var donors = [Int32](repeating: 0, count: Int(firstDonor[receivers.count]))
    var next = firstDonor
    for (node, receiver) in receivers.enumerated() where Int(receiver) != node {
      donors[Int(next[Int(receiver)])] = Int32(node)
      next[Int(receiver)] += 1
    }
    var order = receivers.indices.filter { Int(receivers[$0]) == $0 }.map { Int32($0) }
    order.reserveCapacity(receivers.count)
    var index = 0
    while index < order.count {
      let node = Int(order[index])
      order += donors[Int(firstDonor[node])..<Int(firstDonor[node + 1])]
      index += 1
    }
    return order
  }
}
