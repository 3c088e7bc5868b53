import GeoIO
import RasterCore
import RasterLoader
import Reclassification
import ZonalStatistics

extension ScoreRun {
  /// What was known before, with the km² of tiles on other grids, which the cells show.
  func warnings(_ tables: ScoreTables) -> [HabitatWarning] {
    warnings.compactMap { warning in
      guard warning.slug == HabitatWarning.resampledSlug else { return warning }
      return .resampledTiles(
        of: inputs.landCover, request.grid, (tables.notes.sampled, place))
    }
  }

  /// What only the cells show, in km².
  func cellWarnings(_ sums: PassSums, _ tables: ScoreTables) -> [HabitatWarning] {
    landCoverWarnings(tables) + terrainWarnings(tables.concerns)
      + HabitatWarning.assumptions(tables.landStates, of: place, inputs.landscape.refinement)
      + parkWarnings(tables) + balanceWarnings(tables)
  }

  private func balanceWarnings(_ tables: ScoreTables) -> [HabitatWarning] {
    let cell = inputs.middleCellArea / 1e6
    return tables.landCover.balanceWarning(cell: cell, of: inputs.grid).map { [$0] } ?? []
  }

  /// Numbers that are no heights, and heights that disagree. The pass sees for nothing whether there are any; only then
  /// are they counted and compared cell by cell, around the parks where there are some.
  func heightWarnings(_ sums: PassSums) throws(HabitatError) -> [HabitatWarning] {
    guard let elevation = inputs.elevation,
      inputs.scorers.contains(where: { $0.needsElevation || $0.needsSlope })
    else { return [] }
    let boxes = inputs.parks.map { ParkBoxes($0.parks, crs: $0.crs) }
    let comparison = HeightComparison(
      elevation: elevation, ground: inputs.ground, parks: boxes, threads: plan.threads)
    var warnings: [HabitatWarning] = []
    if !sums.impossibleHeights.isEmpty {
      let survey = try ElevationSurvey(
        elevation, around: boxes, onlyThere: true, threads: plan.threads)
      warnings += survey.voidWarning(around: boxes).map { [$0] } ?? []
    }
    if sums.heightDisagreement > OverlappingHeights.tolerance {
      warnings += try comparison.overlapWarnings()
    }
    return warnings + (try comparison.latticeWarnings())
  }

  /// The sources of virtual rasters would have to be unpacked twice.
  var sourcesNotVerified: HabitatWarning? {
    guard !request.verifiesSources else { return nil }
    let tiles =
      inputs.landCover.tiles + (inputs.elevation?.tiles ?? [])
      + (inputs.refinement?.parts ?? []).flatMap(\.source.tiles)
    let layers = Set(tiles.filter(\.sourcesHaveCheckSums).map(\.layer))
    guard !layers.isEmpty else { return nil }
    return HabitatWarning(
      "blocks-not-verified",
      "the check sums of the blocks that virtual rasters are made of were not looked at: that takes a tenth more time",
      at: layers.sorted().joined(separator: ", "),
      fix: "add --verify-blocks, or look at the files once with habitat check")
  }

  private var place: String { inputs.parks == nil ? "the raster" : "the parks" }

  /// How the tiles lie.
  private func landCoverWarnings(_ tables: ScoreTables) -> [HabitatWarning] {
    let (isOneTile, grid) = (inputs.landCover.tiles.count == 1, request.grid)
    // The corners of a raster that is turned into another grid are nobody's land.
    let minds = !isOneTile || grid.extent != nil
    let warnings: [HabitatWarning?] = [
      .landCoverOverlap(tables.notes.disagreement, of: place, at: "landcover"),
      inputs.parks == nil
        ? .landCoverGap(
          minds ? tables.concerns.gap : 0, of: place, isOneTile: isOneTile, at: "landcover",
          fix: "give land cover of all of it") : lack(tables)?.gapWarning,
    ]
    return warnings.compactMap(\.self)
  }

  private func terrainWarnings(_ concerns: ScoreTables.Concerns) -> [HabitatWarning] {
    let gap = HabitatWarning.elevationGap(
      concerns.withoutTerrain, "of \(place) need a height, have none and count as nodata",
      at: "dem", voidsCount: true)
    return gap.map { [$0] } ?? []
  }

  /// Parks that lack land cover; of a whole raster, such as the sea beside an island, that is a column of the
  /// table, unless it is all.
  private func parkWarnings(_ tables: ScoreTables) -> [HabitatWarning] {
    let (concerns, rows) = (tables.concerns, tables.landCover.rows)
    guard inputs.parks != nil else {
      let isEmpty =
        concerns.nodata >= AreaTable.leastShown
        && rows[0].parts.allSatisfy { $0 < AreaTable.leastShown }
      return isEmpty ? [.emptyLandCover(at: inputs.landscape.location)] : []
    }
    let empty = rows.filter { $0.nodata >= AreaTable.leastShown }.map(\.name)
    let warnings: [HabitatWarning?] = [
      .ofLand(
        "park-nodata", concerns.nodata,
        "of the parks have no land cover"
          + (empty.count < rows.count ? ": \(empty.listed)" : ""),
        at: "landcover",
        fix: HabitatWarning.landCoverOfParks),
      lack(tables)?.outsideWarning,
    ]
    return warnings.compactMap(\.self)
  }

}

extension AreaTable {
  /// Of rows whose parts do not sum to their area.
  ///
  /// - Parameter cell: km².
  func balanceWarning(cell: Double, of grid: Grid) -> HabitatWarning? {
    let off = allRows.filter { !$0.isBalanced(cell: cell) }
    guard let worst = off.max(by: { abs($0.residual) < abs($1.residual) }) else { return nil }
    return HabitatWarning(
      "balance-off",
      "the parts of \(off.map(\.name).listed) do not sum to the area; "
        + "\(worst.name) leaves \(worst.residual.formatted(decimals: 6)) km²",
      at: "grid: \(grid.crs.name)", fix: "use finer cells, or a CRS made for the region")
  }
}

extension PreparedInputs {
  /// Square metres of ground; where the grid's middle lies beyond the edge of the Earth, of the map.
  fileprivate var middleCellArea: Double {
    let area = cellAreas.unit.squareMetres(
      cellAreas.area(column: grid.columns / 2, row: grid.rows / 2))
    return area > 0 ? area : grid.middleCellArea
  }
}

extension AreaTable.Row {
  /// Whether the parts sum to the area: to 1e-5 of it, 1e-4 of a cell and the rounding of the table.
  ///
  /// - Parameter cell: km².
  func isBalanced(cell: Double) -> Bool { abs(residual) <= 1e-5 * area + 1e-4 * cell + 4e-6 }
}

extension HabitatWarning {
  /// What nobody stated about the codes, so that the legend's own word counts.
  ///
  /// - Parameters:
  ///   - states: km² by land state.
  ///   - place: `the parks` or `the raster`.
  static func assumptions(
    _ states: [Double], of place: String, _ refinement: Landscape.Refinement
  ) -> [HabitatWarning] {
    let assumed = DefaultSettlement(states)
    let byDefault = states.indices.filter { UInt8($0) & LandState.byDefault != 0 }
    let warnings: [HabitatWarning?] = [
      .ofLand(
        "legend-default", byDefault.reduce(0) { $0 + states[$1] },
        "of \(place) have codes that only the DEFAULT of the legend names", at: "landcover",
        fix: "add lines for these codes to the legend"),
      .ofLand(
        "leaf-type-assumed", refinement.defaultForest == nil ? assumed.forest.area : 0,
        "of \(place) are forest of unknown leaf type and count as \(assumed.forest.categories)",
        at: "landcover", fix: leafTypeFix),
      .ofLand(
        "rice-assumed", refinement.ricePossible == nil ? assumed.rice.area : 0,
        "of \(place) are fields that may be rice and count as \(assumed.rice.categories)",
        at: "landcover", fix: riceFix),
    ]
    return warnings.compactMap(\.self)
  }

  static let resampledSlug = "landcover-sampled"

  /// Tiles that do not lie on the analysis grid; `nil` where all do, and where no land takes its codes from them.
  ///
  /// - Parameter land: km² that do, and of what, where that is known.
  static func resampledTiles(
    of source: LandCoverSource, _ grid: CustomGrid, _ land: (area: Double, place: String)? = nil
  ) -> HabitatWarning? {
    let tiles = source.sampledTiles
    guard !tiles.isEmpty, land.map({ $0.area >= AreaTable.leastShown }) ?? true else { return nil }
    let share = land.map { ", under \($0.area.grouped(decimals: 3)) km² of \($0.place)" } ?? ""
    return HabitatWarning(
      resampledSlug,
      "\(tiles.count) of \(source.tiles.count) land-cover tiles do not lie on the analysis grid and "
        + "are resampled (nearest)\(share): \(tiles.map(\.path).listed)",
      at: "landcover",
      fix: grid.isOfLandCover
        ? "give tiles of one grid, or choose one with --crs and --resolution"
        : "nothing, if this grid is wanted; the land cover's own is taken without --crs, "
          + "--resolution and --extent")
  }

  static func emptyLandCover(at location: String) -> HabitatWarning {
    HabitatWarning(
      "landcover-empty", "no cell of the land cover has a value", at: location,
      fix: "check the tiles, and --nodata and --band")
  }

  static let leafTypeFix =
    "give a raster of forest types with --forest-type, or defaultForest in a landscape file"
  static let riceFix =
    "give a mask of rice with --rice, or --rice none where none grows, or ricePossible in a landscape file"
}
