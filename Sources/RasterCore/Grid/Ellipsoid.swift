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
}
