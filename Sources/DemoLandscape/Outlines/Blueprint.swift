import RasterCore

/// What is drawn by hand: coast, main rivers, ranges, basins and lakes, in rough agreement with the
/// real region and otherwise free. Longitudes and latitudes.
enum Blueprint {
  /// A river that exists before the relief does, so that the relief drains into it.
  struct MainRiver: Sendable {
    let course: Chain
    /// Metres above the sea at the first and the last point.
    let (source, mouth): (Double, Double)
    /// km² drained by the river before it enters the lattice.
    let inflow: Double
    /// Whether it leaves the lattice at its last point.
    let leaves: Bool

    init(
      _ source: Double, _ mouth: Double, inflow: Double = 0, leaves: Bool = false,
      _ course: [(Double, Double)]
    ) {
      self.course = chain(course)
      (self.source, self.mouth, self.inflow, self.leaves) = (source, mouth, inflow, leaves)
    }
  }

  /// A range raises the steepness of rivers by `strength` on its axis, half of that some
  /// 0.64 × `reach` metres away; a basin lowers it by that share.
  struct Zone: Sendable {
    let axis: Chain
    let strength: Double
    let reach: Double

    init(_ strength: Double, reach: Double, _ axis: [(Double, Double)]) {
      self.axis = chain(axis)
      (self.strength, self.reach) = (strength, reach)
    }

    func weight(at point: Point) -> Double {
      let ratio = axis.nearest(to: point).distance / reach
      let base = 1 + ratio * ratio
      return strength / (base * base)
    }
  }

  /// A lake behind a dam of `depth` metres, natural or made, on the biggest river within a third of
  /// `reach` metres of `place` that drains less than `largestRiver` km².
  struct Lake: Sendable {
    let place: Point
    let depth: Double
    let reach: Double
    let largestRiver: Double
  }

  static let mainRivers = [
    // Tumen
    MainRiver(
      285, 0, inflow: 12_000, leaves: true,
      [
        (128.99, 42.42), (129.21, 42.39), (129.42, 42.46), (129.62, 42.44), (129.73, 42.56),
        (129.76, 42.74), (129.87, 42.90), (129.93, 42.99), (130.08, 42.95), (130.20, 42.90),
        (130.26, 42.83), (130.25, 42.74), (130.37, 42.63), (130.46, 42.57), (130.55, 42.50),
        (130.60, 42.42), (130.66, 42.33),
      ]),
    // Gaya, Burhatong
    MainRiver(
      500, 68,
      [
        (129.83, 43.78), (129.71, 43.62), (129.74, 43.45), (129.81, 43.31), (129.83, 43.15),
        (129.91, 43.01),
      ]),
    MainRiver(
      260, 78, inflow: 4_000,
      [(128.99, 43.04), (129.22, 42.96), (129.47, 42.92), (129.70, 42.96), (129.85, 43.06)]),
    // Hunchun
    MainRiver(
      420, 24,
      [
        (131.10, 43.42), (130.98, 43.27), (130.82, 43.14), (130.68, 43.06), (130.57, 42.97),
        (130.43, 42.91), (130.28, 42.85),
      ]),
    // Suifen and Razdolnaya, its northern branch
    MainRiver(
      520, 0,
      [
        (130.38, 43.27), (130.43, 43.41), (130.40, 43.55), (130.36, 43.68), (130.49, 43.77),
        (130.67, 43.86), (130.80, 43.94), (130.91, 44.03), (131.08, 44.08), (131.25, 44.04),
        (131.43, 43.99), (131.59, 43.91), (131.74, 43.83), (131.79, 43.69), (131.77, 43.55),
        (131.80, 43.43), (131.78, 43.32),
      ]),
    MainRiver(
      430, 130,
      [(130.29, 44.31), (130.45, 44.23), (130.60, 44.18), (130.78, 44.10), (130.91, 44.03)]),
    // To the Mudan and the Muling, northwards
    MainRiver(
      560, 300, leaves: true,
      [(129.62, 43.84), (129.40, 43.98), (129.25, 44.10), (129.17, 44.22), (129.10, 44.33)]),
    MainRiver(
      600, 340, leaves: true,
      [(130.05, 43.90), (130.12, 44.05), (130.15, 44.18), (130.10, 44.33)]),
  ]

  static let ranges = [
    Zone(
      0.032, reach: 10_000,
      [
        (131.22, 43.76), (131.29, 43.44), (131.20, 43.20), (131.12, 42.98), (130.92, 42.87),
        (130.60, 42.80),
      ]),
    Zone(
      0.065, reach: 15_000, [(130.12, 43.22), (130.50, 43.34), (130.80, 43.54), (131.02, 43.74)]),
    Zone(
      0.050, reach: 18_000, [(129.42, 43.66), (129.95, 43.76), (130.10, 43.52), (130.26, 43.94)]),
    Zone(
      0.058, reach: 14_000, [(129.55, 44.02), (129.98, 44.14), (130.36, 44.20), (130.62, 44.00)]),
    Zone(0.055, reach: 14_000, [(129.32, 42.20), (129.92, 42.58), (130.05, 42.78)]),
    Zone(0.030, reach: 9_000, [(130.04, 43.05), (130.28, 43.09), (130.46, 43.18)]),
    Zone(0.040, reach: 8_000, [(131.36, 43.32), (131.52, 43.52)]),
    Zone(0.030, reach: 6_000, [(130.58, 42.62), (130.64, 42.52)]),
    Zone(0.030, reach: 6_000, [(131.35, 43.05), (131.45, 43.20)]),
  ]

  /// Where rivers to the sea are short and gentle.
  static let coastalSide = Zone(
    1, reach: 26_000,
    [(131.62, 43.62), (131.52, 43.35), (131.38, 43.08), (131.12, 42.82), (130.72, 42.58)])

  static let basins = [
    Zone(0.90, reach: 9_000, [(130.25, 42.87), (130.42, 42.90), (130.53, 42.96)]),
    Zone(0.75, reach: 12_000, [(129.15, 42.99), (129.45, 42.92), (129.70, 42.96)]),
    Zone(0.80, reach: 7_000, [(129.75, 43.36), (129.83, 43.18)]),
    Zone(0.80, reach: 9_000, [(130.88, 44.00), (131.14, 44.08)]),
    Zone(0.93, reach: 19_000, [(131.36, 44.08), (131.75, 43.88), (131.85, 43.62)]),
    Zone(0.70, reach: 6_000, [(131.76, 43.40), (131.60, 43.08), (131.22, 42.72), (130.80, 42.66)]),
    Zone(0.85, reach: 8_000, [(130.42, 42.64), (130.62, 42.40)]),
    Zone(0.75, reach: 9_000, [(129.10, 44.32), (129.22, 44.12)]),
    Zone(0.60, reach: 6_000, [(130.12, 44.05), (130.14, 44.25)]),
  ]

  static let sea = chain([
    (130.67, 42.20), (130.69, 42.36), (130.75, 42.46), (130.81, 42.55), (130.78, 42.61),
    (130.81, 42.66), (130.89, 42.64), (130.94, 42.61), (130.98, 42.66), (131.06, 42.65),
    (131.13, 42.60), (131.21, 42.55), (131.27, 42.62), (131.23, 42.69), (131.29, 42.75),
    (131.38, 42.78), (131.41, 42.86), (131.49, 42.90), (131.48, 42.96), (131.55, 43.00),
    (131.62, 43.05), (131.65, 43.13), (131.72, 43.20), (131.72, 43.27), (131.77, 43.33),
    (131.83, 43.34), (131.89, 43.29), (132.20, 43.25), (132.20, 42.20),
  ])

  static let islands = [
    chain([(131.19, 42.46), (131.23, 42.44), (131.25, 42.47), (131.21, 42.49)]),
    chain([(131.49, 42.80), (131.53, 42.79), (131.54, 42.82), (131.50, 42.83)]),
    chain([(131.72, 42.96), (131.77, 42.94), (131.79, 42.98), (131.75, 43.01)]),
  ]

  static let lakes = [
    Lake(place: place(130.40, 43.60), depth: 40, reach: 9_000, largestRiver: 900),
    Lake(place: place(130.96, 43.20), depth: 42, reach: 12_000, largestRiver: 260),
    Lake(place: place(129.70, 43.66), depth: 32, reach: 7_000, largestRiver: 500),
    Lake(place: place(130.68, 42.60), depth: 14, reach: 5_000, largestRiver: 200),
    Lake(place: place(131.56, 43.50), depth: 26, reach: 5_000, largestRiver: 200),
    Lake(place: place(130.98, 42.79), depth: 24, reach: 4_000, largestRiver: 200),
  ]

  static func place(_ longitude: Double, _ latitude: Double) -> Point {
    TransverseMercator.project(Point(x: longitude, y: latitude))
  }

  static func chain(_ places: [(Double, Double)]) -> Chain {
    Chain(points: places.map { place($0.0, $0.1) })
  }
}

extension Blueprint {
  static let cities = [
    place(130.37, 42.88), place(129.50, 42.93), place(131.82, 43.80),
  ]

  static let towns = [
    place(129.77, 43.32), place(131.12, 44.07), place(129.84, 42.99), place(130.66, 43.05),
    place(131.40, 42.90), place(131.62, 43.12), place(130.70, 42.46), place(131.76, 43.44),
    place(130.42, 43.52), place(130.14, 44.14), place(129.20, 44.14), place(130.80, 42.70),
    place(131.35, 43.98), place(129.72, 43.60), place(131.35, 43.60), place(130.90, 43.98),
    place(131.42, 43.18),
  ]

  /// Loops of the road network: pairs of the list of settlements, towns and cities first.
  static let loops = [(0, 1), (0, 2), (3, 12), (12, 4), (0, 12), (12, 13), (14, 3), (9, 10)]

  /// How much people like to live here: more near the sea and in the basins.
  static func settling(at point: Point) -> Double {
    var value = 0.55
    for basin in basins { value += basin.weight(at: point) }
    return value
  }
}
