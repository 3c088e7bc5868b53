import RasterCore
import RasterLoader

extension HabitatError {
  static func elevationElsewhere(_ tiles: [RasterTile]) -> HabitatError {
    doesNotCover(
      "the DEM lies nowhere near the land cover", tiles,
      fix: "give DEM tiles of the region, check their CRS,")
  }

  /// More than half of the land is without heights.
  ///
  /// - Parameters:
  ///   - missing: km².
  ///   - land: km².
  ///   - what: in words that go on from the land.
  static func elevationTooSmall(
    _ missing: Double, of land: Double, _ what: String, _ tiles: [RasterTile]
  ) -> HabitatError {
    doesNotCover(
      "\(missing.grouped(decimals: 3)) km² of \(land.grouped(decimals: 3)) km² \(what)", tiles,
      fix: "give DEM tiles of the whole region,")
  }

  private static func doesNotCover(
    _ what: String, _ tiles: [RasterTile], fix: String
  ) -> HabitatError {
    HabitatError(
      .input, "dem-does-not-cover", what, at: "dem: \(tiles.map(\.path).listed)",
      fix: fix + " or allow it with --allow-gaps")
  }
}

extension HabitatWarning {
  /// Land without heights.
  ///
  /// - Parameters:
  ///   - area: km².
  ///   - what: in words that go on from the land.
  ///   - voidsCount: of cells without a height, too, and not of tiles alone.
  static func elevationGap(
    _ area: Double, _ what: String, at location: String, voidsCount: Bool = false
  ) -> HabitatWarning? {
    .ofLand(
      "dem-gap", area, what, at: location,
      fix: "add DEM tiles" + (voidsCount ? ", or fill their voids" : ""))
  }
}
