import Foundation
import RasterCore
import Testing
import ZonalStatistics

private let radian = Double.pi / 180

private func place(_ longitude: Double, _ latitude: Double) -> Point {
  Point(x: longitude * radian, y: latitude * radian)
}

@Suite("The plane of true areas round a place")
struct LocalEqualAreaTests {
  @Test("a small triangle has its area on the ellipsoid", arguments: [-89.9, -60, 0, 43, 89.9])
  func trueAreas(latitude: Double) {
    let center = place(130, latitude)
    let corners = [center, place(130.001, latitude), place(130.0005, latitude + 0.001)]
    // Edges straight in longitude and latitude bend in the plane, near a pole by a part in 300;
    // cut into 100 pieces that is 1e-4 times as much.
    let ring = Shapes.cut(corners, pieces: 100)
    let plane = LocalEqualArea(ellipsoid: .wgs84, center: center)
    let area = Shapes.signedArea(ring.map { plane.point(of: $0) })
    let expected = Ellipsoid.wgs84.area(ofRings: [corners])
    #expect(abs(area / expected - 1) < 1e-6)
  }

  @Test("a whole cap has the radius of its area")
  func caps() {
    let plane = LocalEqualArea(ellipsoid: .wgs84, center: place(0, 90))
    for latitude in [89.0, 45, 0, -60] {
      let point = plane.point(of: place(77, latitude))
      let cap = 2 * .pi * Ellipsoid.wgs84.authalicFunction(from: latitude * radian, to: .pi / 2)
      #expect(abs(.pi * (point.x * point.x + point.y * point.y) / cap - 1) < 1e-13)
    }
  }

  @Test(
    "in Web Mercator the areal scale is that of the closed form", arguments: [0.0, 43, -60, 80])
  func webMercator(latitude: Double) {
    let axis = Ellipsoid.wgs84.semiMajorAxis
    func inverse(_ x: Double, _ y: Double) -> Point {
      Point(x: x / axis, y: atan(sinh(y / axis)))
    }
    let (x, y, step) = (1e7, axis * asinh(tan(latitude * radian)), 500.0)
    let scale = LocalEqualArea.arealScale(
      on: .wgs84, center: inverse(x, y), east: inverse(x + step, y), west: inverse(x - step, y),
      north: inverse(x, y + step), south: inverse(x, y - step), step: step)
    // An area is M·N·cos φ dφ dλ, in the plane a² dφ dλ ÷ cos φ.
    let (sine, cosine) = (sin(latitude * radian), cos(latitude * radian))
    let squared = Ellipsoid.wgs84.squaredEccentricity
    let curvatures = (1 - squared) / pow(1 - squared * sine * sine, 2)
    let expected = curvatures * cosine * cosine
    #expect(abs(scale / expected - 1) < 2e-8)  // (500 m ÷ 6,378 km)² = 6e-9, times 4/6 · curvature
  }

  @Test("in UTM the areal scale is the square of the series' scale")
  func transverseMercator() {
    // echo E N | invproj -f %.15f +proj=utm +zone=52 +ellps=WGS84 (PROJ 9.1.1), step 500 m
    let center = place(131.466782048768380, 43.326246335408335)
    let scale = LocalEqualArea.arealScale(
      on: .wgs84, center: center,
      east: place(131.472943371643055, 43.326113207453567),
      west: place(131.460620683857996, 43.326379131788194),
      north: place(131.466964196519569, 43.330744440987687),
      south: place(131.466599943052870, 43.321748225663029), step: 500)
    // Snyder (1987), equation 8-11; the next term is below 1e-12.
    let squared = Ellipsoid.wgs84.squaredEccentricity / (1 - Ellipsoid.wgs84.squaredEccentricity)
    let tangent = pow(tan(center.y), 2)
    let second = squared * pow(cos(center.y), 2)
    let distance = pow((center.x - 129 * radian) * cos(center.y), 2)
    let series =
      1 + (1 + second) * distance / 2
      + (5 - 4 * tangent + 42 * second + 13 * second * second - 28 * squared)
      * distance * distance / 24
      + (61 - 148 * tangent + 16 * tangent * tangent) * pow(distance, 3) / 720
    #expect(abs(scale * pow(0.9996 * series, 2) - 1) < 5e-9)  // (500 m ÷ 6,378 km)² = 6e-9
  }

  @Test("at the pole of a polar stereographic map the areal scale is regular")
  func pole() {
    // As above, +proj=stere +lat_0=90 +lat_ts=71 +lon_0=0, at the pole.
    let latitude = 89.995_398_170_630_807
    let scale = LocalEqualArea.arealScale(
      on: .wgs84, center: place(0, 90), east: place(90, latitude), west: place(-90, latitude),
      north: place(180, latitude), south: place(0, latitude), step: 500)
    // Snyder (1987), equations 14-15, 15-9 and 21-35: the scale at the pole, true at 71° N.
    let e = Ellipsoid.wgs84.squaredEccentricity.squareRoot()
    let sine = sin(71 * radian)
    let m = cos(71 * radian) / (1 - e * e * sine * sine).squareRoot()
    let t = tan(.pi / 4 - 71 * radian / 2) / pow((1 - e * sine) / (1 + e * sine), e / 2)
    let k = m / t * (pow(1 + e, 1 + e) * pow(1 - e, 1 - e)).squareRoot() / 2
    #expect(abs(scale * k * k - 1) < 5e-9)
  }
}
