import RasterCore

/// The finished land: heights anywhere, and what the land cover asks of a place.
struct Terrain: Sendable {
  let lattice: Lattice
  let heights: [Double]
  let isSea: [Bool]
  let drainage: Drainage
  let areas: [Double]
  let floors: ValleyFloors
  /// Height of the water where a lake stands, else −1.
  let lakeLevels: [Double]
  private let eastwardRise: [Double]
  private let northwardRise: [Double]
  /// Distance from the river in half widths of its floor: 0 on the river, 1 at the floor's edge.
  private let valleyPositions: [Double]
  private let riseAboveRiver: [Double]
  private let floorHalfWidths: [Double]
  /// 1 on land, 0 on the sea, between them at the shore.
  private let landShares: [Double]
  private let lakeShares: [Double]

  /// What is known of a place.
  struct Site: Sendable {
    var height = 0.0
    var eastwardRise = 0.0
    var northwardRise = 0.0
    var valleyPosition = 0.0
    var riseAboveRiver = 0.0
    var floorHalfWidth = 0.0
    var landShare = 0.0

    /// Rise over run.
    var slope: Double { (eastwardRise * eastwardRise + northwardRise * northwardRise).squareRoot() }
  }

  init() {
    let relief = Relief()
    let floors = ValleyFloors(of: relief)
    let lattice = relief.lattice
    self.lattice = lattice
    self.floors = floors
    (isSea, drainage, areas) = (relief.isSea, relief.drainage, relief.areas)
    lakeLevels = Lakes.levels(relief: relief, floors: floors)
    let levels = lakeLevels
    let heights = floors.heights.indices.map { node in
      relief.isSea[node] ? 0 : max(floors.heights[node], levels[node], 1)
    }
    self.heights = heights
    let columns = lattice.columns
    eastwardRise = heights.indices.map { node in
      let column = node % columns
      guard column > 0, column < columns - 1 else { return 0 }
      return (heights[node + 1] - heights[node - 1]) / (2 * lattice.step)
    }
    northwardRise = heights.indices.map { node in
      guard node >= columns, node < heights.count - columns else { return 0 }
      return (heights[node - columns] - heights[node + columns]) / (2 * lattice.step)
    }
    let rivers = floors.rivers.map { Int($0) }
    valleyPositions = rivers.enumerated().map { node, river in
      river < 0 ? 9 : min(lattice.distance(node, river) / floors.halfWidths[river], 9)
    }
    riseAboveRiver = rivers.enumerated().map { node, river in
      river < 0 ? heights[node] : max(heights[node] - relief.heights[river], 0)
    }
    floorHalfWidths = rivers.map { $0 < 0 ? 0 : floors.halfWidths[$0] }
    landShares = relief.isSea.map { $0 ? 0 : 1 }
    lakeShares = levels.map { $0 < 0 ? 0 : 1 }
  }

  /// The place of the lattice whose land lies at `point`: the lattice is bent a little, so that its
  /// straight lines do not show.
  static func bent(_ point: Point) -> Point {
    let (x, y) = (Noise(seed: 61), Noise(seed: 62))
    let dx =
      800 * x.value(point.x / 9_000, point.y / 9_000)
      + 190 * x.octaves(2, wavelength: 1_700, point.x, point.y)
    let dy =
      800 * y.value(point.x / 9_000, point.y / 9_000)
      + 190 * y.octaves(2, wavelength: 1_700, point.x, point.y)
    return Point(x: point.x + dx, y: point.y + dy)
  }

  /// Where the land of a place of the lattice really lies: the inverse of `bent`.
  static func unbent(_ point: Point) -> Point {
    var place = point
    for _ in 0..<12 {
      let there = bent(place)
      place = Point(x: place.x + point.x - there.x, y: place.y + point.y - there.y)
    }
    return place
  }

  /// Metres above the sea, 0 on it.
  func height(at point: Point) -> Double {
    let position = LatticePosition(of: Self.bent(point), on: lattice)
    guard position.bilinear(landShares) >= 0.5 else { return 0 }
    return max(position.cubic(heights, on: lattice), 0)
  }

  func isSea(at point: Point) -> Bool {
    LatticePosition(of: Self.bent(point), on: lattice).bilinear(landShares) < 0.5
  }

  func site(at point: Point) -> Site {
    let position = LatticePosition(of: Self.bent(point), on: lattice)
    return Site(
      height: position.bilinear(heights), eastwardRise: position.bilinear(eastwardRise),
      northwardRise: position.bilinear(northwardRise),
      valleyPosition: position.bilinear(valleyPositions),
      riseAboveRiver: position.bilinear(riseAboveRiver),
      floorHalfWidth: position.bilinear(floorHalfWidths),
      landShare: position.bilinear(landShares))
  }

  func isLake(at point: Point) -> Bool {
    LatticePosition(of: Self.bent(point), on: lattice).bilinear(lakeShares) >= 0.5
  }
}
