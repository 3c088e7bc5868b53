import RasterCore
import RasterLoader
import Reclassification
import ZonalStatistics

/// Scores tiles one after another; owned by one thread, which opens files of its own.
struct TileWorker: ~Copyable {
  private let inputs: PreparedInputs
  private let scorers: [SuitabilityScorer]
  private let layers: Set<OutputLayer>
  private let basemap: Basemap
  private let needsSlope: Bool
  private var reader: LandCoverReader
  private var refiner: LandCoverRefiner?
  private var terrain: TerrainSampler?
  private var distances: DistanceSamplers
  private(set) var sums: PassSums
  private var land = LandCoverBlock()
  private var values = CellValues()
  /// Of each species, the codes under which the cells of a band are tallied.
  private var codes: [[UInt8]]

  /// - Parameter scorers: those of the inputs.
  init(
    _ inputs: PreparedInputs, _ scorers: [SuitabilityScorer], _ index: ZoneIndex,
    layers: Set<OutputLayer>, basemap: Basemap,
    sharing blocks: DecodedBlocks
  ) throws(HabitatError) {
    let needsSlope = scorers.contains(where: \.needsSlope)
    let needsTerrain = needsSlope || scorers.contains(where: \.needsElevation)
    let terrain: TerrainSampler?
    if needsTerrain, let elevation = inputs.elevation {
      terrain = try TerrainSampler(elevation, sharing: blocks)
    } else {
      terrain = nil
    }
    distances = try DistanceSamplers(inputs.distances.sources)
    reader = LandCoverReader(inputs.landCover, inputs.codes, sharing: blocks)
    refiner = inputs.refinement.map { LandCoverRefiner($0, sharing: blocks) }
    sums = PassSums(index, species: scorers.count)
    codes = [[UInt8]](repeating: [], count: scorers.count)
    self.terrain = terrain
    (self.inputs, self.scorers) = (inputs, scorers)
    self.layers = layers
    self.basemap = basemap
    self.needsSlope = needsSlope
  }

  /// Scores one tile for every species.
  mutating func score(_ tile: Window) throws(HabitatError) -> [FinishedTile] {
    var outputs = scorers.map { _ in TileOutput(tile, layers: layers) }
    for band in Strip.bands(of: tile) {
      try read(band)
      let hasValues = try sample(band)
      findCategories(of: band)
      basemap.take(
        band, categories: values.categories,
        elevation: hasValues ? values.planes[.elevation] ?? [] : [])
      for species in outputs.indices { score(band, species, into: &outputs[species]) }
      tally(band)
    }
    let halvings = Strip.halvings(of: inputs.grid)
    return outputs.map { FinishedTile($0, halvings: halvings, areas: inputs.cellAreas) }
  }

  /// Only lists codes that the legend does not know: there will be no result.
  mutating func listUnknownCodes(_ tile: Window) throws(HabitatError) {
    for band in Strip.bands(of: tile) { try read(band) }
  }

  private mutating func read(_ band: Window) throws(HabitatError) {
    try reader.read(band, into: &land)
    if land.hasUnknownCode(amongFirst: band.cellCount) {
      let areas = inputs.cellAreas
      var found: [Int: Int64] = [:]
      try reader.forEachCode(of: .unknown, in: band) { cell, code in
        found[code, default: 0] += areas.area(
          column: band.column + cell % band.columns, row: band.row + cell / band.columns)
      }
      sums.unknownCodes.merge(found, uniquingKeysWith: +)
    }
    try refiner?.refine(band, &land.states)
    sums.add(land.notes, of: band)
  }

  /// - Returns: `false` where nothing needs a value; then the block holds those of another band.
  private mutating func sample(_ band: Window) throws(HabitatError) -> Bool {
    if terrain != nil {
      values.makeRoom(for: .elevation, cells: band.cellCount)
      if needsSlope { values.makeRoom(for: .slope, cells: band.cellCount) }
    }
    distances.prepare(&values, for: band)
    // Where no cell has a land cover nothing needs a height: seas and rims cost no DEM.
    let hasLandCover = land.states.prefix(band.cellCount).contains {
      LandState(rawValue: $0).category != nil
    }
    guard hasLandCover else { return false }
    distances.sample(band, into: &values)
    var elevation = values.planes[.elevation].take() ?? []
    var slope = values.planes[.slope].take() ?? []
    try terrain?.sample(band, elevation: &elevation, slope: &slope, withSlope: needsSlope)
    if terrain != nil { values.planes[.elevation] = elevation }
    if needsSlope { values.planes[.slope] = slope }
    if let found = terrain?.impossibleHeights, !found.isEmpty {
      sums.impossibleHeights.merge(found, uniquingKeysWith: min)
    }
    sums.heightDisagreement = terrain?.largestDisagreement ?? 0
    return true
  }

  /// The categories of a band's cells, 0 where there is none.
  private mutating func findCategories(of band: Window) {
    let count = band.cellCount
    if values.categories.count < count {
      values.categories = [UInt8](repeating: 0, count: count)
    }
    unsafe land.states.withUnsafeBufferPointer { states in
      unsafe values.categories.withUnsafeMutableBufferPointer { categories in
        for index in 0..<count {
          let category = unsafe states[index] & 15
          unsafe categories[index] = category > 10 ? 0 : category
        }
      }
    }
  }

  /// Scores a band for one species and tallies its cells.
  private mutating func score(_ band: Window, _ species: Int, into output: inout TileOutput) {
    let (scorer, values) = (scorers[species], values)
    let cells = 0..<band.cellCount
    if codes[species].count < band.cellCount {
      codes[species] = [UInt8](repeating: 0, count: band.cellCount)
    }
    unsafe codes[species].withUnsafeMutableBufferPointer { outcomes in
      var outcomes = unsafe outcomes.extracting(cells).mutableSpan
      scorer.classify(cells, of: values, into: &outcomes)
    }
    output.fill(band, by: scorer, values)
    output.take(&codes[species], of: values.categories.span.extracting(cells), in: band)
  }

  /// Adds a band's cells to the sums of the zones: row by row, so that the areas of a row's cells are
  /// worked out once for all layers.
  private mutating func tally(_ band: Window) {
    for row in 0..<band.rows {
      let cells = row * band.columns..<(row + 1) * band.columns
      for layer in 0...codes.count {
        sums.zones.add(
          row: band.row + row, firstColumn: band.column,
          codes: (layer == 0 ? land.states : codes[layer - 1]).span.extracting(cells), layer: layer)
      }
    }
  }
}
