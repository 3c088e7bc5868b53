import RasterCore

/// Public roads: each settlement joined to the network by the cheapest way, then roads up the
/// valleys, each piece with a value of OpenStreetMap's key `highway`.
struct RoadNetwork: Sendable {
  struct Road: Sendable {
    let highway: String
    let line: [Point]
  }

  private(set) var roads: [Road] = []
  private let lattice: Lattice
  /// Metres of level road that a metre to this node is worth; infinite on water.
  private let resistance: [Double]
  private let heights: [Double]
  private var isRoad: [Bool]

  /// Valleys that drain more, km², have a road.
  static let smallestValley = 28.0

  init(joining settlements: [Settlement], on terrain: Terrain) {
    let lattice = Frame.lattice(step: 240)
    self.lattice = lattice
    let fine = terrain.lattice
    let nodes = (0..<lattice.count).map { fine.node(nearest: lattice.point($0)) }
    heights = nodes.map { terrain.heights[$0] }
    resistance = nodes.map { node in
      if terrain.isSea[node] || terrain.lakeLevels[node] >= 0 { return .infinity }
      // Bridges over big rivers are few.
      return terrain.areas[node] > 600 ? 6 : 1
    }
    isRoad = [Bool](repeating: false, count: lattice.count)
    let starts = settlements.map { lattice.node(nearest: fine.point($0.node)) }
    isRoad[starts[0]] = true
    for (settlement, start) in zip(settlements, starts) {
      let highway =
        switch settlement.kind {
        case .city: "trunk"
        case .town: "primary"
        case .village: "secondary"
        case .hamlet: "tertiary"
        }
      if let path = path(from: start, until: { $0.isRoad[$1] }) { add(path, highway) }
    }
    for (a, b) in Blueprint.loops {
      let goal = starts[b]
      let highway = a < 3 && b < 3 ? "motorway" : "primary"
      if let path = path(from: starts[a], until: { $1 == goal }) { add(path, highway) }
    }
    for head in Self.valleyHeads(of: terrain) {
      let start = lattice.node(nearest: head)
      if resistance[start] == .infinity { continue }
      if let path = path(from: start, until: { $0.isRoad[$1] }) { add(path, "tertiary") }
    }
  }

  /// The highest places whose valleys drain `smallestValley`.
  private static func valleyHeads(of terrain: Terrain) -> [Point] {
    var hasBigDonor = [Bool](repeating: false, count: terrain.areas.count)
    for (node, receiver) in terrain.drainage.receivers.enumerated()
    where terrain.areas[node] >= smallestValley && Int(receiver) != node {
      hasBigDonor[Int(receiver)] = true
    }
    return terrain.areas.indices.filter {
      terrain.areas[$0] >= smallestValley && !hasBigDonor[$0] && !terrain.isSea[$0]
    }.map { terrain.lattice.point($0) }
  }

  /// The cheapest way to the first node that `isGoal` likes (Dijkstra, 1959).
  private func path(from start: Int, until isGoal: (RoadNetwork, Int) -> Bool) -> [Int]? {
    var queue = PriorityQueue()
    var costs = [Double](repeating: .infinity, count: lattice.count)
    var origins = [Int32](repeating: -1, count: lattice.count)
    costs[start] = 0
    queue.insert(start, key: 0)
    let columns = lattice.columns
    while let (cost, node) = queue.popFirst() {
      guard cost == costs[node] else { continue }
      if isGoal(self, node) {
        var path = [node]
        while let last = path.last, origins[last] >= 0 { path.append(Int(origins[last])) }
        return path.reversed()
      }
      let (row, column) = node.quotientAndRemainder(dividingBy: columns)
      guard row > 0, column > 0, row < lattice.rows - 1, column < columns - 1 else { continue }
      for step in [-columns - 1, -columns, -columns + 1, -1, 1, columns - 1, columns, columns + 1] {
        let next = node + step
        let isDiagonal = abs(step) != 1 && abs(step) != columns
        let length = lattice.step * (isDiagonal ? 2.0.squareRoot() : 1)
        let grade = (heights[next] - heights[node]) / length / 0.035
        let share = isRoad[node] && isRoad[next] ? 0.35 : (1 + grade * grade) * resistance[next]
        let total = cost + length * share
        if total < costs[next] {
          (costs[next], origins[next]) = (total, Int32(node))
          queue.insert(next, key: total)
        }
      }
    }
    return nil
  }

  /// Adds the pieces of `path` that are not roads yet.
  private mutating func add(_ path: [Int], _ highway: String) {
    var piece: [Int] = []
    func line(_ nodes: [Int]) -> Road {
      let chain = Chain(points: nodes.map { lattice.point($0) }).smoothed()
      let there = Chain(points: chain.points.map { Terrain.unbent($0) })
      return Road(highway: highway, line: there.simplified(tolerance: 25).points)
    }
    for (index, node) in path.enumerated() {
      piece.append(node)
      let joins = isRoad[node]
      if joins || index == path.count - 1 {
        let isNew = piece.count > 2 || (piece.count == 2 && !(isRoad[piece[0]] && joins))
        if isNew { roads.append(line(piece)) }
        piece = [node]
      }
    }
    for node in path { isRoad[node] = true }
  }
}
