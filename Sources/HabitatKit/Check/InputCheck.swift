import GeoIO
import Machine
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
    let messages = MessageSink.collecting()
    let start = ContinuousClock.now
    let stamps = messages.attempt { () throws(HabitatError) in
      try InputStamps(of: landscape, models)
    }
    guard let stamps else { return CheckReport(of: self, messages) }
    let stamping = ContinuousClock.now - start
    var work = CheckWork(check: self, stamps, messages, openingTime: stamping, progress)
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

extension CheckReport {
  /// Of a check that has not opened anything yet.
  fileprivate init(of check: InputCheck, _ messages: MessageSink<Never>) {
    let landscape = check.landscape
    name = landscape.name
    isSynthetic = landscape.isSynthetic
    derivesSettlements = landscape.derivesSettlements
    namesSpecies = check.namesSpecies
    let legend = landscape.legend.flatMap { Legend.builtInNames.contains($0) ? nil : $0 }
    let models = check.models.filter(\.isOwn).map(\.file)
    let paths =
      [("landscape", landscape.file), ("legend", legend)] + models.map { ("model", $0) }
    documents = paths.compactMap { layer, path in
      path.map { CheckReport.Document(layer: layer, path: $0) }
    }
    errors = messages.errors
  }
}

/// A check on its way: the preparation of a run, with surveys of its own between the steps, and what there is to report.
struct CheckWork {
  let check: InputCheck
  let progress: @Sendable (String, Double) -> Void
  let messages: MessageSink<Never>
  private let stamps: InputStamps
  private var inputs: InputPreparation<Never>
  /// Taken by what a run does as well.
  private var openingTime: Duration
  var report: CheckReport
  /// Of the analysis grid, once its cells have been counted.
  var cellAreas: CellAreas?
  /// Once somebody has asked for it.
  var parkLand: ParkLand?

  init(
    check: InputCheck, _ stamps: InputStamps, _ messages: MessageSink<Never>,
    openingTime: Duration, _ progress: @escaping @Sendable (String, Double) -> Void
  ) {
    (self.check, self.stamps, self.messages) = (check, stamps, messages)
    (self.openingTime, self.progress) = (openingTime, progress)
    inputs = InputPreparation(
      of: check.landscape, on: check.customGrid, stamps.selections, messages)
    report = CheckReport(of: check, messages)
  }

  var parks: ParkCollection? { inputs.parks }
  var landCover: LandCoverSource? { inputs.landCover?.source }
  var legend: Legend? { inputs.legend }
  var refinement: LandCoverRefinement? { inputs.refinement?.part }
  var waterOutlines: WaterOutlines? { inputs.refinement?.outlines }
  var elevation: ElevationSource? { inputs.elevation }
  var distances: DistanceLayers? { inputs.distances }
  var zones: ParkZones? { inputs.zones }
  var evidence: LandCoverEvidence { inputs.landCoverEvidence }
  /// Longitude and latitude on the datum of all areas.
  var ground: CoordinateReferenceSystem? { inputs.ground }

  /// Goes on with what a run does.
  mutating func prepare<Value>(_ step: (inout InputPreparation<Never>) -> Value) -> Value {
    let start = ContinuousClock.now
    defer { openingTime += ContinuousClock.now - start }
    return step(&inputs)
  }

  /// Runs a survey; what it throws is reported and the check goes on.
  func attempt<Value>(_ step: () throws(HabitatError) -> Value) -> Value? {
    messages.attempt(step)
  }

  // MARK: Parks

  mutating func readParks() {
    report.parksPath = check.landscape.parks?.path
    prepare { $0.readParks() }
    guard let parks else { return }
    report.parksCRS = parks.crs
    report.vectors.append(parks.description)
    let surveyor = ParkSurveyor(parks)
    report.parks = attempt { () throws(HabitatError) in try surveyor.surveys() } ?? []
    report.overlaps = attempt { () throws(HabitatError) in try surveyor.overlaps() } ?? []
  }

  /// How much of each park lies on each raster.
  mutating func layParksOnRasters() {
    prepare { $0.warnAboutMasks() }
    guard let parks, !report.parks.isEmpty else { return }
    let surveyor = ParkSurveyor(parks)
    if let landCover {
      let areas = attempt { () throws(HabitatError) in
        try surveyor.areas(on: landCover)
      }
      for (index, area) in (areas ?? []).enumerated() { report.parks[index].landCoverArea = area }
      checkParksOnLandCover()
    }
    for part in refinement?.parts ?? [] {
      let areas = attempt { () throws(HabitatError) in
        try surveyor.areas(on: TileLattice.lattices(of: part.source.tiles).footprints)
      }
      for (index, area) in (areas ?? []).enumerated() {
        report.parks[index].refinementAreas[part.layer.rawValue] = area
      }
    }
    guard let elevation else { return }
    let areas = attempt { () throws(HabitatError) in
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
      return messages.refuse(
        MisplacedParks(parks.parks, parks.crs, landCover.grid)
          .refusal(of: report.parksPath ?? ""))
    }
    let whole = report.parks.reduce(0) { $0 + $1.area }
    guard ParkLack.isPossible(inside: inside, of: whole, on: landCover),
      let land = countParkLand(), let zones
    else { return }
    let lack = ParkLack(gap: land.gap, zones, on: landCover)
    if !check.allowGaps, let refusal = lack.refusal { return messages.refuse(refusal) }
    messages.warn(lack.warnings)
  }

  private func checkParksOnElevation() {
    let land = report.parks.reduce(0) { $0 + ($1.landCoverArea ?? $1.area) }
    let covered = report.parks.reduce(0) { $0 + ($1.elevationArea ?? 0) }
    let missing = land - covered
    // A DEM of another region has been refused as that.
    guard let elevation, land > 0, missing > 1e-4 * land,
      report.elevation?.coverage.map({ $0.area > 0 }) ?? true
    else { return }
    if missing > land / 2, !check.allowGaps {
      return messages.refuse(
        .elevationTooSmall(missing, of: land, "of the parks lie on no DEM tile", elevation.tiles))
    }
    messages.warn(
      .elevationGap(
        missing, "of the parks lie on no DEM tile",
        at: "dem: \(elevation.tiles.map(\.path).listed)"))
  }

  // MARK: Rasters as they are

  mutating func describeRasters() {
    for (name, _) in check.landscape.rasterLayers {
      let layer = prepare { $0.inspect(name) }
      report.rasters += layer?.descriptions ?? []
    }
  }

  // MARK: The end

  mutating func finish() {
    prepare {
      $0.refuseUnfit()
      $0.warnAboutDatums()
    }
    if landCover != nil {
      report.grid = landCover?.grid
      report.cost = forecast()
    }
    (report.errors, report.warnings) = (messages.errors, messages.warnings)
  }

  /// Foretells what a run would cost of the models that find what they need, as `score --dry-run` does.
  ///
  /// It comes last: what would stop a run has been found by then, but for a budget of memory that is too small.
  private func forecast() -> RunForecast? {
    guard messages.errors.isEmpty, legend != nil else { return nil }
    let models = zip(check.models, report.models).filter { $1.canRun }.map { $0.0 }
    guard !models.isEmpty else { return nil }
    var request = ScoreRequest(landscape: check.landscape, models: models)
    (request.grid, request.allowGaps) = (check.customGrid, check.allowGaps)
    (request.threads, request.memory) = (check.threads, check.memory)
    // A check has no folder of results that it could harm.
    request.overwrite = true
    let asked = request
    progress("forecast", 0)
    defer { progress("forecast", 1) }
    return attempt { () throws(HabitatError) in try run(asked).forecast(knowingGaps: true) }
  }

  /// The run of what has been opened. Its own messages have been told by the check.
  private func run(_ request: ScoreRequest) throws(HabitatError) -> ScoreRun {
    let start = ContinuousClock.now
    let limits = MemoryLimits(asked: request.memory)
    try parks?.memory.refuse(beyond: limits)
    var inputs = InputPreparation(continuing: inputs, MessageSink.stopping())
    // How far distances matter depends on the models.
    if request.models.count < check.models.count { try inputs.readDistances(for: request.models) }
    let prepared = try PreparedInputs(
      completing: inputs, models: request.models, allowGaps: request.allowGaps,
      threads: request.threads, limits: limits)
    let time = openingTime + (ContinuousClock.now - start)
    return try ScoreRun(request, prepared, stamps, openedIn: time / .seconds(1))
  }
}
