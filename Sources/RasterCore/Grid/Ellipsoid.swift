import Foundation

/// An ellipsoid of revolution.
public struct Ellipsoid: Hashable, Sendable {
  /// Metres.
  public let semiMajorAxis: Double
  /// 0 for a sphere.
  public let flattening: Double

  public init(semiMajorAxis: Double, flattening: Double) {
    (self.semiMajorAxis, self.flattening) = (semiMajorAxis, flattening)
  }

  public static let wgs84 = Ellipsoid(semiMajorAxis: 6_378_137, flattening: 1 / 298.257_223_563)

  public var semiMinorAxis: Double { semiMajorAxis * (1 - flattening) }
  public var squaredEccentricity: Double { flattening * (2 - flattening) }

  /// Metres from the centre, x towards 0° E on the equator and z towards the north pole.
  ///
  /// - Parameters: longitude and latitude in radians.
  public func geocentric(longitude: Double, latitude: Double) -> SIMD3<Double> {
    let (sine, cosine) = (sin(latitude), cos(latitude))
    let normal = semiMajorAxis / (1 - squaredEccentricity * sine * sine).squareRoot()
    return SIMD3(
      normal * cosine * cos(longitude), normal * cosine * sin(longitude),
      normal * (1 - squaredEccentricity) * sine)
  }

  /// Metres of ground to a radian of longitude (east) and of latitude (north).
  public func metresPerRadian(latitude: Double) -> (east: Double, north: Double) {
    let sine = sin(latitude)
    let w = 1 - squaredEccentricity * sine * sine
    let normal = semiMajorAxis / w.squareRoot()
    return (normal * cos(latitude), normal * (1 - squaredEccentricity) / w)
  }
}
