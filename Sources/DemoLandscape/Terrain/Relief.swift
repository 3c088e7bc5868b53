import RasterCore

/// Bare relief: the blueprint's rivers, ranges and coast, carved by erosion from coarse to fine.
struct Relief: Sendable {
  let lattice: Lattice
  let heights: [Double]
  let isSea: [Bool]
  let drainage: Drainage
  /// km² drained by each node.
  let areas: [Double]

  /// Nodes from coarse to fine, metres apart, with the number of steps on each.
  static let levels: [(step: Double, rounds: Int, celerity: Double, creep: Double)] = [
    (480, 90, 250, 6_000), (240, 36, 200, 4_000), (120, 20, 100, 2_000),
  ]

  init() {
    var coarse: (lattice: Lattice, heights: [Double])?
    var erosion: Erosion?
    for level in Self.levels {
      let lattice = Frame.lattice(step: level.step)
      var next = Self.start(on: lattice, from: coarse)
      next.fillHollows()
      for _ in 0..<level.rounds {
        next.advance(celerity: level.celerity, creep: level.creep)
      }
      coarse = (lattice, next.heights)
      erosion = next
    }
    guard let erosion else { preconditionFailure("there are levels") }
    lattice = erosion.lattice
    isSea = Self.sea(on: lattice)
    drainage = Drainage(of: erosion.heights, on: lattice, outlets: erosion.outlets)
    // The summits are rounded off; the order of heights, and so the drainage, stays.
    heights = erosion.heights.map { $0 > 900 ? 900 + 0.8 * ($0 - 900) : $0 }
    areas = drainage.accumulate(erosion.local)
  }

  private static func start(
    on lattice: Lattice, from coarse: (lattice: Lattice, heights: [Double])?
  ) -> Erosion {
    let sea = sea(on: lattice)
    var outlets = sea
    var local = [Double](repeating: lattice.step * lattice.step / 1e6, count: lattice.count)
    let roughness = Noise(seed: 11)
    var heights = parallelPieces(lattice.rows) { row in
      (0..<lattice.columns).map { column in
        let point = lattice.point(row * lattice.columns + column)
        if sea[row * lattice.columns + column] { return 0.0 }
        guard let coarse else { return firstHeight(at: point) }
        let position = LatticePosition(of: point, on: coarse.lattice)
        let rough = 4 * roughness.value(point.x / 310, point.y / 310)
        return max(position.cubic(coarse.heights, on: coarse.lattice) + rough, 0.5)
      }
    }
    for river in Blueprint.mainRivers {
      let (first, last) = (
        river.course.points[0], river.course.points[river.course.points.count - 1]
      )
      if river.inflow > 0 { local[lattice.node(nearest: first)] += river.inflow }
      if river.leaves {
        let node = lattice.node(nearest: last)
        (outlets[node], heights[node]) = (true, river.mouth)
      }
    }
    return Erosion(
      lattice: lattice, steepness: spread(on: lattice, steepness),
      gentleness: spread(on: lattice) { Blueprint.coastalSide.weight(at: $0) }, outlets: outlets,
      local: local, heights: heights)
  }

  /// Land that slopes gently to the nearest main river or the coast and is rough between them.
  private static func firstHeight(at point: Point) -> Double {
    let coast = Chain(points: Array(Blueprint.sea.points.dropLast(2))).nearest(to: point).distance
    // The courses are drawn with few corners; shifting the place makes them wind.
    let (shiftX, shiftY) = (Noise(seed: 23), Noise(seed: 24))
    let shifted = Point(
      x: point.x + 2_200 * shiftX.octaves(3, wavelength: 8_000, point.x, point.y),
      y: point.y + 2_200 * shiftY.octaves(3, wavelength: 8_000, point.x, point.y))
    var nearest = (distance: coast, height: 1.0)
    for river in Blueprint.mainRivers {
      let (distance, share) = river.course.nearest(to: shifted)
      if distance < nearest.distance {
        nearest = (distance, river.source + share * (river.mouth - river.source))
      }
    }
    let rough = 1 + Noise(seed: 5).octaves(5, wavelength: 9_000, point.x, point.y)
    return nearest.height + 0.003 * nearest.distance
      + 110 * min(nearest.distance / 6_000, 1) * max(rough, 0)
  }

  private static func steepness(at point: Point) -> Double {
    var value = 0.054
    for range in Blueprint.ranges { value += range.weight(at: point) }
    for basin in Blueprint.basins { value *= 1 - basin.weight(at: point) }
    let rock = Noise(seed: 7).octaves(4, wavelength: 14_000, point.x, point.y)
    // Hard and soft beds: rivers go round the hard ones, or valleys would run straight.
    let beds = Noise(seed: 8).octaves(2, wavelength: 3_600, point.x, point.y)
    return value * max(0.3, 1 + 0.4 * rock) * max(0.25, 1 + 0.45 * beds)
  }

  /// A smooth function, worked out on a coarse lattice and interpolated.
  private static func spread(
    on lattice: Lattice, _ function: @Sendable (Point) -> Double
  ) -> [Double] {
    let coarse = Frame.lattice(step: 480)
    let values = parallelPieces(coarse.rows) { row in
      (0..<coarse.columns).map { function(coarse.point(row * coarse.columns + $0)) }
    }
    return parallelPieces(lattice.rows) { row in
      (0..<lattice.columns).map { column in
        let point = lattice.point(row * lattice.columns + column)
        return LatticePosition(of: point, on: coarse).bilinear(values)
      }
    }
  }

  private static func sea(on lattice: Lattice) -> [Bool] {
    let (shiftX, shiftY) = (Noise(seed: 21), Noise(seed: 22))
    return parallelPieces(lattice.rows) { row in
      (0..<lattice.columns).map { column in
        let point = lattice.point(row * lattice.columns + column)
        // The coast is drawn with few corners; shifting the place gives it bays and headlands.
        let shifted = Point(
          x: point.x + 1_700 * shiftX.octaves(5, wavelength: 6_500, point.x, point.y),
          y: point.y + 1_700 * shiftY.octaves(5, wavelength: 6_500, point.x, point.y))
        return Blueprint.sea.encloses(shifted)
          && !Blueprint.islands.contains { $0.encloses(shifted) }
      }
    }
  }
}
