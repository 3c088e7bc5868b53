import RasterCore
import RasterLoader

extension HabitatError {
  /// Parks lie where a tile is missing.
  ///
  /// - Parameter area: of the parks, km².
  static func landCoverGap(_ area: Double, in source: LandCoverSource) -> HabitatError {
    HabitatError(
      .input, "landcover-gap",
      "\(area.formatted(decimals: 3)) km² of the parks lie between the land-cover tiles"
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
