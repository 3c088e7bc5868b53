import Foundation
public import RasterCore

extension Ellipsoid {
  /// *Q* [m²], the area a radian of longitude wide between the equator and a latitude.
  ///
  /// A wedge dλ wide between two latitudes has the area dλ · (*Q*(φ₁) − *Q*(φ₀)); a difference of
  /// near latitudes is better taken from `authalicFunction(from:to:)`, which does not cancel.
  ///
  /// - Parameter sinLatitude: sine of the geodetic latitude, −1…1.
  ///
  /// Source: Snyder (1987), *Map Projections*, USGS Professional Paper 1395, equation 3-12.
  public func authalicFunction(sinLatitude: Double) -> Double {
    AuthalicReference(ellipsoid: self, sinLatitude: 0)
      .function(sinLatitude: sinLatitude, difference: sinLatitude)
  }

  /// *Q*(φ₁) − *Q*(φ₀) [m²] for geodetic latitudes in radians, right to a few units in the last place
  /// however near the two are.
  public func authalicFunction(from first: Double, to second: Double) -> Double {
    AuthalicReference(ellipsoid: self, latitude: first).function(latitude: second)
  }

  /// *Q* at the pole [m²], the square of the radius of the sphere of the same area.
  public var squaredAuthalicRadius: Double { authalicFunction(sinLatitude: 1) }

  /// The whole surface [m²].
  public var surfaceArea: Double { 4 * .pi * squaredAuthalicRadius }
}

/// *Q* measured from one latitude, free of cancellation.
///
/// With s = sin φ and d = s₁ − s₀ the difference of Q = b²/2 · (s/(1 − e²s²) + artanh(es)/e) is
/// b²/2 · (d·(1 + e²s₀s₁)/((1 − e²s₀²)(1 − e²s₁²)) + artanh(e·u)/e), u = d/(1 − e²s₀s₁), and d itself is
/// 2 cos((φ₀ + φ₁)/2) sin((φ₁ − φ₀)/2).
struct AuthalicReference {
  private let latitude: Double
  private let sinLatitude: Double
  private let squaredEccentricity: Double
  private let factor: Double

  init(ellipsoid: Ellipsoid, latitude: Double) {
    self.init(ellipsoid: ellipsoid, latitude: latitude, sinLatitude: sin(latitude))
  }

  init(ellipsoid: Ellipsoid, sinLatitude: Double) {
    self.init(ellipsoid: ellipsoid, latitude: asin(sinLatitude), sinLatitude: sinLatitude)
  }

  private init(ellipsoid: Ellipsoid, latitude: Double, sinLatitude: Double) {
    (self.latitude, self.sinLatitude) = (latitude, sinLatitude)
    squaredEccentricity = ellipsoid.squaredEccentricity
    factor = ellipsoid.semiMinorAxis * ellipsoid.semiMinorAxis / 2
  }

  /// *Q*(φ) − *Q*(reference) [m²]; φ in radians.
  func function(latitude other: Double) -> Double {
    let difference = 2 * cos((latitude + other) / 2) * sin((other - latitude) / 2)
    return function(sinLatitude: sinLatitude + difference, difference: difference)
  }

  /// The same for a sine and its difference from the reference's, each as exact as it can be had.
  func function(sinLatitude other: Double, difference: Double) -> Double {
    let product = squaredEccentricity * sinLatitude * other
    let denominators =
      (1 - squaredEccentricity * sinLatitude * sinLatitude)
      * (1 - squaredEccentricity * other * other)
    let angle = difference / (1 - product)
    return factor
      * (difference * (1 + product) / denominators
        + angle * inverseTangentRatio(ofSquare: squaredEccentricity * angle * angle))
  }
}

/// artanh(√z)/√z, its limit 1 at zero (the sphere) and arctan(√−z)/√−z below (a prolate ellipsoid).
private func inverseTangentRatio(ofSquare square: Double) -> Double {
  if square > 0 {
    let root = square.squareRoot()
    return atanh(root) / root
  }
  if square < 0 {
    let root = (-square).squareRoot()
    return atan(root) / root
  }
  return 1
}
