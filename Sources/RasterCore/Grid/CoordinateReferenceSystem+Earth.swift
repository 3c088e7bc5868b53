extension CoordinateReferenceSystem {
  /// Whether the ellipsoid can be the Earth's: those in use differ by 0.1 %, the next planet, Venus, is
  /// 5 % smaller.
  public var isOfEarth: Bool {
    (6_300_000...6_450_000).contains(ellipsoid.semiMajorAxis) && ellipsoid.flattening < 0.01
  }
}
