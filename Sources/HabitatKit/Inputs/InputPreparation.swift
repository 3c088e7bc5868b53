import Foundation
import GeoIO
import Machine
import RasterCore
import RasterLoader
import Reclassification
import RunFolder
import ZonalStatistics

extension PreparedInputs {
  /// Opens the files of a landscape and checks that they fit one another and the models.
  ///
  /// - Throws: `.input` or `.usage`: those of reading each layer, and `landcover-missing`,
  ///   `grid-over-one-turn`, `grid-beyond-earth`, `extent-elsewhere`, `legend-missing`, `layer-missing`,
  ///   `parks-elsewhere`, `dem-does-not-cover`.
  init(
    opening landscape: Landscape, models: [SpeciesModel], customGrid: CustomGrid,
    allowGaps: Bool, threads: Int = 1, limits: MemoryLimits = .unasked,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(HabitatError) {
    NetworkAccess.allow(for: landscape.paths)
    let wgs84 = try CoordinateReferenceSystem(userInput: "EPSG:4326")
    var warnings: [HabitatWarning] = []
    let collection = try landscape.parks.map { source throws(HabitatError) in
      try ParkCollection(reading: source, within: limits)
    }
    warnings += collection?.warnings ?? []
    let parksBase = collection?.crs.geographicBase

    let (unrestricted, whole, landCover) = try Self.landCover(
      of: landscape, customGrid, unknownDatum: parksBase ?? wgs84, &warnings)
    let legend = try Self.legend(of: landscape)
    let proposals = try ProductProposal.proposals(for: landCover)
    let doubt = HabitatWarning.doubtfulLegend(
      landscape.legend ?? "", proposals,
      at: "landcover: \((landscape.landCover?.paths ?? []).sorted().listed)")
    if let doubt { warnings.append(doubt) }
    let refinementOfWhole = try Self.refinement(
      of: landscape, on: whole.grid, unknownDatum: parksBase ?? wgs84, &warnings)
    let refinement = try refinementOfWhole?.restricted(to: landCover.grid)
    let elevation = try landscape.elevation.map { layer throws(HabitatError) in
      try ElevationSource(
        try Self.tiles(of: layer, named: "dem", parksBase ?? wgs84, &warnings),
        sampledOn: landCover.grid, unrestricted: unrestricted)
    }
    let rasters =
      landCover.tiles + (elevation?.tiles ?? [])
      + (refinement?.parts ?? []).flatMap(\.source.tiles)
    try TilePaths.refuseAlike(rasters.map(\.path), at: "inputs")
    if collection != nil { try Self.refuseInterruptedMap(landCover.grid.crs) }
    if let refinement {
      warnings += try MaskCoverage(refinement, landscape, landCover, collection).warnings()
    }
    let ground = parksBase ?? landCover.grid.crs.geographicBase
    let distances = try DistanceLayers(
      of: landscape, for: models, on: landCover.grid, ground: ground)
    var present = distances.present.union([.landCover])
    if elevation != nil { present.formUnion([.elevation, .slope]) }
    var scorers: [SuitabilityScorer] = []
    for model in models { scorers.append(try SuitabilityScorer(model: model, present: present)) }

    let parks = try collection.map { collection throws(HabitatError) in
      try ParkZones(
        collection.parks, crs: collection.crs, on: landCover.grid,
        threads: collection.memory.threads(threads, within: limits), isCancelled: isCancelled)
    }
    let datumWarnings = try DatumWarnings(grid: landCover.grid)
      .warnings(landCover, elevation, refinement, collection)
    let cellAreas = try CellAreas(
      of: landCover.grid, on: ground, clipsToEarth: collection == nil)
    warnings += cellAreas.warnings(about: landCover.grid)
    var builtUpLand: BuiltUpLand?
    if distances.limitOfDerivedSettlements != nil {
      let areas =
        whole.grid == landCover.grid
        ? cellAreas
        : try CellAreas(of: whole.grid, on: ground, clipsToEarth: collection == nil)
      builtUpLand = BuiltUpLand(
        landCover: whole, refinement: refinementOfWhole, cellAreas: areas)
    }
    self.init(
      landscape: landscape, landCover: landCover, legend: legend,
      codes: legend.codeTable(refinedBy: landscape.refinement), refinement: refinement,
      elevation: elevation, distances: distances, builtUpLand: builtUpLand, parks: parks,
      outlines: collection?.memory,
      cellAreas: cellAreas, scorers: scorers, ground: ground,
      rasterArea: collection == nil ? try cellAreas.area(of: landCover.grid, on: ground) : nil,
      files: Self.files(
        landscape, models, landCover, refinement, elevation, distances, collection),
      sources: SourceFinder(
        landscape: landscape, landCover: landCover, proposals: proposals, elevation: elevation,
        refinement: refinement, distances: distances, parks: collection
      ).sources,
      ownWarnings: warnings + datumWarnings
        + Self.coarseElevationWarnings(elevation, scorers)
        + Self.missingLayerWarnings(scorers, landscape))
    try checkParksLieOnGrid()
    try checkElevationIsNear(allowGaps: allowGaps)
  }

  // MARK: Layers

  /// The analysis grid as it would be without an extent, and the land cover of the whole that the analysis grid
  /// is a part of, and of the analysis grid.
  static func landCover(
    of landscape: Landscape, _ customGrid: CustomGrid, unknownDatum: CoordinateReferenceSystem,
    _ warnings: inout [HabitatWarning]
  ) throws(HabitatError) -> (unrestricted: Grid, whole: LandCoverSource, source: LandCoverSource) {
    guard let layer = landscape.landCover else {
      throw HabitatError(
        .usage, "landcover-missing", "no land cover is given", at: landscape.location,
        fix: "add --landcover PATH… and --legend NAME, or --landscape")
    }
    let tiles = try Self.tiles(of: layer, named: "landcover", unknownDatum, &warnings)
    try LandCoverEditions(tiles).refuse()
    var whole = try LandCoverSource(tiles)
    let own = whole.grid
    let unrestricted = try customGrid.unrestricted(of: own)
    let grid = try customGrid.restricted(unrestricted)
    if grid.whole != own { whole = try LandCoverSource(tiles, on: grid.whole) }
    let source = grid == whole.grid ? whole : try whole.restricted(to: grid)
    if customGrid.isOfLandCover {
      try refuseTooManyCells(source)
    } else {
      try refuseEmptyGrid(source, own: own)
    }
    try refuseSecondTurn(source)
    try refuseGridBeyondEarth(source)
    if let warning = HabitatWarning.resampledTiles(of: source, customGrid) {
      warnings.append(warning)
    }
    return (unrestricted, whole, source)
  }

  /// `nil` where no layer is given.
  static func refinement(
    of landscape: Landscape, on grid: Grid, unknownDatum: CoordinateReferenceSystem,
    _ warnings: inout [HabitatWarning]
  ) throws(HabitatError) -> LandCoverRefinement? {
    var layers: [(layer: RefinementLayer, tiles: [RasterTile])] = []
    for (layer, raster) in landscape.refinement.layers {
      layers.append(
        (layer, try Self.tiles(of: raster, named: layer.rawValue, unknownDatum, &warnings)))
    }
    var water: WaterOutlines?
    if let source = landscape.refinement.waterOutlines {
      water = try WaterOutlines(reading: source, on: grid, unknownDatum: unknownDatum, &warnings)
    }
    guard !layers.isEmpty || water != nil else { return nil }
    return try LandCoverRefinement(layers, water: water, on: grid)
  }

  static func tiles(
    of layer: Landscape.RasterLayer, named name: String, _ unknownDatum: CoordinateReferenceSystem,
    _ warnings: inout [HabitatWarning]
  ) throws(HabitatError) -> [RasterTile] {
    let selection = try TilePaths.select(layer.paths, layer: name)
    var tiles: [RasterTile] = []
    for path in selection.tiles {
      tiles.append(
        try RasterTile(
          inspecting: path, layer: name, layer.corrections, unknownDatum: unknownDatum))
    }
    warnings += LeftOutRasters(selection, layer: name).warnings(leavingOutOf: &tiles)
    if let tile = tiles.first(where: \.hasUnknownDatum) {
      warnings.append(
        HabitatWarning(
          "datum-unknown", "the datum is unknown and taken as that of \(unknownDatum.name)",
          at: "\(name): \(tile.path)", fix: "if you know it, add --assume-crs \(name)=EPSG:…"))
    }
    warnings += TileConcerns(tiles, layer: name).warnings
    return tiles
  }

  static func legend(of landscape: Landscape) throws(HabitatError) -> Legend {
    guard let name = landscape.legend else {
      throw HabitatError(
        .input, "legend-missing", "nothing says what the codes of the land cover mean",
        at: "landcover: \(landscape.landCover?.paths.listed ?? landscape.name)",
        fix: "add --legend NAME; habitat check says which one fits this land cover, and "
          + "habitat legends lists them")
    }
    if Legend.builtInNames.contains(name) { return try Legend.builtIn(named: name) }
    try FileSystem.refuseSpecialFile(name, at: "legend: \(name)")
    guard case .bytes = FileSystem.size(of: name) else { return try Legend.builtIn(named: name) }
    return try Legend(bytes: try FileSystem.contents(of: name), file: name)
  }

  /// Slope of a coarse DEM is flatter than the ground; the models are meant for one of about 30 m.
  static func coarseElevationWarnings(
    _ elevation: ElevationSource?, _ scorers: [SuitabilityScorer]
  ) -> [HabitatWarning] {
    let coarsest = elevation?.lattices.map { $0.grid.middleCellArea.squareRoot() }.max() ?? 0
    guard coarsest > 300, scorers.contains(where: \.needsSlope) else { return [] }
    return [
      HabitatWarning(
        "dem-coarse",
        "cells of \(coarsest.grouped(decimals: 0)) m flatten slopes: scores that depend on slope are "
          + "lower than those of a DEM of about 30 m",
        at: "dem", fix: "give a finer DEM, such as Copernicus GLO-30 or SRTM")
    ]
  }

  static func missingLayerWarnings(
    _ scorers: [SuitabilityScorer], _ landscape: Landscape
  ) -> [HabitatWarning] {
    scorers.filter { !$0.missingLayers.isEmpty }.map { scorer in
      let missing = MissingLayers(
        layers: scorer.missingLayers.map(\.key), species: scorer.model.species)
      return HabitatWarning(
        "layers-missing",
        "\(scorer.model.species) is scored without \(missing.names): its scores are "
          + missing.consequence,
        at: landscape.location,
        fix: "give " + scorer.missingLayers.map { "--\($0.key)" }.joined(separator: " and ")
          + (scorer.missingLayers.contains(.settlements)
            ? "; --settlements derive takes built-up land" : ""))
    }
  }

  private static func files(
    _ landscape: Landscape, _ models: [SpeciesModel], _ landCover: LandCoverSource,
    _ refinement: LandCoverRefinement?, _ elevation: ElevationSource?, _ distances: DistanceLayers,
    _ parks: ParkCollection?
  ) -> [InputFile] {
    var files: Set<InputFile> = []
    func add(_ layer: String, _ paths: [String]) {
      files.formUnion(paths.map { InputFile(layer: layer, path: $0) })
    }
    for tile in landCover.tiles { add("landcover", tile.files) }
    for tile in elevation?.tiles ?? [] { add("dem", tile.files) }
    files.formUnion(refinement?.files ?? [])
    files.formUnion(distances.files)
    add("parks", parks?.files ?? [])
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
    throw HabitatError(
      .input, "parks-elsewhere", "no park lies on the land cover",
      at: "parks: \(landscape.parks?.path ?? ""); land cover: \(grid.crs.name), \(grid.extentText)",
      fix: MisplacedParks(parks.parks, parks.crs, grid).fix)
  }

  private func checkElevationIsNear(allowGaps: Bool) throws(HabitatError) {
    guard let elevation, !allowGaps,
      scorers.contains(where: { $0.needsElevation || $0.needsSlope }),
      try !elevation.meetsGrid()
    else { return }
    throw HabitatError(
      .input, "dem-does-not-cover", "the DEM lies nowhere near the land cover",
      at: "dem: \(elevation.tiles.map(\.path).listed)",
      fix: "give DEM tiles of the region, check their CRS, or allow it with --allow-gaps")
  }
}

extension Landscape {
  /// What names its inputs, for messages: the landscape file, else the land cover.
  var location: String {
    if let file { return "landscape: \(file)" }
    // In whatever order they are named they are the same tiles.
    return landCover.map { "landcover: \(Set($0.paths).sorted().listed)" } ?? "landscape: \(name)"
  }
}

extension Grid {
  /// The extent for people.
  var extentText: String {
    let digits = crs.isGeographic ? 4 : 0
    let box = alone.extent
    let numbers = [box.minX, box.minY, box.maxX, box.maxY].map {
      $0.formatted(decimals: digits)
    }
    return "\(numbers[0])…\(numbers[2]) by \(numbers[1])…\(numbers[3])"
  }
}

extension Legend {
  /// What each code becomes, with the region's defaults for codes that leave something open.
  ///
  /// Source: the crosswalks' tags; forests of unknown leaf type take `defaultForest`, and where rice is
  /// not grown, codes for it are cultivated land.
  func codeTable(refinedBy refinement: Landscape.Refinement) -> CodeTable {
    @Sendable func settled(_ category: LandCategory) -> LandCategory {
      category == .rice && refinement.excludesRice ? .cultivated : category
    }
    return CodeTable { code in
      switch category(of: code) {
      case .nodata, .byDefault(nil): .nodata
      case .unknown: .unknown
      case .byDefault(.some(let category)):
        LandState(settled(category), flags: LandState.byDefault)
      case .category(let category):
        refined(settled(category), tags: entry(for: code)?.tags ?? [], by: refinement)
      }
    }
  }

  private func refined(
    _ category: LandCategory, tags: Set<String>, by refinement: Landscape.Refinement
  ) -> LandState {
    var (category, flags) = (category, UInt8(0))
    if tags.contains("forest_type") {
      category = refinement.defaultForest ?? category
      flags |= LandState.leafTypeByDefault
    }
    if tags.contains("rice"), !refinement.excludesRice {
      if category == .rice, refinement.ricePossible == false { category = .cultivated }
      flags |= LandState.riceByDefault
    }
    return LandState(category, flags: flags)
  }
}
