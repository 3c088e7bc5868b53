import Foundation
import RasterCore

/// The oracle of distances: Vincenty's inverse formula on WGS 84, right to 0.1 mm.
///
/// Source: T. Vincenty (1975), Survey Review 23(176), 88–93.
func geodesicDistance(_ a: Point, _ b: Point) -> Double {
  let (axis, f) = (6_378_137.0, 1 / 298.257_223_563)
  let minor = axis * (1 - f)
  let radian = Double.pi / 180
  let l = (b.x - a.x) * radian
  let (u1, u2) = (atan((1 - f) * tan(a.y * radian)), atan((1 - f) * tan(b.y * radian)))
  var lambda = l
  var (sigma, sine, cosine, cosSquared, middle) = (0.0, 0.0, 1.0, 1.0, 0.0)
  for _ in 0..<100 {
    let p = cos(u2) * sin(lambda)
    let q = cos(u1) * sin(u2) - sin(u1) * cos(u2) * cos(lambda)
    sine = (p * p + q * q).squareRoot()
    if sine == 0 { return 0 }
    cosine = sin(u1) * sin(u2) + cos(u1) * cos(u2) * cos(lambda)
    sigma = atan2(sine, cosine)
    let alpha = cos(u1) * cos(u2) * sin(lambda) / sine
    cosSquared = 1 - alpha * alpha
    middle = cosSquared == 0 ? 0 : cosine - 2 * sin(u1) * sin(u2) / cosSquared
    let c = f / 16 * cosSquared * (4 + f * (4 - 3 * cosSquared))
    let previous = lambda
    lambda =
      l + (1 - c) * f * alpha
      * (sigma + c * sine * (middle + c * cosine * (2 * middle * middle - 1)))
    if abs(lambda - previous) < 1e-13 { break }
  }
  let u = cosSquared * (axis * axis - minor * minor) / (minor * minor)
  let a1 = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
  let b1 = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
  let delta =
    b1 * sine
    * (middle + b1 / 4
      * (cosine * (2 * middle * middle - 1) - b1 / 6 * middle * (4 * sine * sine - 3)
        * (4 * middle * middle - 3)))
  return minor * a1 * (sigma - delta)
}

/// A place on the ellipsoid of WGS 84 in metres from its centre, for finding what is near.
func geocentric(_ point: Point) -> (x: Double, y: Double, z: Double) {
  let place = Ellipsoid.wgs84.geocentric(
    longitude: point.x * .pi / 180, latitude: point.y * .pi / 180)
  return (place.x, place.y, place.z)
}
