import RasterCore
import RasterLoader
import Reclassification
import ZonalStatistics

/// Scores strips one after another; owned by one thread, which opens files of its own.
struct StripWorker: ~Copyable {
  private let inputs: PreparedInputs
  private let layers: Set<OutputLayer>
  private let needsSlope: Bool
  private var reader: LandCoverReader
  private var refiner: LandCoverRefiner?
  private var terrain: TerrainSampler?
  private var distances: DistanceSamplers
  private(set) var sums: PassSums

  init(
    _ inputs: PreparedInputs, _ index: ZoneIndex, layers: Set<OutputLayer>
  ) throws(HabitatError) {
    let needsSlope = inputs.scorers.contains(where: \.needsSlope)
    let needsTerrain = needsSlope || inputs.scorers.contains(where: \.needsElevation)
    let terrain: TerrainSampler?
    if needsTerrain, let elevation = inputs.elevation {
      terrain = try TerrainSampler(elevation)
    } else {
      terrain = nil
    }
    distances = try DistanceSamplers(inputs.distances)
    reader = LandCoverReader(inputs.landCover, inputs.codes)
    refiner = inputs.refinement.map { LandCoverRefiner($0) }
    sums = PassSums(index, species: inputs.scorers.count)
    self.terrain = terrain
    self.inputs = inputs
    self.layers = layers
    self.needsSlope = needsSlope
  }

  /// Scores one strip for every species.
  mutating func score(_ strip: Window) throws(HabitatError) -> [FinishedStrip] {
    var outputs = inputs.scorers.map { _ in StripOutput(strip, layers: layers) }
    var land = LandCoverBlock()
    var values = ValueBlock()
    for chunk in Strip.chunks(of: strip) {
      try read(chunk, into: &land)
      try sample(chunk, under: land, into: &values)
      var row = RowBuffers(columns: chunk.columns)
      var outcomes = row.categories
      for number in 0..<chunk.rows {
        row.take(number, of: land)
        sums.zones.add(
          row: chunk.row + number, firstColumn: chunk.column, codes: row.states, layer: 0)
        for species in inputs.scorers.indices {
          score(row.categories, &outcomes, number, of: chunk, values, species, &outputs[species])
        }
      }
    }
    let halvings = Strip.halvings(of: inputs.grid)
    return outputs.map { FinishedStrip($0, halvings: halvings) }
  }

  /// Only lists codes that the legend does not know: there will be no result.
  mutating func listUnknownCodes(_ strip: Window) throws(HabitatError) {
    var land = LandCoverBlock()
    for chunk in Strip.chunks(of: strip) { try read(chunk, into: &land) }
  }

  private mutating func read(_ chunk: Window, into land: inout LandCoverBlock) throws(HabitatError)
  {
    try reader.read(chunk, into: &land)
    let areas = inputs.cellAreas
    func area(_ cell: Int) -> Int64 {
      areas.area(
        column: chunk.column + cell % chunk.columns, row: chunk.row + cell / chunk.columns)
    }
    if land.states.prefix(chunk.cellCount).contains(LandState.unknown.rawValue) {
      var found: [Int: Int64] = [:]
      try reader.forEachCode(of: .unknown, in: chunk) { cell, code in
        found[code, default: 0] += area(cell)
      }
      sums.unknownCodes.merge(found, uniquingKeysWith: +)
    }
    try refiner?.refine(chunk, &land.states)
    for (cell, note) in land.notes.enumerated() where note != 0 {
      if note & LandCoverBlock.Note.disagreement != 0 { sums.disagreement += area(cell) }
      if note & LandCoverBlock.Note.sampled != 0 { sums.sampled += area(cell) }
    }
  }

  /// What curves score, of a chunk; empty where no model asks for it.
  private struct ValueBlock {
    var elevation: [Float] = []
    var slope: [Float] = []
    var distances = DistanceBlock()
  }

  private mutating func sample(
    _ chunk: Window, under land: LandCoverBlock, into values: inout ValueBlock
  ) throws(HabitatError) {
    if terrain != nil, values.elevation.count < chunk.cellCount {
      values.elevation = [Float](repeating: .nan, count: chunk.cellCount)
      if needsSlope { values.slope = values.elevation }
    }
    distances.prepare(&values.distances, for: chunk)
    // Where no cell has a land cover nothing needs a height: seas and rims cost no DEM.
    let hasLandCover = land.states.prefix(chunk.cellCount).contains {
      LandState(rawValue: $0).category != nil
    }
    guard hasLandCover else { return }
    distances.sample(chunk, into: &values.distances)
    try terrain?.sample(
      chunk, elevation: &values.elevation, slope: &values.slope, withSlope: needsSlope)
    if let found = terrain?.impossibleHeights, !found.isEmpty {
      sums.impossibleHeights.merge(found, uniquingKeysWith: min)
    }
  }

  /// One row of a chunk on its way through the species.
  private struct RowBuffers {
    var states: [UInt8]
    var categories: [UInt8]

    init(columns: Int) {
      states = [UInt8](repeating: 0, count: columns)
      categories = states
    }

    mutating func take(_ row: Int, of land: LandCoverBlock) {
      let start = row * states.count
      for index in states.indices {
        let state = land.states[start + index]
        states[index] = state
        let category = state & 15
        categories[index] = category > 10 ? 0 : category
      }
    }
  }

  private mutating func score(
    _ categories: [UInt8], _ outcomes: inout [UInt8], _ number: Int, of chunk: Window,
    _ values: ValueBlock, _ species: Int, _ output: inout StripOutput
  ) {
    let scorer = inputs.scorers[species]
    let cells = number * chunk.columns..<(number + 1) * chunk.columns
    let none = Span<Float>()
    let elevation = values.elevation.isEmpty ? none : values.elevation.span.extracting(cells)
    let slope = values.slope.isEmpty ? none : values.slope.span.extracting(cells)
    let distances = values.distances
    let roads = distances.roads.isEmpty ? none : distances.roads.span.extracting(cells)
    let settlements =
      distances.settlements.isEmpty ? none : distances.settlements.span.extracting(cells)
    do {
      var span = outcomes.mutableSpan
      scorer.classify(
        categories: categories.span, elevation: elevation, slope: slope, roads: roads,
        settlements: settlements, into: &span)
    }
    let first =
      (chunk.row + number - output.window.row) * output.window.columns + chunk.column
      - output.window.column
    if output.needsScores {
      output.fill(
        at: first, by: scorer, categories: categories.span, elevation: elevation, slope: slope,
        roads: roads, settlements: settlements)
    }
    let keepsClasses = !output.classes.isEmpty
    for index in outcomes.indices {
      let outcome = outcomes[index]
      if keepsClasses { output.classes[first + index] = outcome <= 4 ? outcome : 0 }
      outcomes[index] = CellCode.code(category: categories[index], outcome: outcome)
    }
    sums.zones.add(
      row: chunk.row + number, firstColumn: chunk.column, codes: outcomes, layer: species + 1)
  }
}

extension StripOutput {
  /// Evaluates a row of cells exactly and keeps what is wanted.
  fileprivate mutating func fill(
    at first: Int, by scorer: SuitabilityScorer, categories: Span<UInt8>, elevation: Span<Float>,
    slope: Span<Float>, roads: Span<Float>, settlements: Span<Float>
  ) {
    let count = categories.count
    func row<Cell>(_ cells: [Cell], _ zero: Cell) -> [Cell] {
      [Cell](repeating: zero, count: cells.isEmpty ? 0 : count)
    }
    var scores = row(self.scores, 0)
    var resistances = row(self.resistances, 0)
    var limiting = row(self.limiting, 0)
    do {
      var scoreSpan = scores.mutableSpan
      var resistanceSpan = resistances.mutableSpan
      var limitingSpan = limiting.mutableSpan
      scorer.fill(
        categories: categories, elevation: elevation, slope: slope, roads: roads,
        settlements: settlements, scores: &scoreSpan, resistances: &resistanceSpan,
        limiting: &limitingSpan)
    }
    let cells = first..<first + count
    if !scores.isEmpty { self.scores.replaceSubrange(cells, with: scores) }
    if !resistances.isEmpty { self.resistances.replaceSubrange(cells, with: resistances) }
    if !limiting.isEmpty { self.limiting.replaceSubrange(cells, with: limiting) }
  }
}
