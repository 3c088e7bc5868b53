import GeoIO
import RasterCore
import RasterLoader
import ZonalStatistics

extension CheckWork {
  /// Reads the heights once and sees how far the DEM reaches under the land cover.
  mutating func readElevation() {
    guard let layer = check.landscape.elevation, let unknownDatum else { return }
    var warnings: [HabitatWarning] = []
    // Without a land cover the DEM is looked at on a grid of its own.
    let source = attempt { work throws(HabitatError) -> ElevationSource? in
      let tiles = try PreparedInputs.tiles(of: layer, named: "dem", unknownDatum, &warnings)
      guard let grid = work.landCover?.grid ?? tiles.first?.grid else { return nil }
      return try ElevationSource(tiles, sampledOn: grid)
    }
    for warning in warnings { warn(warning) }
    guard case .some(.some(let source)) = source else { return }
    elevation = source
    var found = CheckReport.Elevation()
    found.samplesPerAxis = source.samplesPerAxis
    for lattice in source.lattices { found.tiling.add(lattice) }
    let products = source.tiles.compactMap { ElevationProduct.product(of: $0.path) }
    found.products = products.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    let (threads, progress) = (check.threads, self.progress)
    found.survey = attempt { _ throws(HabitatError) in
      try ElevationSurvey(source, threads: threads) { progress("elevation", $0) }
    }
    if let grid = landCover?.grid {
      found.landCoverShare = attempt { _ throws(HabitatError) in
        try source.lattices.shareOfCells(of: grid)
      }
    }
    report.elevation = found
    warnAboutHeights(found, source)
  }

  private mutating func warnAboutHeights(
    _ found: CheckReport.Elevation, _ source: ElevationSource
  ) {
    let location = "dem: \(source.tiles.map(\.path).listed)"
    if let survey = found.survey {
      if let lowest = survey.impossible.values.min() {
        let warning = HabitatWarning.impossibleHeight(lowest, in: Array(survey.impossible.keys))
        warn(
          HabitatWarning(
            warning.slug, "\(warning.what) (\(survey.impossibleArea.formatted(decimals: 3)) km²)",
            at: warning.location, fix: warning.fix))
      }
      if survey.range == nil {
        note(
          HabitatError(
            .input, "dem-empty", "no cell of the DEM has a height", at: location,
            fix: "check the tiles, and --nodata and --band"))
      }
    }
    guard let share = found.landCoverShare, share == 0, !check.allowGaps else { return }
    note(
      HabitatError(
        .input, "dem-does-not-cover", "the DEM lies nowhere near the land cover", at: location,
        fix: "give DEM tiles of the region, check their CRS, or allow it with --allow-gaps"))
  }
}

extension CheckReport.Tiling {
  fileprivate mutating func add(_ lattice: TileLattice) {
    tiles += lattice.placements.count
    guard let areas = try? CellAreas(of: lattice.grid, on: lattice.grid.crs.geographicBase) else {
      return
    }
    for region in TileRegion.regions(
      of: lattice.placements.map(\.window), in: lattice.grid.window)
    where region.tiles.count != 1 {
      let area = areas.unit.squareMetres(areas.units(of: region.window)) / 1e6
      if region.tiles.isEmpty { gapArea += area } else { overlapArea += area }
    }
  }
}
