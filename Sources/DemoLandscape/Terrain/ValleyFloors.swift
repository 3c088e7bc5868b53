import RasterCore

/// Flat floors along the rivers, as wide as the river is big, and each node's place in its valley.
struct ValleyFloors: Sendable {
  /// Heights with the floors cut in.
  let heights: [Double]
  /// The node of the river whose floor lies lowest here; −1 far from any.
  let rivers: [Int32]
  /// Half the width of the floor at a river node, metres; 0 off the rivers.
  let halfWidths: [Double]

  /// Rivers that drain less have no floor, km².
  static let smallestArea = 2.5

  init(of relief: Relief) {
    let lattice = relief.lattice
    halfWidths = Self.halfWidths(of: relief)
    rivers = Self.lowestFloors(relief.heights, halfWidths, lattice)
    let (widths, rivers) = (halfWidths, rivers)
    let cut = parallelPieces(lattice.rows) { row in
      (0..<lattice.columns).map { column in
        let node = row * lattice.columns + column
        let (height, river) = (relief.heights[node], Int(rivers[node]))
        guard river >= 0, !relief.isSea[node] else { return height }
        let distance = lattice.distance(node, river)
        let floor = relief.heights[river] + Self.rise(distance, widths[river])
        // Soft where floor and slope meet: a foot of debris instead of an edge.
        return Self.softMinimum(height, floor, width: 6)
      }
    }
    heights = Self.smoothed(cut, where: { cut[$0] < relief.heights[$0] - 0.5 }, lattice)
  }

  /// Evens out the steps between the floors of neighbouring river nodes.
  private static func smoothed(
    _ heights: [Double], where isFloor: (Int) -> Bool, _ lattice: Lattice
  ) -> [Double] {
    let columns = lattice.columns
    let floor = heights.indices.filter { node in
      node > columns && node < heights.count - columns - 1 && isFloor(node)
    }
    var result = heights
    for _ in 0..<6 {
      let old = result
      for node in floor {
        let around = old[node - 1] + old[node + 1] + old[node - columns] + old[node + columns]
        result[node] = 0.5 * old[node] + 0.125 * around
      }
    }
    return result
  }

  private static func halfWidths(of relief: Relief) -> [Double] {
    let lattice = relief.lattice
    let narrowness = Noise(seed: 51)
    return parallelPieces(lattice.rows) { row in
      (0..<lattice.columns).map { column in
        let node = row * lattice.columns + column
        let area = relief.areas[node]
        guard area >= smallestArea, !relief.isSea[node] else { return 0 }
        let point = lattice.point(node)
        let variation = 1 + 0.8 * narrowness.octaves(2, wavelength: 11_000, point.x, point.y)
        return min(27 * area.squareRoot() + 25, 2_300) * min(max(variation, 0.3), 1.9)
      }
    }
  }

  /// Metres above the river: nearly flat on the floor, then a bank that steepens to the slope.
  private static func rise(_ distance: Double, _ halfWidth: Double) -> Double {
    let beyond = max(distance - halfWidth, 0)
    return 0.004 * min(distance, halfWidth) + 0.5 * beyond * beyond / (beyond + 300)
  }

  private static func softMinimum(_ a: Double, _ b: Double, width: Double) -> Double {
    let overlap = max(width - abs(a - b), 0) / width
    return min(a, b) - overlap * overlap * width / 4
  }

  /// Passes each river's floor on from neighbour to neighbour, forwards and backwards over the
  /// lattice, keeping the lowest (the sweeps of Danielsson's distance transform, 1980).
  private static func lowestFloors(
    _ heights: [Double], _ halfWidths: [Double], _ lattice: Lattice
  ) -> [Int32] {
    let columns = lattice.columns
    var rivers = halfWidths.indices.map { halfWidths[$0] > 0 ? Int32($0) : -1 }
    var floors = rivers.map { $0 < 0 ? Double.infinity : heights[Int($0)] }
    func offer(_ neighbour: Int, to node: Int) {
      let river = Int(rivers[neighbour])
      guard river >= 0, rivers[node] != rivers[neighbour] else { return }
      let floor = heights[river] + rise(lattice.distance(node, river), halfWidths[river])
      if floor < floors[node] { (floors[node], rivers[node]) = (floor, Int32(river)) }
    }
    for _ in 0..<2 {
      for row in 1..<(lattice.rows - 1) {
        for node in (row * columns + 1)..<((row + 1) * columns - 1) {
          for step in [1, columns - 1, columns, columns + 1] { offer(node - step, to: node) }
        }
      }
      for row in (1..<(lattice.rows - 1)).reversed() {
        for node in ((row * columns + 1)..<((row + 1) * columns - 1)).reversed() {
          for step in [1, columns - 1, columns, columns + 1] { offer(node + step, to: node) }
        }
      }
    }
    return rivers
  }
}

extension Lattice {
  /// Metres between two nodes.
  func distance(_ a: Int, _ b: Int) -> Double {
    let (rowA, columnA) = a.quotientAndRemainder(dividingBy: columns)
    let (rowB, columnB) = b.quotientAndRemainder(dividingBy: columns)
    let (dx, dy) = (Double(columnA - columnB), Double(rowA - rowB))
    return step * (dx * dx + dy * dy).squareRoot()
  }
}
