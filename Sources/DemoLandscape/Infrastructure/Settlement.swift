import RasterCore

/// A place where people live, in the plane of UTM 52N.
struct Settlement: Sendable {
  /// Values of OpenStreetMap's key `place`, biggest first.
  enum Kind: String, Sendable {
    case city, town, village, hamlet

    /// Metres, before the built-up shares are met.
    var radius: Double {
      switch self {
      case .city: 2_400
      case .town: 1_500
      case .village: 850
      case .hamlet: 560
      }
    }
  }

  let name: String
  let kind: Kind
  let centre: Point
  /// The node of the relief's lattice it stands on.
  let node: Int

  /// How far the settlement reaches towards `point`, over its distance: 1 on the edge.
  func builtness(at point: Point) -> Double {
    let (dx, dy) = (point.x - centre.x, point.y - centre.y)
    let distance = max((dx * dx + dy * dy).squareRoot(), 1)
    return radius(towards: dx / distance, dy / distance) / distance
  }

  /// Streets make it longer in some directions.
  private func radius(towards dx: Double, _ dy: Double) -> Double {
    let shape = Noise(seed: UInt32(truncatingIfNeeded: node) &+ 977)
    return kind.radius * max(0.5, 1 + 0.5 * shape.octaves(2, wavelength: 1, 1.1 * dx, 1.1 * dy))
  }

  /// Its edge where built-up land needs a builtness of `threshold`.
  func outline(threshold: Double) -> [Point] {
    let corners = 32
    let turn = 2 * 3.141_592_653_589_793 / Double(corners)
    let (c, s) = (Trigonometry.cosine(turn), Trigonometry.sine(turn))
    var (dx, dy) = (1.0, 0.0)
    return (0..<corners).map { _ in
      defer { (dx, dy) = (c * dx - s * dy, s * dx + c * dy) }
      let radius = radius(towards: dx, dy) / threshold
      return Point(x: centre.x + radius * dx, y: centre.y + radius * dy)
    }
  }
}

extension Settlement {
  /// Cities and towns where the blueprint has them, then villages and hamlets on the valley floors,
  /// the widest first, each at least so far from the others.
  static func all(on terrain: Terrain) -> [Settlement] {
    let lattice = terrain.lattice
    var found: [(kind: Kind, node: Int)] = []
    for place in Blueprint.cities { found.append((.city, dryNode(near: place, terrain))) }
    for place in Blueprint.towns { found.append((.town, dryNode(near: place, terrain))) }
    let chance = Noise(seed: 71)
    var candidates: [(score: Double, node: Int)] = []
    for node in terrain.areas.indices where node % 2 == 0 {
      guard isFloor(node, terrain) else { continue }
      let point = lattice.point(node)
      let width = terrain.floors.halfWidths[Int(terrain.floors.rivers[node])]
      let luck = 0.5 + chance.uniform(Int32(node / lattice.columns), Int32(node % lattice.columns))
      let score = min(width, 900) * luck * Blueprint.settling(at: point)
      candidates.append((score, node))
    }
    candidates.sort { $0.score > $1.score || ($0.score == $1.score && $0.node < $1.node) }
    for candidate in candidates where candidate.score > 60 {
      let kind: Kind = candidate.score > 420 ? .village : .hamlet
      let spacing = kind == .village ? 14_000.0 : 12_200.0
      let point = lattice.point(candidate.node)
      let isFree = found.allSatisfy {
        Chain.distance(lattice.point($0.node), point) > spacing + $0.kind.radius
      }
      if isFree { found.append((kind, candidate.node)) }
    }
    return found.enumerated().map { index, place in
      Settlement(
        name: "Settlement \(index + 1)", kind: place.kind,
        centre: Terrain.unbent(lattice.point(place.node)), node: place.node)
    }
  }

  /// Off the river, on its floor, dry.
  private static func isFloor(_ node: Int, _ terrain: Terrain) -> Bool {
    let river = Int(terrain.floors.rivers[node])
    guard river >= 0, !terrain.isSea[node], terrain.lakeLevels[node] < 0 else { return false }
    let halfWidth = terrain.floors.halfWidths[river]
    let distance = terrain.lattice.distance(node, river)
    return distance > 0.4 * halfWidth && distance < 1.1 * halfWidth
      && terrain.areas[node] < 10
  }

  private static func dryNode(near place: Point, _ terrain: Terrain) -> Int {
    let lattice = terrain.lattice
    var best = (distance: Double.infinity, node: lattice.node(nearest: place))
    for node in terrain.areas.indices where isFloor(node, terrain) {
      let distance = Chain.distance(lattice.point(node), place)
      if distance < best.distance { best = (distance, node) }
    }
    return best.node
  }
}
