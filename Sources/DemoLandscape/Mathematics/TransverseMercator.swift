import RasterCore

/// UTM zone 52N on WGS 84: longitude and latitude in degrees to metres and back.
///
/// Series in powers of the difference of longitude; within 3.5° of the central meridian they are
/// right to a millimetre. Source: J. P. Snyder (1987), *Map projections: a working manual*, USGS
/// Professional Paper 1395, equations 3-21, 3-24, 3-26 and 8-9 to 8-25; the terms one order
/// further are Redfearn's (1948).
enum TransverseMercator {
  static let centralMeridian = 129.0
  static let scale = 0.9996
  static let falseEasting = 500_000.0
  static let radiansPerDegree = 0.017_453_292_519_943_295

  private static let a = Ellipsoid.wgs84.semiMajorAxis
  private static let e2 = Ellipsoid.wgs84.squaredEccentricity
  private static let ep2 = e2 / (1 - e2)

  /// Easting and northing of a point given as longitude (`x`) and latitude (`y`).
  static func project(_ place: Point) -> Point {
    Parallel(latitude: place.y).point(longitude: place.x)
  }

  /// What all points of one parallel share: a row of an elevation tile computes it once.
  struct Parallel {
    private let cosine: Double
    private let radius: Double
    private let arc: Double
    private let tangentTimesRadius: Double
    private let eastTerms: (Double, Double, Double)
    private let northTerms: (Double, Double, Double, Double)

    init(latitude: Double) {
      let phi = latitude * radiansPerDegree
      let (s, c) = (Trigonometry.sine(phi), Trigonometry.cosine(phi))
      let t = s / c * (s / c)
      let eta = ep2 * c * c
      cosine = c
      radius = a / (1 - e2 * s * s).squareRoot()
      arc = meridianArc(phi)
      tangentTimesRadius = radius * s / c
      eastTerms = (
        (1 - t + eta) / 6,
        (5 - 18 * t + t * t + 14 * eta - 58 * t * eta) / 120,
        (61 - 479 * t + 179 * t * t - t * t * t) / 5040
      )
      let fourth = 5 - t + 9 * eta + 4 * eta * eta
      let sixth = 61 - 58 * t + t * t + 270 * eta - 330 * t * eta
      let eighth = 1385 - 3111 * t + 543 * t * t - t * t * t
      northTerms = (0.5, fourth / 24, sixth / 720, eighth / 40_320)
    }

    func point(longitude: Double) -> Point {
      let d = (longitude - centralMeridian) * radiansPerDegree * cosine
      let d2 = d * d
      let east = d * (1 + d2 * (eastTerms.0 + d2 * (eastTerms.1 + d2 * eastTerms.2)))
      let north =
        d2 * (northTerms.0 + d2 * (northTerms.1 + d2 * (northTerms.2 + d2 * northTerms.3)))
      return Point(
        x: falseEasting + scale * radius * east, y: scale * (arc + tangentTimesRadius * north))
    }
  }

  /// Longitude (`x`) and latitude (`y`) of a point of the zone.
  static func unproject(_ point: Point) -> Point {
    // The inverse of the forward series by correction: each round gains about three digits, and
    // forward and back then agree by construction.
    let metresPerDegree = a * (1 - e2) * radiansPerDegree
    var place = Point(x: centralMeridian, y: point.y / metresPerDegree)
    for _ in 0..<8 {
      let there = project(place)
      let c = Trigonometry.cosine(place.y * radiansPerDegree)
      place.x += (point.x - there.x) / (metresPerDegree * c)
      place.y += (point.y - there.y) / metresPerDegree
    }
    return place
  }

  private static func meridianArc(_ phi: Double) -> Double {
    let (e4, e6) = (e2 * e2, e2 * e2 * e2)
    // sin 2φ, sin 4φ and sin 6φ from sin φ and cos φ: the series for sine holds to π/2 only.
    let (s, c) = (Trigonometry.sine(phi), Trigonometry.cosine(phi))
    let (s2, c2) = (2 * s * c, c * c - s * s)
    let (s4, c4) = (2 * s2 * c2, c2 * c2 - s2 * s2)
    let s6 = s4 * c2 + c4 * s2
    let e8 = e4 * e4
    return a
      * ((1 - e2 / 4 - 3 * e4 / 64 - 5 * e6 / 256 - 175 * e8 / 16_384) * phi
        - (3 * e2 / 8 + 3 * e4 / 32 + 45 * e6 / 1024 + 105 * e8 / 4096) * s2
        + (15 * e4 / 256 + 45 * e6 / 1024 + 525 * e8 / 16_384) * s4
        - (35 * e6 / 3072 + 175 * e8 / 12_288) * s6)
  }
}
