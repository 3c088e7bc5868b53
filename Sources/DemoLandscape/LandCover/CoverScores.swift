import RasterCore

/// How well each category suits a place: the higher, the sooner the category takes it.
///
/// Only the order of places matters; thresholds are set by the shares wanted (`CoverThresholds`).
struct CoverScores: Sendable {
  /// Categories in the order in which they choose; what is left is broadleaf forest.
  static let order: [LandCategory] = [
    .built, .rice, .cultivated, .bare, .meadow, .shrub, .forestConifer, .forestMixed,
  ]

  let terrain: Terrain
  let builtness: [Float]
  let peopled: PeopledField

  /// Scores in `order`.
  func scores(column: Int, row: Int) -> [Double] {
    let point = Frame.cellCentre(column: column, row: row)
    let site = terrain.site(at: point)
    let people = peopled.value(at: point)
    let slope = site.slope
    let width = site.floorHalfWidth
    let parcel = Self.parcel(point)
    // Down to the south-west is warm and dry.
    let coolness = -(site.eastwardRise + site.northwardRise) / (slope + 0.08)
    // Houses avoid the slopes within a town's outline.
    let built = Double(builtness[row * Frame.columns + column]) * max(0.2, 1 - 2 * slope)
    // Wide, low, flat floors near the river, field by field.
    let rice =
      1.5 * min(width / 1_200, 1) - site.valleyPosition - site.height / 160 - 14 * slope
      + 0.5 * parcel + 0.5 * Self.patches(91, 3_000, point)
    // Floors and gentle slopes near people.
    let cultivated =
      1.2 * min(width / 700, 1) - max(site.valleyPosition - 0.3, 0) - site.riseAboveRiver / 45
      - 8 * slope - site.height / 900 + 0.5 * parcel + 1.3 * people
      + 0.6 * Self.patches(92, 2_500, point)
    // Steep and high.
    let bare = 4 * slope + site.height / 700 + 0.9 * Self.patches(93, 900, point)
    // Floors and their edges, where fields leave room.
    let meadow =
      -0.6 * max(site.valleyPosition - 0.7, 0) - site.riseAboveRiver / 55 - 5 * slope
      - site.height / 700 + 0.4 * people + 0.25 * parcel + 0.9 * Self.patches(94, 2_200, point)
    // Low slopes, most where people burn and graze.
    let shrub =
      1.1 * Self.patches(95, 1_800, point) - site.riseAboveRiver / 220 - site.height / 600
      + 0.9 * people - 0.2 * coolness - 0.15 * site.valleyPosition
    let conifer = site.height / 300 + 0.5 * coolness + 0.8 * Self.patches(96, 3_200, point)
    let mixed =
      site.height / 330 + 0.65 * coolness + Self.patches(97, 2_600, point) - 0.25 * people
    return [built, rice, cultivated, bare, meadow, shrub, conifer, mixed]
  }

  private static func patches(_ seed: UInt32, _ wavelength: Double, _ point: Point) -> Double {
    Noise(seed: seed).octaves(4, wavelength: wavelength, point.x, point.y)
  }

  /// −1…1, the same within a field: strips of some 500 × 300 m, their rows shifted at random.
  private static func parcel(_ point: Point) -> Double {
    let chance = Noise(seed: 99)
    // Turned, so that fields do not lie along the cells.
    let (along, across) = (0.9 * point.x + 0.436 * point.y, 0.9 * point.y - 0.436 * point.x)
    let row = (across / 300).rounded(.down)
    let shift = 500 * chance.uniform(Int32(row), -7)
    let column = ((along + shift) / 500).rounded(.down)
    return 2 * chance.uniform(Int32(column), Int32(row)) - 1
  }
}

/// 0…1: how near people are, on a coarse lattice.
struct PeopledField: Sendable {
  private let lattice = Frame.lattice(step: 480)
  private let values: [Double]

  init(_ settlements: [Settlement]) {
    let lattice = lattice
    values = parallelPieces(lattice.rows) { row in
      (0..<lattice.columns).map { column in
        let point = lattice.point(row * lattice.columns + column)
        return settlements.reduce(0) { most, settlement in
          let ratio =
            Chain.distance(settlement.centre, point) / (900 + 2.2 * settlement.kind.radius)
          return max(most, 1 / (1 + ratio * ratio))
        }
      }
    }
  }

  func value(at point: Point) -> Double {
    LatticePosition(of: point, on: lattice).bilinear(values)
  }
}
