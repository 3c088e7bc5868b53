import GeoIO
import GroundGeometry
import Machine
import RasterCore
import RasterLoader
import Reclassification

/// Inputs on their way: what has been opened of a landscape so far.
///
/// Each step takes what those before it found, opens one layer, and tells `messages` what is wrong with it. What
/// cannot be opened stays `nil`, and the steps that need it pass by. A run takes all steps one after another with a sink
/// that stops at the first error, a check has surveys of its own in between and a sink that collects.
struct InputPreparation<Stop: Error> {
  let landscape: Landscape
  let customGrid: CustomGrid
  let messages: MessageSink<Stop>
  private let selections: RasterSelections
  /// Stands in for an unknown datum where there are no parks.
  private let worldDatum: CoordinateReferenceSystem?

  private(set) var parks: ParkCollection?
  /// By name.
  private var layers: [String: InspectedLayer] = [:]
  private(set) var landCover: LandCoverOnGrid?
  private(set) var legend: Legend?
  /// Those that the land cover may be of by its names and metadata, the likeliest first.
  private(set) var products: [ProductProposal]?
  private(set) var refinement: RefinementOnGrid?
  private(set) var elevation: ElevationSource?
  private(set) var distances: DistanceLayers?
  /// The parks on the grid of the analysis.
  private(set) var zones: ParkZones?

  /// - Parameter selections: what the paths of the landscape name.
  init(
    of landscape: Landscape, on customGrid: CustomGrid, _ selections: RasterSelections,
    _ messages: MessageSink<Stop>
  ) throws(Stop) {
    (self.landscape, self.customGrid) = (landscape, customGrid)
    (self.selections, self.messages) = (selections, messages)
    worldDatum = try messages.attempt { () throws(HabitatError) in
      try CoordinateReferenceSystem(userInput: "EPSG:4326")
    }
  }

  /// What another preparation has found, with a sink of its own for what comes.
  init<Other>(continuing other: InputPreparation<Other>, _ messages: MessageSink<Stop>) {
    (landscape, customGrid, selections) = (other.landscape, other.customGrid, other.selections)
    (worldDatum, self.messages) = (other.worldDatum, messages)
    (parks, layers, landCover) = (other.parks, other.layers, other.landCover)
    (legend, products) = (other.legend, other.products)
    (refinement, elevation) = (other.refinement, other.elevation)
    (distances, zones) = (other.distances, other.zones)
  }

  /// The CRS whose datum stands in for an unknown one.
  private var unknownDatum: CoordinateReferenceSystem? {
    parks?.crs.geographicBase ?? worldDatum
  }

  /// Longitude and latitude on the datum that all areas refer to.
  var ground: CoordinateReferenceSystem? {
    parks?.crs.geographicBase ?? landCover?.source.grid.crs.geographicBase ?? worldDatum
  }

  // MARK: Layers

  mutating func readParks(within limits: MemoryLimits = .unasked) throws(Stop) {
    guard let source = landscape.parks else { return }
    parks = try messages.attempt { () throws(HabitatError) in
      try ParkCollection(reading: source, within: limits)
    }
    messages.warn(parks?.warnings ?? [])
  }

  /// Opens the files of a raster layer, unless that has been done; `nil` of one that the landscape lacks.
  mutating func inspect(_ name: String) throws(Stop) -> InspectedLayer? {
    if let known = layers[name] { return known }
    guard let unknownDatum,
      let raster = landscape.rasterLayers.first(where: { $0.name == name })?.raster
    else { return nil }
    let layer = try InspectedLayer(
      name, raster, of: selections, unknownDatum: unknownDatum, messages)
    layers[name] = layer
    return layer
  }

  /// The tiles of a layer that is used; `nil` where any is of no use.
  private mutating func tiles(of name: String) throws(Stop) -> [RasterTile]? {
    guard let layer = try inspect(name), let tiles = layer.tiles else { return nil }
    messages.warn(layer.warnings)
    return tiles
  }

  mutating func layLandCover() throws(Stop) {
    guard landscape.landCover != nil else {
      return try messages.refuse(
        HabitatError(
          .usage, "landcover-missing", "no land cover is given", at: landscape.location,
          fix: "add --landcover PATH… and --legend NAME, or --landscape"))
    }
    if let option = customGrid.optionOfParks, landscape.parks == nil {
      return try messages.refuse(.gridWithoutParks(option))
    }
    guard let tiles = try tiles(of: "landcover") else { return }
    let (customGrid, parks) = (customGrid, parks)
    landCover = try messages.attempt { () throws(HabitatError) in
      try LandCoverOnGrid(
        tiles, customGrid, around: parks.map { ParkBoxes($0.parks, crs: $0.crs) })
    }
    messages.warn(landCover.flatMap { HabitatWarning.resampledTiles(of: $0.source, customGrid) })
    try warnAboutAreaOfUse()
  }

  private func warnAboutAreaOfUse() throws(Stop) {
    guard let landCover else { return }
    let warning = try messages.attempt { () throws(HabitatError) in
      try GridAreaOfUse(landCover: landCover, customGrid: customGrid).warning(parks)
    }
    messages.warn(warning ?? nil)
  }

  mutating func readLegend() throws(Stop) {
    let landscape = landscape
    legend = try messages.attempt { () throws(HabitatError) in try Legend(of: landscape) }
  }

  /// What the files of the land cover give away about its product.
  var landCoverEvidence: LandCoverEvidence {
    LandCoverEvidence(layers["landcover"]?.descriptions ?? [])
  }

  /// Recognises the product of the land cover, unless that has been done.
  mutating func recogniseProduct() throws(Stop) {
    guard products == nil else { return }
    let evidence = landCoverEvidence
    products = try messages.attempt { () throws(HabitatError) in try evidence.proposals() }
  }

  /// - Parameter models: to those that score the distance to water its courses matter, too.
  mutating func layRefinement(for models: [SpeciesModel]) throws(Stop) {
    guard let landCover, let unknownDatum else { return }
    let grid = landCover.whole.grid
    var layers: [(layer: RefinementLayer, tiles: [RasterTile])] = []
    var isWhole = true
    for (layer, _) in landscape.refinement.layers {
      if let tiles = try tiles(of: layer.rawValue) {
        layers.append((layer, tiles))
      } else {
        isWhole = false
      }
    }
    var water: WaterOutlines?
    if let source = landscape.refinement.waterOutlines {
      water = try messages.attempt { () throws(HabitatError) in
        try WaterOutlines(
          reading: source, on: grid, unknownDatum: unknownDatum,
          courses: models.contains { $0.layers.contains(.water) })
      }
      messages.warn(water?.warnings ?? [])
      isWhole = isWhole && water != nil
    }
    guard isWhole, !layers.isEmpty || water != nil else { return }
    let (tiles, outlines) = (layers, water)
    refinement = try messages.attempt { () throws(HabitatError) in
      try RefinementOnGrid(tiles, outlines, on: grid, landCover.source.grid)
    }
  }

  /// Without a land cover the DEM is laid on a grid of its own.
  mutating func layElevation() throws(Stop) {
    guard landscape.elevation != nil, let tiles = try tiles(of: "dem"),
      let grid = landCover?.source.grid ?? tiles.first?.grid
    else { return }
    let unrestricted = landCover?.unrestricted
    elevation = try messages.attempt { () throws(HabitatError) in
      try ElevationSource(tiles, sampledOn: grid, unrestricted: unrestricted)
    }
  }

  /// - Parameter models: which say how far distances matter.
  mutating func readDistances(for models: [SpeciesModel]) throws(Stop) {
    guard let landCover, let ground else { return }
    distances = try DistanceLayers(
      of: landscape, for: models, on: landCover.source.grid, ground: ground, messages)
  }

  /// Lays the parks on the grid of the analysis, unless that has been done.
  mutating func layParks(
    threads: Int, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(Stop) {
    guard zones == nil, let parks, let landCover else { return }
    zones = try messages.attempt { () throws(HabitatError) in
      try ParkZones(
        parks.parks, crs: parks.crs, on: landCover.source.grid, threads: threads,
        isCancelled: isCancelled)
    }
  }

  /// The tiles of the grid near the parks, where others are not to be scored.
  func scoredTiles() throws(HabitatError) -> NearbyTiles? {
    guard let reach = customGrid.mask, let parks, let landCover else { return nil }
    return try ParkBoxes(parks.parks, crs: parks.crs)
      .tiles(within: reach, on: landCover.source.grid)
  }

  // MARK: What does not fit together

  /// Paths of tiles that this program cannot tell apart, and a map on which parks cannot be measured.
  func refuseUnfit() throws(Stop) {
    let rasters =
      (landCover?.source.tiles ?? []) + (elevation?.tiles ?? [])
      + (refinement?.part.parts ?? []).flatMap(\.source.tiles)
    _ = try messages.attempt { () throws(HabitatError) in
      try TilePaths.refuseAlike(rasters.map(\.path), at: "inputs")
    }
    guard let landCover, parks != nil else { return }
    _ = try messages.attempt { () throws(HabitatError) in
      try PreparedInputs.refuseInterruptedMap(landCover.source.grid.crs)
    }
  }

  /// Refinement layers that do not reach over the land.
  func warnAboutMasks() throws(Stop) {
    guard let refinement, let landCover else { return }
    messages.warn(
      try messages.attempt { () throws(HabitatError) in
        try MaskCoverage(refinement.part, landscape, landCover.source, parks).warnings()
      } ?? [])
  }

  /// Layers whose datum is carried only roughly to that of the grid.
  func warnAboutDatums() throws(Stop) {
    guard let landCover else { return }
    messages.warn(
      try messages.attempt { () throws(HabitatError) in
        try DatumWarnings(grid: landCover.source.grid)
          .warnings(landCover.source, elevation, refinement?.part, parks)
      } ?? [])
  }
}
