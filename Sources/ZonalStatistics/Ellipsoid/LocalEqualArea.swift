import Foundation
public import RasterCore

/// A plane of true areas round one place: Lambert's azimuthal equal-area projection of the authalic
/// sphere.
///
/// Areas in the plane are areas on the ellipsoid, exactly, everywhere but at the opposite point; near
/// the centre shapes are true too, but for the ellipsoid's own flattening. Regular at the poles, and
/// free of cancellation for points near the centre.
///
/// Source: Snyder (1987), *Map Projections*, USGS Professional Paper 1395, equations 3-11 and 24-2.
public struct LocalEqualArea: Sendable {
  private let ellipsoid: Ellipsoid
  private let squaredRadius: Double
  private let center: Point
  private let centerSine: Double
  private let centerCosine: Double

  /// - Parameter center: longitude and latitude in radians.
  public init(ellipsoid: Ellipsoid, center: Point) {
    (self.ellipsoid, self.center) = (ellipsoid, center)
    squaredRadius = ellipsoid.squaredAuthalicRadius
    (centerSine, centerCosine) = ellipsoid.authalicSineAndCosine(
      latitude: center.y, squaredRadius: squaredRadius)
  }

  /// Metres east (x) and north (y) of the centre, north as seen there, of a longitude and latitude in
  /// radians.
  public func point(of place: Point) -> Point {
    let (_, cosine) = ellipsoid.authalicSineAndCosine(
      latitude: place.y, squaredRadius: squaredRadius)
    let sines = ellipsoid.authalicFunction(from: center.y, to: place.y) / squaredRadius
    let cosines = cosine + centerCosine
    let halfTangent = cosines > 0 ? sines / cosines : 0  // tan((β − β₁)/2)
    let squaredHalfSine = halfTangent * halfTangent / (1 + halfTangent * halfTangent)
    let sinDifference = 2 * halfTangent / (1 + halfTangent * halfTangent)
    let longitude = place.x - center.x
    let squaredHalfTurn = sin(longitude / 2) * sin(longitude / 2)
    let haversine = squaredHalfSine + cosine * centerCosine * squaredHalfTurn
    let scale = (squaredRadius / max(1 - haversine, .leastNormalMagnitude)).squareRoot()
    return Point(
      x: scale * cosine * sin(longitude),
      y: scale * (sinDifference + 2 * centerSine * cosine * squaredHalfTurn))
  }

  /// Square metres on the ellipsoid in a square unit of a map, at one of its points.
  ///
  /// The determinant of the Jacobian by central differences; the error is of the order of the square
  /// of step ÷ Earth radius, at 1e-4 of a radius (640 m) about 1e-9.
  ///
  /// - Parameters:
  ///   - center: longitude and latitude [rad] of the map's point.
  ///   - east: the place one step along the map's x; west, north and south likewise.
  ///   - step: in units of the map.
  public static func arealScale(
    on ellipsoid: Ellipsoid, center: Point, east: Point, west: Point, north: Point, south: Point,
    step: Double
  ) -> Double {
    let plane = LocalEqualArea(ellipsoid: ellipsoid, center: center)
    let (east, west) = (plane.point(of: east), plane.point(of: west))
    let (north, south) = (plane.point(of: north), plane.point(of: south))
    let determinant =
      (east.x - west.x) * (north.y - south.y) - (east.y - west.y) * (north.x - south.x)
    return abs(determinant) / (4 * step * step)
  }
}

extension Ellipsoid {
  /// Sine and cosine of the authalic latitude, the cosine with full relative precision at the poles.
  fileprivate func authalicSineAndCosine(
    latitude: Double, squaredRadius: Double
  ) -> (sine: Double, cosine: Double) {
    let magnitude = min(abs(latitude), .pi / 2)
    let halfSine = sin((.pi / 2 - magnitude) / 2)
    let missing =
      AuthalicReference(ellipsoid: self, latitude: magnitude)
      .function(sinLatitude: 1, difference: 2 * halfSine * halfSine) / squaredRadius
    return (
      sine: latitude < 0 ? missing - 1 : 1 - missing,
      cosine: max(missing * (2 - missing), 0).squareRoot()
    )
  }
}
