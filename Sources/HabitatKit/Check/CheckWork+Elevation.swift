import GeoIO
import GroundGeometry
import RasterCore
import RasterLoader
import ZonalStatistics

extension CheckWork {
  /// Reads the heights once and sees how far the DEM reaches under the land cover.
  mutating func readElevation() {
    prepare { $0.layElevation() }
    guard let source = elevation else { return }
    var found = CheckReport.Elevation()
    found.samplesPerAxis = source.samplesPerAxis
    for lattice in source.lattices { found.tiling.add(lattice) }
    let products = source.tiles.compactMap { ElevationProduct.product(of: $0.path) }
    found.products = products.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    let (threads, progress) = (check.threads, self.progress)
    let boxes = parks.map { ParkBoxes($0.parks, crs: $0.crs) }
    found.survey = attempt { () throws(HabitatError) in
      try ElevationSurvey(source, around: boxes, threads: threads) { progress("elevation", $0) }
    }
    if let grid = landCover?.grid {
      found.coverage = attempt { () throws(HabitatError) in
        try coverage(of: grid, by: source.lattices)
      }
    }
    if let ground {
      let comparison = HeightComparison(
        elevation: source, ground: ground, parks: boxes, threads: threads)
      let disagreements = attempt { () throws(HabitatError) in
        try comparison.overlapWarnings() + comparison.latticeWarnings()
      }
      messages.warn(disagreements ?? [])
    }
    report.elevation = found
    messages.warn(found.survey?.voidWarning(around: boxes))
    warnAboutHeights(found, source)
  }

  private func warnAboutHeights(
    _ found: CheckReport.Elevation, _ source: ElevationSource
  ) {
    let location = "dem: \(source.tiles.map(\.path).listed)"
    if let survey = found.survey, survey.range == nil {
      messages.refuse(
        HabitatError(
          .input, "dem-empty", "no cell of the DEM has a height", at: location,
          fix: "check the tiles, and --nodata and --band"))
    }
    guard let coverage = found.coverage else { return }
    if coverage.area <= 0, !check.allowGaps {
      messages.refuse(.elevationElsewhere(source.tiles))
    } else if parks == nil, coverage.missing > 1e-4 * coverage.whole {
      messages.warn(
        .elevationGap(
          coverage.missing, "of the land cover's grid lie on no DEM tile", at: location))
    }
  }

  /// Outlines tell the ground under the tiles, but not on a map of the whole Earth: beyond its edge an outline
  /// has an image on the other side.
  private func coverage(
    of grid: Grid, by lattices: [TileLattice]
  ) throws(HabitatError) -> CheckReport.Coverage {
    let ground = parks?.crs.geographicBase ?? grid.crs.geographicBase
    if let cellAreas, cellAreas.reachesBeyondEarth {
      let whole = cellAreas.unit.squareMetres(cellAreas.units(of: grid.window)) / 1e6
      let share = try lattices.shareOfCells(of: grid)
      return CheckReport.Coverage(area: share * whole, whole: whole, way: .places)
    }
    let area = try TileCover(lattices.footprints, ground: ground).area(of: grid)
    return CheckReport.Coverage(
      area: area.onTiles / 1e6, whole: area.whole / 1e6, way: .outlines)
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
