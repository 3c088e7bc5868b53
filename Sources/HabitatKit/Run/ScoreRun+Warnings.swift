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
    let isOwnGrid = request.grid.isOfLandCover
    warn(
      "landcover-resampled", unit.squareMetres(sums.sampled) / 1e6,
      "are sampled from tiles on other grids", "landcover",
      isOwnGrid ? "give tiles of one grid" : "nothing, if the grid that was asked for is wanted")
    let isOneTile = inputs.landCover.tiles.count == 1
    // The corners of a raster that is turned into another grid are nobody's land.
    if inputs.parks != nil || !isOneTile || request.grid.extent != nil {
      warn(
        "landcover-gap", concerns.gap,
        "of \(place) lie \(isOneTile ? "beyond the land cover" : "between the land-cover tiles") "
          + "and count as nodata",
        "landcover", isOneTile ? "give land cover of all parks" : "add the missing tiles")
    }
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
    let (settled, refinement) = (tables.settledByDefault, inputs.landscape.refinement)
    if refinement.defaultForest == nil {
      warn(
        "leaf-type-assumed", settled.forest.area,
        "of \(place) are forest of unknown leaf type and count as \(settled.forest.categories)",
        "landcover", HabitatWarning.leafTypeFix)
    }
    if refinement.ricePossible == nil {
      warn(
        "rice-assumed", settled.rice.area,
        "of \(place) are fields that may be rice and count as \(settled.rice.categories)",
        "landcover", HabitatWarning.riceFix)
    }
    /// Which parks, where not all are meant.
    func parks(_ isMeant: (AreaTable.Row) -> Bool) -> String {
      let (all, meant) = (tables.landCover.rows, tables.landCover.rows.filter(isMeant))
      return meant.count < all.count ? ": \(meant.map(\.name).listed)" : ""
    }
    if inputs.parks == nil {
      // What a raster lacks, such as the sea beside an island, is a column of the table, unless it is all.
      if concerns.nodata >= 5e-7, tables.landCover.rows[0].parts.allSatisfy({ $0 < 5e-7 }) {
        warnings.append(.emptyLandCover(at: inputs.landscape.location))
      }
    } else {
      warn(
        "park-nodata", concerns.nodata,
        "of \(place) have no land cover" + parks { $0.nodata >= 5e-7 }, "landcover",
        "give land cover that covers the parks")
    }
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

extension HabitatWarning {
  static func emptyLandCover(at location: String) -> HabitatWarning {
    HabitatWarning(
      "landcover-empty", "no cell of the land cover has a value", at: location,
      fix: "check the tiles, and --nodata and --band")
  }

  static let leafTypeFix =
    "give a raster of forest types with --forest-type, or defaultForest in a landscape file"
  static let riceFix = "give a mask of rice with --rice, or ricePossible in a landscape file"
}
