import GeoIO
import RasterCore
import RasterLoader
import ZonalStatistics

extension ScoreRun {
  /// What only the cells show, in km².
  func cellWarnings(_ sums: PassSums, _ tables: ScoreTables) -> [HabitatWarning] {
    let concerns = tables.concerns
    let unit = inputs.cellAreas.unit
    let place = inputs.parks == nil ? "the raster" : "the parks"
    var warnings: [HabitatWarning] = []
    func warn(_ slug: String, _ area: Double, _ what: String, _ layer: String, _ fix: String) {
      guard area >= 5e-7 else { return }
      warnings.append(
        HabitatWarning(slug, "\(area.formatted(decimals: 3)) km² \(what)", at: layer, fix: fix))
    }
    warn(
      "landcover-overlap", unit.squareMetres(sums.disagreement) / 1e6,
      "lie under tiles that disagree; the tile whose name sorts last wins", "landcover",
      "leave out tiles that are superseded")
    warn(
      "landcover-resampled", unit.squareMetres(sums.sampled) / 1e6,
      "are sampled from tiles on other grids", "landcover", "give tiles of one grid")
    warn(
      "landcover-gap", concerns.gap,
      "of \(place) lie between the land-cover tiles and count as nodata",
      "landcover", "add the missing tiles")
    warn(
      "dem-gap", concerns.withoutTerrain,
      "of \(place) need a height, have none and count as nodata",
      "dem", "add DEM tiles, or fill their voids")
    if let tile = sums.impossibleHeights.min(by: { $0.key < $1.key }) {
      warnings.append(.impossibleHeight(tile.value, in: Array(sums.impossibleHeights.keys)))
    }
    warn(
      "legend-default", concerns.legendDefault,
      "of \(place) have codes that only the DEFAULT of the legend names", "landcover",
      "add lines for these codes to the legend")
    /// Which parks, where not all are meant.
    func parks(_ isMeant: (AreaTable.Row) -> Bool) -> String {
      let (all, meant) = (tables.landCover.rows, tables.landCover.rows.filter(isMeant))
      return meant.count < all.count ? ": \(meant.map(\.name).listed)" : ""
    }
    warn(
      "park-nodata", concerns.nodata,
      "of \(place) have no land cover" + parks { $0.nodata >= 5e-7 }, "landcover",
      "give land cover that covers the parks")
    warn(
      "park-outside", concerns.outside,
      "of the parks lie outside the land cover" + parks { $0.outside >= 5e-7 }, "parks",
      "give land cover that covers the parks")
    return warnings + balanceWarnings(tables)
  }

  /// Parks whose parts do not sum to their area: what is left over must stay within 1e-5 of the park, 1e-4
  /// of a cell and the rounding of the table.
  private func balanceWarnings(_ tables: ScoreTables) -> [HabitatWarning] {
    let cell = inputs.grid.middleCellArea / 1e6
    let off = tables.landCover.allRows.filter {
      abs($0.residual) > 1e-5 * $0.area + 1e-4 * cell + 4e-6
    }
    guard let worst = off.max(by: { abs($0.residual) < abs($1.residual) }) else { return [] }
    return [
      HabitatWarning(
        "balance-off",
        "the parts of \(off.map(\.name).listed) do not sum to the area; "
          + "\(worst.name) leaves \(worst.residual.formatted(decimals: 6)) km²",
        at: "grid: \(inputs.grid.crs.name)",
        fix: "use finer cells, or a CRS made for the region")
    ]
  }
}
