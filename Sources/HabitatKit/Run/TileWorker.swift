import RasterCore
import RasterLoader
import Reclassification
import ZonalStatistics

/// Scores tiles one after another; owned by one thread, which opens files of its own.
struct TileWorker: ~Copyable {
  private let inputs: PreparedInputs
  private let layers: Set<OutputLayer>
  private let basemap: Basemap
  private let needsSlope: Bool
  private var reader: LandCoverReader
  private var refiner: LandCoverRefiner?
  private var terrain: TerrainSampler?
  private var distances: DistanceSamplers
  private(set) var sums: PassSums
  private var land = LandCoverBlock()
  private var values = ValueBlock()
  private var categories: [UInt8] = []

  init(
    _ inputs: PreparedInputs, _ index: ZoneIndex, layers: Set<OutputLayer>, basemap: Basemap,
    sharing blocks: DecodedBlocks
  ) throws(HabitatError) {
    let needsSlope = inputs.scorers.contains(where: \.needsSlope)
    let needsTerrain = needsSlope || inputs.scorers.contains(where: \.needsElevation)
    let terrain: TerrainSampler?
    if needsTerrain, let elevation = inputs.elevation {
      terrain = try TerrainSampler(elevation, sharing: blocks)
    } else {
      terrain = nil
    }
    distances = try DistanceSamplers(inputs.distances)
    reader = LandCoverReader(inputs.landCover, inputs.codes, sharing: blocks)
    refiner = inputs.refinement.map { LandCoverRefiner($0, sharing: blocks) }
    sums = PassSums(index, species: inputs.scorers.count)
    self.terrain = terrain
    self.inputs = inputs
    self.layers = layers
    self.basemap = basemap
    self.needsSlope = needsSlope
  }

  /// Scores one tile for every species.
  mutating func score(_ tile: Window) throws(HabitatError) -> [FinishedTile] {
    try read(tile)
    let hasValues = try sample(tile)
    findCategories(of: tile)
    basemap.take(tile, categories: categories, elevation: hasValues ? values.elevation : [])
    tally(land.states, of: tile, layer: 0)
    let halvings = Strip.halvings(of: inputs.grid)
    return inputs.scorers.indices.map { species in
      FinishedTile(score(tile, species), halvings: halvings, areas: inputs.cellAreas)
    }
  }

  /// Only lists codes that the legend does not know: there will be no result.
  mutating func listUnknownCodes(_ tile: Window) throws(HabitatError) { try read(tile) }

  private mutating func read(_ tile: Window) throws(HabitatError) {
    try reader.read(tile, into: &land)
    let areas = inputs.cellAreas
    func area(_ cell: Int) -> Int64 {
      areas.area(
        column: tile.column + cell % tile.columns, row: tile.row + cell / tile.columns)
    }
    if land.states.prefix(tile.cellCount).contains(LandState.unknown.rawValue) {
      var found: [Int: Int64] = [:]
      try reader.forEachCode(of: .unknown, in: tile) { cell, code in
        found[code, default: 0] += area(cell)
      }
      sums.unknownCodes.merge(found, uniquingKeysWith: +)
    }
    try refiner?.refine(tile, &land.states)
    for (cell, note) in land.notes.enumerated() where note != 0 {
      if note & LandCoverBlock.Note.disagreement != 0 { sums.disagreement += area(cell) }
      if note & LandCoverBlock.Note.sampled != 0 { sums.sampled += area(cell) }
    }
  }

  /// What curves score, of a tile; empty where no model asks for it.
  private struct ValueBlock {
    var elevation: [Float] = []
    var slope: [Float] = []
    var distances = DistanceBlock()
  }

  /// - Returns: `false` where nothing needs a value; then the block holds those of another tile.
  private mutating func sample(_ tile: Window) throws(HabitatError) -> Bool {
    if terrain != nil, values.elevation.count < tile.cellCount {
      values.elevation = [Float](repeating: .nan, count: tile.cellCount)
      if needsSlope { values.slope = values.elevation }
    }
    distances.prepare(&values.distances, for: tile)
    // Where no cell has a land cover nothing needs a height: seas and rims cost no DEM.
    let hasLandCover = land.states.prefix(tile.cellCount).contains {
      LandState(rawValue: $0).category != nil
    }
    guard hasLandCover else { return false }
    distances.sample(tile, into: &values.distances)
    try terrain?.sample(
      tile, elevation: &values.elevation, slope: &values.slope, withSlope: needsSlope)
    if let found = terrain?.impossibleHeights, !found.isEmpty {
      sums.impossibleHeights.merge(found, uniquingKeysWith: min)
    }
    return true
  }

  /// The categories of a tile's cells, 0 where there is none.
  private mutating func findCategories(of tile: Window) {
    let count = tile.cellCount
    if categories.count < count { categories = [UInt8](repeating: 0, count: count) }
    let states = land.states
    let source = states.span
    var target = categories.mutableSpan
    for index in 0..<count {
      let category = source[index] & 15
      target[index] = category > 10 ? 0 : category
    }
  }

  /// Scores a tile for one species and tallies its cells.
  private mutating func score(_ tile: Window, _ species: Int) -> TileOutput {
    var output = TileOutput(tile, layers: layers)
    var outcomes = [UInt8](repeating: 0, count: tile.cellCount)
    let (scorer, values) = (inputs.scorers[species], values)
    let cells = 0..<tile.cellCount
    let none = Span<Float>()
    let elevation = values.elevation.isEmpty ? none : values.elevation.span.extracting(cells)
    let slope = values.slope.isEmpty ? none : values.slope.span.extracting(cells)
    let distances = values.distances
    let roads = distances.roads.isEmpty ? none : distances.roads.span.extracting(cells)
    let settlements =
      distances.settlements.isEmpty ? none : distances.settlements.span.extracting(cells)
    let allCategories = self.categories
    let categories = allCategories.span.extracting(cells)
    do {
      var span = outcomes.mutableSpan
      scorer.classify(
        categories: categories, elevation: elevation, slope: slope, roads: roads,
        settlements: settlements, into: &span)
    }
    output.fill(
      by: scorer, categories: categories, elevation: elevation, slope: slope, roads: roads,
      settlements: settlements)
    output.take(&outcomes, of: categories)
    tally(outcomes, of: tile, layer: species + 1)
    return output
  }

  private mutating func tally(_ codes: [UInt8], of tile: Window, layer: Int) {
    for row in 0..<tile.rows {
      let cells = row * tile.columns..<(row + 1) * tile.columns
      sums.zones.add(
        row: tile.row + row, firstColumn: tile.column, codes: codes.span.extracting(cells),
        layer: layer)
    }
  }
}
