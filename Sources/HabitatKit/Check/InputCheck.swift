import GeoIO
import RasterCore
import RasterLoader
import Reclassification
import ZonalStatistics

/// Looks at every input of a run and says what fits and what does not.
///
/// It opens and reads with the code of the run itself. What is wrong with one input hides nothing about the
/// others: each step collects its errors and goes on with what there is.
public struct InputCheck: Sendable {
  let landscape: Landscape
  let customGrid: CustomGrid
  let allowGaps: Bool
  var models: [SpeciesModel] = []
  /// The user asked for these models: what they lack is a fault.
  var namesSpecies = false
  var threads = 1
  /// Mebibytes.
  var memory = 512

  init(landscape: Landscape, customGrid: CustomGrid, allowGaps: Bool) {
    (self.landscape, self.customGrid, self.allowGaps) = (landscape, customGrid, allowGaps)
  }

  /// - Parameter progress: the stage and the share done of it, 0…1.
  public func run(
    _ progress: @escaping @Sendable (String, Double) -> Void = { _, _ in }
  ) -> CheckReport {
    NetworkAccess.allow(for: landscape.paths)
    GeospatialLibraries.limitBlockCache(toBytes: memory << 18)
    var work = CheckWork(check: self, progress: progress)
    do throws(HabitatError) {
      _ = try InputStamps(of: landscape, models)
    } catch {
      work.report.errors.append(error)
      return work.report
    }
    work.readParks()
    work.describeRasters()
    work.readLandCover()
    work.readElevation()
    work.readFeatures()
    work.fitModels()
    work.layParksOnRasters()
    work.finish()
    return work.report
  }
}

/// A check on its way: what has been opened so far, and what there is to report.
struct CheckWork {
  let check: InputCheck
  let progress: @Sendable (String, Double) -> Void
  var report = CheckReport()
  var parks: ParkCollection?
  var landCover: LandCoverSource?
  var legend: Legend?
  var refinement: LandCoverRefinement?
  var elevation: ElevationSource?
  var unknownDatum: CoordinateReferenceSystem?
  /// Of the analysis grid, once its cells have been counted.
  var cellAreas: CellAreas?

  init(check: InputCheck, progress: @escaping @Sendable (String, Double) -> Void) {
    (self.check, self.progress) = (check, progress)
    report.name = check.landscape.name
    report.isSynthetic = check.landscape.isSynthetic
    report.derivesSettlements = check.landscape.derivesSettlements
    report.namesSpecies = check.namesSpecies
    let landscape = check.landscape
    let legend = landscape.legend.flatMap { Legend.builtInNames.contains($0) ? nil : $0 }
    let models = check.models.filter(\.isOwn).map(\.file)
    let paths =
      [("landscape", landscape.file), ("legend", legend)] + models.map { ("model", $0) }
    report.documents = paths.compactMap { layer, path in
      path.map { CheckReport.Document(layer: layer, path: $0) }
    }
  }

  /// Runs a step; what it throws is reported and the check goes on.
  mutating func attempt<Value>(_ step: (inout CheckWork) throws(HabitatError) -> Value) -> Value? {
    do throws(HabitatError) {
      return try step(&self)
    } catch {
      note(error)
      return nil
    }
  }

  mutating func note(_ error: HabitatError) {
    if !report.errors.contains(error) { report.errors.append(error) }
  }

  mutating func warn(_ warning: HabitatWarning) {
    if !report.warnings.contains(warning) { report.warnings.append(warning) }
  }

  /// A warning in km², left out where there is nothing to measure.
  mutating func warn(
    _ slug: String, _ area: Double, _ what: String, at location: String, fix: String
  ) {
    guard area >= 5e-7 else { return }
    warn(
      HabitatWarning(
        slug, "\(area.formatted(decimals: 3)) km² \(what)", at: location, fix: fix))
  }

  // MARK: Parks

  mutating func readParks() {
    unknownDatum = attempt { _ throws(HabitatError) in
      try CoordinateReferenceSystem(userInput: "EPSG:4326")
    }
    guard let source = check.landscape.parks else { return }
    report.parksPath = source.path
    guard
      let collection = attempt({ _ throws(HabitatError) in try ParkCollection(reading: source) })
    else { return }
    parks = collection
    report.parksCRS = collection.crs
    report.vectors.append(collection.description)
    for warning in collection.warnings { warn(warning) }
    unknownDatum = collection.crs.geographicBase
    report.parks =
      attempt { _ throws(HabitatError) in try ParkSurveyor(collection).surveys() } ?? []
    report.overlaps =
      attempt { _ throws(HabitatError) in try ParkSurveyor(collection).overlaps() } ?? []
  }

  /// How much of each park lies on each raster.
  mutating func layParksOnRasters() {
    if let refinement, let landCover {
      let (landscape, parks) = (check.landscape, parks)
      let warnings = attempt { _ throws(HabitatError) in
        try MaskCoverage(refinement, landscape, landCover, parks).warnings()
      }
      for warning in warnings ?? [] { warn(warning) }
    }
    guard let parks, !report.parks.isEmpty else { return }
    let surveyor = ParkSurveyor(parks)
    if let landCover {
      let areas = attempt { _ throws(HabitatError) in
        try surveyor.areas(on: landCover)
      }
      for (index, area) in (areas ?? []).enumerated() { report.parks[index].landCoverArea = area }
      checkParksOnLandCover()
    }
    for part in refinement?.parts ?? [] {
      let areas = attempt { _ throws(HabitatError) in
        try surveyor.areas(on: TileLattice.lattices(of: part.source.tiles).footprints)
      }
      for (index, area) in (areas ?? []).enumerated() {
        report.parks[index].refinementAreas[part.layer.rawValue] = area
      }
    }
    guard let elevation else { return }
    let areas = attempt { _ throws(HabitatError) in
      try surveyor.areas(on: elevation.lattices.footprints)
    }
    for (index, area) in (areas ?? []).enumerated() { report.parks[index].elevationArea = area }
    if areas != nil { checkParksOnElevation() }
  }

  private mutating func checkParksOnLandCover() {
    guard let parks, let landCover, report.parks.allSatisfy({ $0.landCoverArea != nil }) else {
      return
    }
    let inside = report.parks.reduce(0) { $0 + ($1.landCoverArea ?? 0) }
    guard inside > 0 else {
      return note(
        HabitatError(
          .input, "parks-elsewhere", "no park lies on the land cover",
          at: "parks: \(report.parksPath ?? ""); land cover: \(landCover.grid.crs.name), "
            + landCover.grid.extentText,
          fix: MisplacedParks(parks.parks, parks.crs, landCover.grid).fix))
    }
    let whole = report.parks.reduce(0) { $0 + $1.area }
    // What the balance of a table may leave over is no gap.
    let missing = whole - inside
    // Tiles of other grids are sampled cell by cell: what is less than a cell, a run does not miss.
    let cells = landCover.sampledTiles.isEmpty ? 1e-4 : 1
    guard missing > 1e-5 * whole + cells * landCover.grid.middleCellArea / 1e6 else { return }
    let hasGaps = report.landCover?.tiling.gapArea ?? 0 > 0
    if hasGaps, !check.allowGaps { return note(.landCoverGap(missing, in: landCover)) }
    let (slug, what) =
      hasGaps
      ? ("landcover-gap", "of the parks lie between or outside the land-cover tiles")
      : ("park-outside", "of the parks lie outside the land cover")
    warn(slug, missing, what, at: "parks", fix: "give land cover that covers the parks")
  }

  private mutating func checkParksOnElevation() {
    let land = report.parks.reduce(0) { $0 + ($1.landCoverArea ?? $1.area) }
    let covered = report.parks.reduce(0) { $0 + ($1.elevationArea ?? 0) }
    let missing = land - covered
    guard let elevation, land > 0, missing > 1e-4 * land else { return }
    let location = "dem: \(elevation.tiles.map(\.path).listed)"
    if missing > land / 2, !check.allowGaps {
      return note(
        HabitatError(
          .input, "dem-does-not-cover",
          "\(missing.formatted(decimals: 3)) km² of \(land.formatted(decimals: 3)) km² of the parks lie "
            + "on no DEM tile", at: location,
          fix: "give DEM tiles of the whole region, or allow it with --allow-gaps"))
    }
    warn(
      "dem-gap", missing, "of the parks lie on no DEM tile", at: location, fix: "add DEM tiles")
  }

  // MARK: Rasters as they are

  mutating func describeRasters() {
    let layers: [(name: String, raster: Landscape.RasterLayer?)] =
      [("landcover", check.landscape.landCover), ("dem", check.landscape.elevation)]
      + check.landscape.refinement.layers.map { ($0.layer.rawValue, $0.raster) }
    for (name, raster) in layers {
      guard let layer = raster else { continue }
      let paths =
        attempt { _ throws(HabitatError) in try TilePaths.expand(layer.paths, layer: name) } ?? []
      for path in paths {
        // What cannot be opened is reported where the layer is read.
        guard
          let description = try? RasterDescription(
            path, layer: name, band: layer.corrections.band ?? 1)
        else { continue }
        report.rasters.append(description)
      }
      inspect(paths, layer, name)
    }
  }

  /// Collects what is wrong with every tile of a layer, not only with the first.
  private mutating func inspect(_ paths: [String], _ layer: Landscape.RasterLayer, _ name: String) {
    guard let unknownDatum else { return }
    for path in paths {
      _ = attempt { _ throws(HabitatError) in
        try RasterTile(inspecting: path, layer: name, layer.corrections, unknownDatum: unknownDatum)
      }
    }
  }

  // MARK: The end

  mutating func finish() {
    if check.landscape.landCover == nil {
      note(
        HabitatError(
          .usage, "landcover-missing", "no land cover is given", at: check.landscape.location,
          fix: "add --landcover PATH… and --legend NAME, or --landscape"))
    }
    guard let landCover else { return }
    let grid = landCover.grid
    let (elevation, refinement, parks) = (elevation, refinement, parks)
    let datums = attempt { _ throws(HabitatError) in
      try DatumWarnings(grid: grid).warnings(landCover, elevation, refinement, parks)
    }
    for warning in datums ?? [] { warn(warning) }
    report.grid = grid
    forecast()
  }
}
