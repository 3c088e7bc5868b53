import RasterCore
import RasterLoader

extension HabitatError {
  /// Parks lie where a tile is missing.
  ///
  /// - Parameter area: of the parks, km².
  static func landCoverGap(_ area: Double, in source: LandCoverSource) -> HabitatError {
    HabitatError(
      .input, "landcover-gap",
      "\(area.grouped(decimals: 3)) km² of the parks lie between the land-cover tiles"
        + gapsText(of: source),
      at: "landcover: \(source.tiles.map(\.path).listed)",
      fix: "add the missing tiles, or count the gap as nodata with --allow-gaps")
  }

  /// The boxes on which no tile lies, the largest first.
  private static func gapsText(of source: LandCoverSource) -> String {
    let gaps = TileRegion.regions(of: source.windows, in: source.grid.window)
      .filter(\.tiles.isEmpty).map(\.window).sorted { $0.cellCount > $1.cellCount }
    guard !gaps.isEmpty else { return "" }
    let boxes = gaps.prefix(3).map { window in
      source.grid.part(window).extentText
    }
    let others = gaps.count > 3 ? ", and in \(gaps.count - 3) more places" : ""
    return "; there is none at \(boxes.joined(separator: ", at "))\(others)"
  }
}

extension HabitatWarning {
  /// Land on which no tile of the land cover lies.
  ///
  /// - Parameters:
  ///   - place: `the parks`, `the raster`.
  ///   - isOneTile: then nothing lies between tiles.
  ///   - fix: what to give where it is one.
  static func landCoverGap(
    _ area: Double, of place: String, isOneTile: Bool, at location: String, fix: String
  ) -> HabitatWarning? {
    .ofLand(
      "landcover-gap", area,
      "of \(place) lie \(isOneTile ? "beyond the land cover" : "between the land-cover tiles") "
        + "and count as nodata", at: location, fix: isOneTile ? fix : "add the missing tiles")
  }

  /// - Parameter place: `the parks`, `the raster`.
  static func landCoverOverlap(
    _ area: Double, of place: String, at location: String
  ) -> HabitatWarning? {
    .ofLand(
      "landcover-overlap", area,
      "of \(place) lie under tiles that disagree; the tile whose name sorts last wins",
      at: location,
      fix: "leave out tiles that are superseded")
  }

  static let landCoverOfParks = "give land cover that covers the parks"
}
