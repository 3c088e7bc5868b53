import Documents
import Foundation
import GeoIO
import Machine
public import RasterCore
import RasterLoader
import Reclassification
import Reporting
import RunFolder
import ZonalStatistics

/// The main job: land cover, terrain and parks in; class rasters and km² per park out.
public struct ScoreRun: Sendable {
  let request: ScoreRequest
  private(set) var inputs: PreparedInputs
  private let stamps: InputStamps
  /// What the maps of a report will draw more finely than the basemap knows it.
  let maps: [BlockPlan]
  let plan: MemoryPlan
  /// Seconds that opening and checking took.
  let openingTime: Double
  private let withdrawal = Withdrawal()

  /// How a run tells the outside what it is doing.
  public struct Observer: Sendable {
    public var progress: @Sendable (RunProgress) -> Void
    /// Asked once a tile or a park; `true` stops the run.
    public var isCancelled: @Sendable () -> Bool
    public init(
      progress: @escaping @Sendable (RunProgress) -> Void = { _ in },
      isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
      (self.progress, self.isCancelled) = (progress, isCancelled)
    }
  }

  /// Opens the inputs and checks that they fit one another; nothing is written.
  ///
  /// - Throws: `.input`, `.usage`, `.interrupted`; `.cannotWrite`, slug `memory-too-small`.
  public init(
    _ request: ScoreRequest, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(HabitatError) {
    let start = ContinuousClock.now
    // What GDAL decodes passes its cache by, but for masks and the sources of virtual rasters.
    GeospatialLibraries.limitBlockCache(toBytes: 16 << 20)
    NetworkAccess.allow(for: request.landscape.paths)
    let stamps = try InputStamps(of: request.landscape, request.models)
    let inputs: PreparedInputs
    do throws(HabitatError) {
      inputs = try PreparedInputs(
        opening: request.landscape, stamps.selections, models: request.models,
        customGrid: request.grid,
        allowGaps: request.allowGaps, threads: request.threads,
        limits: MemoryLimits(asked: request.memory), isCancelled: isCancelled)
    } catch {
      if error.kind == .input { try stamps.refuseChanges() }
      throw error
    }
    try self.init(request, inputs, stamps, openedIn: (ContinuousClock.now - start) / .seconds(1))
  }

  /// A run of inputs that are open.
  ///
  /// - Parameters:
  ///   - stamps: of before they were opened.
  ///   - seconds: that opening them took.
  /// - Throws: `.cannotWrite`, slug `memory-too-small`; `.unavailable`, slug `source-unreachable`.
  init(
    _ request: ScoreRequest, _ inputs: PreparedInputs, _ stamps: InputStamps,
    openedIn seconds: Double
  ) throws(HabitatError) {
    let start = ContinuousClock.now
    (self.request, self.inputs) = (request, inputs)
    var stamps = stamps
    try stamps.add(inputs.files)
    self.stamps = stamps
    maps = try MapPlans.beyondBasemap(
      of: inputs, species: request.layers.contains(.suitabilityClass) ? request.models.count : 0,
      threads: request.threads)
    plan = try MemoryPlan(
      for: inputs, maps, layers: request.layers, threads: request.threads,
      limits: MemoryLimits(
        asked: request.memory,
        limits: MemoryLimits.system(planned: inputs.outlines?.keptBytes ?? 0)))
    openingTime = seconds + (ContinuousClock.now - start) / .seconds(1)
  }

  /// What the request and its inputs alone give rise to.
  public var warnings: [HabitatWarning] {
    inputs.warnings
      + [STACFiles.warning(about: request), sourcesNotVerified].compactMap(\.self)
  }

  /// Runs the job and leaves its files in the output folder, all of them or none.
  ///
  /// - Throws: `.input` for what only the cells show (`unknown-code`, `dem-does-not-cover`,
  ///   `landcover-gap`, `unreadable-block`), `.usage` (`output-exists`), `.cannotWrite`, `.interrupted`.
  public func run(_ observer: Observer = Observer()) throws(HabitatError) -> ScoreResult {
    let digests = InputDigests(
      of: inputs.files, parts: try inputs.fetchRemoteParts(), isCancelled: observer.isCancelled)
    let folder = try OutputFolder(request.output)
    do throws(HabitatError) {
      try withdrawal.begin { folder.discard() }
      try refuseOtherResults { digests }
      try folder.refuseToLose(ownFiles, to: folder.earlierNames)
      if !request.overwrite { try folder.refuseToReplaceForeign(likelyNames) }
      let meter = meter(observer, inputBytes: digests.byteCount)
      var run = self
      for layer in inputs.distances.derived.keys.sorted() {
        run = try run.derivingPlaces(of: layer, observer, meter)
      }
      let result = try run.run(observer, meter, digests, in: folder)
      meter.finish()
      return result
    } catch {
      folder.discard()
      // What a file that is being written looks like is not what is wrong with it.
      if error.kind == .input { try stamps.refuseChanges() }
      throw error
    }
  }

  /// Calls the run off from another thread: what it has written is removed at once.
  ///
  /// - Returns: `false` where its files are about to take their places: then it ends by itself.
  public func withdraw() -> Bool { withdrawal.withdraw() }

  func meter(_ observer: Observer, inputBytes: Int) -> ProgressMeter {
    let cells = inputs.grid.cellCount
    return ProgressMeter(
      ProgressMeter.Costs(
        opening: openingTime, cells: cells, species: inputs.scorers.count,
        hasTerrain: inputs.elevation != nil,
        derived: Set(inputs.distances.derived.keys),
        threads: plan.threads, inputBytes: inputBytes),
      cells: cells, observer.progress)
  }

  /// The same run with what the distances of a layer are measured to found among the cells of the land cover.
  func derivingPlaces(
    of layer: Layer, _ observer: Observer, _ meter: ProgressMeter
  ) throws(HabitatError) -> ScoreRun {
    var run = self
    try run.inputs.derivePlaces(
      of: layer, threads: plan.threads,
      sharing: DecodedBlocks(limit: plan.blockBytes, checking: request.checking),
      progress: { meter.reach(.finding(layer), $0) },
      isCancelled: observer.isCancelled)
    return run
  }

  private func run(
    _ observer: Observer, _ meter: ProgressMeter, _ digests: InputDigests,
    in folder: OutputFolder
  ) throws(HabitatError) -> ScoreResult {
    let items = try STACFiles(inputs, request)
    var rasters: [SpeciesRasters] = []
    for scorer in inputs.scorers {
      rasters.append(
        try SpeciesRasters(
          of: scorer.model, grid: inputs.grid, request: request, threads: plan.threads,
          metadata: metadata(of: scorer), path: folder.staged))
    }
    let open = rasters
    defer { for raster in open { raster.abandon() } }
    let basemap = Basemap(inputs.basemap, water: WaterBlocks(of: maps, on: inputs.grid))
    plan.prepareProcess()
    let pass = ScoringPass(
      inputs: inputs, layers: request.layers, plan: plan, checking: request.checking,
      batches: TileBatches(of: inputs.grid, tilesAcross: plan.tilesAcross), basemap: basemap,
      progress: { meter.reach(.scoring, $0) }, isCancelled: observer.isCancelled)
    let (scoringTime, sums) = try Self.timed { () throws(HabitatError) in
      try pass.run { tiles throws(HabitatError) in
        for (raster, tile) in zip(open, tiles) { try raster.write(tile) }
      }
    }
    try refuseUnknownCodes(sums)
    let tables = ScoreTables(sums, inputs)
    try refuseGaps(tables, sums)
    let warnings = self.warnings(tables) + cellWarnings(sums, tables) + (try heightWarnings(sums))
    var result = result(tables, warnings, folder)
    try finish(rasters, basemap, result, in: folder)
    let records = try digests.records { meter.reach(.hashing, $0) }
    try stamps.refuseChanges(records)
    meter.reach(.finishing, 0)
    var outputs = try folder.records()
    if let items {
      outputs = try items.write(
        to: folder, beside: outputs, result.species, statistics: rasters.map(\.statistics))
    }
    let manifest = RunManifest(inputs: inputs, request: request, records: records)
    let json = manifest.json(outputs: outputs, tables: tables, warnings: warnings)
    try folder.write(json.text + "\n", to: RunRecord.fileName)
    if observer.isCancelled() { throw .interrupted }
    try withdrawal.close()
    let earlier = folder.earlierNames
    try folder.publish(sparing: ownFiles, replacesAny: request.overwrite)
    // Of this folder and not of the run, so no part of its record.
    let reports = ReportFiles.names.filter(earlier.contains)
    if !reports.isEmpty {
      result.warnings.append(
        HabitatWarning(
          "report-removed", "the report of the earlier run is removed: \(reports.listed)",
          at: folder.path, fix: "make it again with habitat report \(folder.path)"))
    }
    if let hint = ParksBoxHint(inputs, request.grid) {
      result.warnings.append(hint.warning(scoredIn: scoringTime))
    }
    return result
  }

  /// Files that a run must leave as they are.
  private var ownFiles: [String] { inputs.files.map(\.path) }

  /// The files that a run surely makes, so that nobody waits for its end to hear of one in its way.
  private var likelyNames: [String] {
    let ofSpecies = request.models.map(\.species).flatMap { species in
      ["\(species)_areas.csv", "\(species)_areas.json", SpeciesModel.outputName(of: species)]
        + OutputLayer.allCases.filter(request.layers.contains).map {
          "\(species)_\($0.rawValue).tif"
        }
    }
    return ofSpecies + ["landcover_areas.csv", Basemap.landCoverName]
      + (inputs.parks == nil ? [] : [ParksFile.name])
  }

  // MARK: Warnings and notes

  private func notes(for scorer: SuitabilityScorer, _ tables: ScoreTables) -> [String] {
    var notes = tables.settledByDefault.notes(
      ricePossible: request.landscape.refinement.ricePossible)
    if request.landscape.isSynthetic {
      notes.append(
        "Synthetic demonstration (\(request.landscape.name)): not a statement about real parks.")
    }
    if !scorer.missingLayers.isEmpty {
      let missing = MissingLayers(
        layers: scorer.missingLayers.map(\.key), species: scorer.model.species)
      notes.append("Scored without \(missing.names): \(missing.consequence).")
    }
    return notes
  }

  // MARK: Outputs

  static let software = "habitat \(Habitat.version)"

  func metadata(of scorer: SuitabilityScorer) -> [String: String] {
    [
      "TIFFTAG_SOFTWARE": Self.software,
      "HABITAT_MODEL": "\(scorer.model.species) \(scorer.model.version)",
      "HABITAT_LAYERS_MISSING": scorer.missingLayers.map(\.key).joined(separator: ","),
    ]
  }

  private func result(
    _ tables: ScoreTables, _ warnings: [HabitatWarning], _ folder: OutputFolder
  ) -> ScoreResult {
    let species = zip(inputs.scorers, tables.species).map { scorer, table in
      ScoreResult.Species(
        name: scorer.model.species, title: scorer.model.title, modelVersion: scorer.model.version,
        table: table, notes: notes(for: scorer, tables))
    }
    let isIncomplete = (tables.species + [tables.landCover]).contains { table in
      table.allRows.contains {
        $0.nodata >= AreaTable.leastShown || $0.outside >= AreaTable.leastShown
      }
    }
    return ScoreResult(
      decidedByDefault: tables.decidedByDefault, species: species, landCover: tables.landCover,
      warnings: warnings, output: folder.path,
      isIncomplete: isIncomplete)
  }
}
