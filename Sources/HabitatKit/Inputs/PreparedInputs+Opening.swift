import GeoIO
import GroundGeometry
import Machine
import RasterCore
import RasterLoader
import Reclassification
import RunFolder
import ZonalStatistics

extension PreparedInputs {
  /// Opens the files of a landscape and checks that they fit one another and the models.
  ///
  /// - Parameter selections: what the paths of the landscape name.
  /// - Throws: `.input` or `.usage`: those of reading each layer, and `landcover-missing`,
  ///   `grid-over-one-turn`, `grid-beyond-earth`, `extent-elsewhere`, `legend-missing`, `layer-missing`,
  ///   `parks-elsewhere`, `dem-does-not-cover`.
  init(
    opening landscape: Landscape, _ selections: RasterSelections, models: [SpeciesModel],
    customGrid: CustomGrid, allowGaps: Bool, threads: Int = 1, limits: MemoryLimits = .unasked,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(HabitatError) {
    NetworkAccess.allow(for: landscape.paths)
    var inputs = try InputPreparation(of: landscape, on: customGrid, selections, .stopping())
    try inputs.readParks(within: limits)
    try inputs.layLandCover()
    try inputs.readLegend()
    try inputs.recogniseProduct()
    inputs.messages.warn(
      .doubtfulLegend(
        landscape.legend ?? "", inputs.products ?? [], at: landscape.landCoverLocation))
    try inputs.layRefinement(for: models)
    try inputs.layElevation()
    try inputs.refuseUnfit()
    try inputs.warnAboutMasks()
    try inputs.readDistances(for: models)
    try self.init(
      completing: inputs, models: models, allowGaps: allowGaps, threads: threads, limits: limits,
      isCancelled: isCancelled)
  }

  /// Goes on from where all layers are open.
  ///
  /// - Throws: as `init(opening:…)`, and `.interrupted`.
  init(
    completing preparation: InputPreparation<HabitatError>, models: [SpeciesModel],
    allowGaps: Bool, threads: Int, limits: MemoryLimits,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(HabitatError) {
    var inputs = preparation
    guard let landCover = inputs.landCover, let legend = inputs.legend,
      let distances = inputs.distances, let ground = inputs.ground
    else { preconditionFailure("a layer that cannot be opened ends the preparation of a run") }
    var present = distances.present.union([.landCover])
    if inputs.elevation != nil { present.formUnion([.elevation, .slope]) }
    var scorers: [SuitabilityScorer] = []
    for model in models { scorers.append(try SuitabilityScorer(model: model, present: present)) }
    try inputs.layParks(
      threads: inputs.parks?.memory.threads(threads, within: limits) ?? threads,
      isCancelled: isCancelled)
    let (grid, clips) = (landCover.source.grid, inputs.parks == nil)
    let cellAreas = try CellAreas(of: grid, on: ground, clipsToEarth: clips)
    inputs.messages.warn(cellAreas.warnings(about: grid))
    try inputs.warnAboutDatums()
    try inputs.recogniseProduct()
    var wholeLand: WholeLand?
    if !distances.derived.isEmpty {
      let whole = landCover.whole
      wholeLand = WholeLand(
        stack: LayerStack(
          landCover: whole, codes: legend.codeTable(refinedBy: inputs.landscape.refinement),
          refinement: inputs.refinement?.whole),
        cellAreas: whole.grid == grid
          ? cellAreas : try CellAreas(of: whole.grid, on: ground, clipsToEarth: clips))
    }
    inputs.messages.warn(Self.coarseElevationWarnings(inputs.elevation, scorers))
    inputs.messages.warn(Self.missingLayerWarnings(scorers, inputs.landscape))
    let landscape = inputs.landscape
    self.init(
      landscape: landscape, landCover: landCover.source, evidence: inputs.landCoverEvidence,
      legend: legend, codes: legend.codeTable(refinedBy: landscape.refinement),
      refinement: inputs.refinement?.part, elevation: inputs.elevation, distances: distances,
      wholeLand: wholeLand, parks: inputs.zones, outlines: inputs.parks?.memory,
      scoredTiles: try inputs.scoredTiles(), cellAreas: cellAreas, scorers: scorers, ground: ground,
      rasterArea: clips ? try cellAreas.area(of: grid, on: ground) : nil,
      files: Self.files(of: inputs, distances, models),
      sources: SourceFinder(
        landscape: landscape, landCover: landCover.source,
        proposals: inputs.products ?? [], elevation: inputs.elevation,
        refinement: inputs.refinement, distances: distances, parks: inputs.parks
      ).sources,
      ownWarnings: inputs.messages.warnings)
    try checkParksLieOnGrid()
    try checkElevationIsNear(allowGaps: allowGaps)
  }

  private static func files(
    of inputs: InputPreparation<HabitatError>, _ distances: DistanceLayers,
    _ models: [SpeciesModel]
  ) -> [InputFile] {
    let landscape = inputs.landscape
    var files: Set<InputFile> = []
    func add(_ layer: String, _ paths: [String]) {
      files.formUnion(paths.map { InputFile(layer: layer, path: $0) })
    }
    for tile in inputs.landCover?.source.tiles ?? [] { add("landcover", tile.files) }
    for tile in inputs.elevation?.tiles ?? [] { add("dem", tile.files) }
    files.formUnion(inputs.refinement?.files ?? [])
    files.formUnion(distances.files)
    add("parks", inputs.parks?.files ?? [])
    if let path = landscape.legend, !Legend.builtInNames.contains(path) { add("legend", [path]) }
    if let path = landscape.file { add("landscape", [path]) }
    for model in models where model.isOwn { add("model", [model.file]) }
    return files.sorted {
      $0.layer == $1.layer
        ? $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) : $0.layer < $1.layer
    }
  }

  // MARK: Checks

  private func checkParksLieOnGrid() throws(HabitatError) {
    guard let parks, parks.coverages.allSatisfy(\.isEmpty) else { return }
    throw MisplacedParks(parks.parks, parks.crs, grid)
      .refusal(of: landscape.parks?.path ?? "")
  }

  private func checkElevationIsNear(allowGaps: Bool) throws(HabitatError) {
    guard let elevation, !allowGaps,
      scorers.contains(where: { $0.needsElevation || $0.needsSlope }),
      try !elevation.meetsGrid()
    else { return }
    throw HabitatError.elevationElsewhere(elevation.tiles)
  }
}
