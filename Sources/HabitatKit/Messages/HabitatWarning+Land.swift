import RasterCore

extension HabitatWarning {
  /// - Parameter area: km²; `nil` is returned where six decimals show none.
  static func ofLand(
    _ slug: String, _ area: Double, _ what: String, at location: String, fix: String
  ) -> HabitatWarning? {
    guard area >= AreaTable.leastShown else { return nil }
    return HabitatWarning(
      slug, "\(area.grouped(decimals: 3)) km² \(what)", at: location, fix: fix)
  }
}
