import RasterCore
import RasterLoader

/// What of the parks has no tile of the land cover under it, as a run counts it; land of several parks counts once.
struct ParkLack {
  private let landCover: LandCoverSource
  /// km² on the grid.
  private let gap: Double
  /// km² beyond the grid.
  private let outside: Double
  /// Of parks that reach beyond the grid, where these are not all.
  private let namesOutside: String

  /// - Parameter gap: km².
  init(gap: Double, _ zones: ParkZones, on landCover: LandCoverSource) {
    (self.landCover, self.gap) = (landCover, gap)
    outside = zones.outside.enumerated().reduce(0) { sum, zone in
      let area = zone.element / 1e6
      return zones.sharedZones.contains(zone.offset) ? sum - area : sum + area
    }
    let names = zip(zones.parks, zones.outside).filter { $1 / 1e6 >= AreaTable.leastShown }
      .map(\.0.name)
    namesOutside = names.count < zones.parks.count ? ": \(names.listed)" : ""
  }

  /// Whether the outlines of parks and tiles leave anything for the cells to tell.
  ///
  /// - Parameters:
  ///   - inside: km² of all parks on the tiles.
  ///   - whole: km² of all parks.
  static func isPossible(
    inside: Double, of whole: Double, on landCover: LandCoverSource
  ) -> Bool {
    // What the balance of a table may leave over is no gap.
    whole - inside > 1e-5 * whole + 1e-4 * landCover.grid.middleCellArea / 1e6
  }

  /// `nil` where no more than a cell is missing.
  var refusal: HabitatError? {
    gap > landCover.grid.middleCellArea / 1e6 ? .landCoverGap(gap, in: landCover) : nil
  }

  var gapWarning: HabitatWarning? {
    .landCoverGap(
      gap, of: "the parks", isOneTile: landCover.tiles.count == 1, at: "landcover",
      fix: "give land cover of all parks")
  }

  var outsideWarning: HabitatWarning? {
    .ofLand(
      "park-outside", outside, "of the parks lie outside the land cover" + namesOutside,
      at: "parks", fix: HabitatWarning.landCoverOfParks)
  }

  var warnings: [HabitatWarning] { [gapWarning, outsideWarning].compactMap(\.self) }
}
