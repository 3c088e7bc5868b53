public import GeoIO
public import RasterCore

/// Gathers the features of one layer into a `DistanceSource`; owned by one task.
public struct DistanceSourceBuilder: ~Copyable {
  private let grid: Grid
  private let whole: Grid
  private let ground: CoordinateReferenceSystem
  private let limit: Double
  private let source: CoordinateReferenceSystem
  private let toGround: CoordinateTransform
  private let toGrid: CoordinateTransform
  private let pieceLength: Double
  private let box: Neighbourhood
  private var tree: SegmentTree
  private var segments: [SegmentTree.Segment] = []
  private var cells: CellRuns.Builder
  /// Parts taken, near the grid or not.
  public private(set) var partCount = 0
  /// Parts with points that have no place on the Earth: their coordinates are beyond their CRS.
  public private(set) var misplacedCount = 0
  /// Of the part being added.
  private var isMisplaced = false

  /// - Parameters:
  ///   - source: the CRS of the features.
  ///   - ground: longitude and latitude on the ellipsoid that is measured on.
  ///   - limit: metres beyond which no distance matters.
  /// - Throws: `.input`, slug `no-transform`.
  public init(
    from source: CoordinateReferenceSystem, to grid: Grid, ground: CoordinateReferenceSystem,
    limit: Double
  ) throws(HabitatError) {
    let toGround = try CoordinateTransform(from: source, to: ground)
    let toGrid = try CoordinateTransform(from: source, to: grid.crs)
    let field = try GroundField(of: grid, on: ground)
    pieceLength = DistanceSource.pieceLength(on: grid)
    box = Neighbourhood(of: grid, field, margin: limit + 2 * pieceLength)
    tree = SegmentTree(on: ground.ellipsoid)
    cells = CellRuns.Builder(grid)
    (self.grid, self.ground, self.limit, self.source) = (grid, ground, limit, source)
    whole = grid.whole
    self.toGround = toGround
    self.toGrid = toGrid
  }

  public mutating func add(_ part: FeatureGeometry) {
    partCount += 1
    switch part {
    case .point(let point): add(points: [point])
    case .line(let line): add(chain: line, isRing: false)
    case .polygon(let rings): add(rings)
    }
    if isMisplaced { misplacedCount += 1 }
    isMisplaced = false
  }

  public consuming func finish() -> DistanceSource {
    tree.build(segments)
    return DistanceSource(
      grid: grid, limit: limit, ground: ground, tree: tree, touched: cells.finish())
  }

  /// The cells that the features cover, their distances left aside.
  public consuming func finishMask() -> FeatureMask { FeatureMask(cells.finish(), of: grid) }

  // MARK: Parts

  private mutating func add(points: [Point]) {
    for place in places(of: points) where box.mayHold(place, place) {
      segments.append(tree.segment(place, place))
    }
  }

  private mutating func add(chain: [Point], isRing: Bool) {
    let (points, places) = refined(chain, isRing: isRing)
    guard keep(places), !isRing else { return }
    for line in gridChains(points, isRing: false) {
      for (a, b) in zip(line, line.dropFirst()) where canJoin(a, b) {
        cells.addLine(from: a, to: b)
      }
    }
  }

  private mutating func add(_ rings: [[Point]]) {
    var hull = Neighbourhood()
    var outlines: [[Point]] = []
    for ring in rings {
      let (points, places) = refined(ring, isRing: true)
      keep(places)
      for place in places where place.x.isFinite { hull.add(place) }
      outlines.append(points)
    }
    guard hull.overlaps(box) else { return }
    // A polygon's rings go round the Earth together.
    let placed = outlines.map { gridChains($0, isRing: true) }
    for turn in placed[0].indices {
      let rings = placed.compactMap { $0.count > turn ? $0[turn] : nil }.filter { $0.count > 2 }
      if !rings.isEmpty { cells.addPolygon(rings) }
    }
  }

  /// Adds the pieces between neighbours that are near the grid; `false` where there are none.
  @discardableResult
  private mutating func keep(_ places: [SIMD3<Double>]) -> Bool {
    var isNear = false
    for (a, b) in zip(places, places.dropFirst()) where box.mayHold(a, b) {
      segments.append(tree.segment(a, b))
      isNear = true
    }
    return isNear
  }

  // MARK: Places

  private mutating func places(of points: [Point]) -> [SIMD3<Double>] {
    var images = points
    toGround.transform(&images)
    let places = images.map { image in
      // Latitudes beyond a pole are what swapped axes look like.
      let isPlace = image.x.isFinite && abs(image.y * ground.unit) <= .pi / 2 + 1e-9
      return isPlace ? ground.place(image) : SIMD3(repeating: .nan)
    }
    if places.contains(where: \.x.isNaN) { isMisplaced = true }
    return places
  }

  /// The points of a chain and their places, with more where pieces would be too long, NaN where there is no
  /// place; a ring comes back closed.
  private mutating func refined(
    _ chain: [Point], isRing: Bool
  ) -> (points: [Point], places: [SIMD3<Double>]) {
    var points = unwrapped(isRing ? chain + [chain[0]] : chain)
    var places = places(of: points)
    var finer: [Point] = []
    for index in points.indices.dropLast() {
      let length = (places[index + 1] - places[index]).length
      let longest = pieceLength / max(places[index].bend, places[index + 1].bend)
      // Chords across the Earth are up to π/2 shorter than the way round it.
      let parts =
        length.isFinite ? max(1, min(100_000, Int(bounded: 1.6 * length / longest + 0.4))) : 1
      if parts > 1 && finer.isEmpty { finer = Array(points[...index]) }
      guard !finer.isEmpty else { continue }
      let (a, b) = (points[index], points[index + 1])
      for part in 1..<max(parts, 2) where part < parts {
        let share = Double(part) / Double(parts)
        finer.append(Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y)))
      }
      finer.append(b)
    }
    if finer.count > points.count {
      points = finer
      places = self.places(of: points)
    }
    // What has no place on the Earth has none on the grid either.
    for index in points.indices where places[index].x.isNaN {
      points[index] = Point(x: .nan, y: .nan)
    }
    return (points, places)
  }

  /// Longitudes that follow one another without a jump: an edge takes the short way round the Earth.
  private func unwrapped(_ points: [Point]) -> [Point] {
    guard let turn = source.turn else { return points }
    return points.unwrapped(turn: turn, from: nil)
  }

  /// Columns and rows of a chain on the grid's whole, once for every turn of longitude in which it meets it.
  private func gridChains(_ points: [Point], isRing: Bool) -> [[Point]] {
    var images = points
    toGrid.transform(&images)
    if isRing { images.removeAll { !$0.x.isFinite } }
    guard let turn = whole.crs.turn else { return [images.map { whole.index(of: $0) }] }
    let chain = images.unwrapped(turn: turn, from: whole.middle.x)
    return [0, -turn, turn].map { shift in
      chain.map { whole.index(of: Point(x: $0.x + shift, y: $0.y)) }
    }
  }

  /// Whether two points of a line are neighbours on the grid too: where its projection is cut, the ends of
  /// a short piece lie far apart.
  private func canJoin(_ a: Point, _ b: Point) -> Bool {
    guard a.x.isFinite, b.x.isFinite else { return false }
    let step = grid.geotransform
    let dx = (b.x - a.x) * step.columnStepX * grid.crs.unit
    let dy = (b.y - a.y) * step.rowStepY * grid.crs.unit
    let length = (dx * dx + dy * dy).squareRoot()
    return grid.crs.isGeographic ? length < .pi : length < 100 * pieceLength + 1e5
  }
}

extension SIMD3<Double> {
  /// How much shorter pieces must be than on the equator: a line of even longitude and latitude bends by the
  /// tangent of the latitude over the Earth's radius.
  fileprivate var bend: Double {
    let tangent = abs(z) / Swift.max((x * x + y * y).squareRoot(), 1)
    return (1 + Swift.min(tangent, 1e4)).squareRoot()
  }
}

extension [Point] {
  /// The chain with each x within half a turn of the one before, the first within half a turn of `start`.
  fileprivate func unwrapped(turn: Double, from start: Double?) -> [Point] {
    var chain = self
    var reference = start ?? first?.x ?? 0
    for index in chain.indices where chain[index].x.isFinite {
      let turns = ((chain[index].x - reference) / turn).rounded()
      if turns != 0 { chain[index].x -= turn * turns }
      reference = chain[index].x
    }
    return chain
  }
}
