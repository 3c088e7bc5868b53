import RasterCore
import Reclassification
import ZonalStatistics

/// The rasters a run may write for each species.
public enum OutputLayer: String, CaseIterable, Sendable {
  case suitabilityClass = "class"
  case score, resistance, limiting
}

/// The cells of one tile for one species, of each raster that is wanted.
struct TileOutput: Sendable {
  let window: Window
  private(set) var classes: [UInt8] = []
  private(set) var scores: [Float] = []
  private(set) var resistances: [Float] = []
  private(set) var limiting: [UInt8] = []

  init(_ window: Window, layers: Set<OutputLayer>) {
    self.window = window
    let count = window.cellCount
    if layers.contains(.suitabilityClass) { classes = [UInt8](repeating: 0, count: count) }
    if layers.contains(.score) { scores = [Float](repeating: 0, count: count) }
    if layers.contains(.resistance) { resistances = [Float](repeating: 0, count: count) }
    if layers.contains(.limiting) { limiting = [UInt8](repeating: 0, count: count) }
  }

  /// Turns outcomes into the codes under which their cells are tallied, and keeps the classes.
  mutating func take(_ outcomes: inout [UInt8], of categories: Span<UInt8>) {
    let count = window.cellCount
    var codes = outcomes.mutableSpan
    if !classes.isEmpty {
      var classes = classes.mutableSpan
      for index in 0..<count { classes[index] = codes[index] <= 4 ? codes[index] : 0 }
    }
    for index in 0..<count {
      codes[index] = CellCode.code(category: categories[index], outcome: codes[index])
    }
  }

  /// Evaluates the cells exactly where scores, resistances or limiting factors are wanted.
  ///
  /// - Parameters: what a scorer looks at, cell by cell; empty where no model asks for a layer.
  mutating func fill(
    by scorer: SuitabilityScorer, categories: Span<UInt8>, elevation: Span<Float>,
    slope: Span<Float>, roads: Span<Float>, settlements: Span<Float>
  ) {
    guard !(scores.isEmpty && resistances.isEmpty && limiting.isEmpty) else { return }
    // Out of `self` and back: three spans of one value would be three accesses to it at once.
    var (scores, resistances, limiting) = (scores, resistances, limiting)
    (self.scores, self.resistances, self.limiting) = ([], [], [])
    do {
      var scoreSpan = scores.mutableSpan
      var resistanceSpan = resistances.mutableSpan
      var limitingSpan = limiting.mutableSpan
      scorer.fill(
        categories: categories, elevation: elevation, slope: slope, roads: roads,
        settlements: settlements, scores: &scoreSpan, resistances: &resistanceSpan,
        limiting: &limitingSpan)
    }
    (self.scores, self.resistances, self.limiting) = (scores, resistances, limiting)
  }
}

/// A tile of one species as it is written: each raster with its part of the overviews.
struct FinishedTile: Sendable {
  private(set) var window: Window
  let classes: Pyramid<UInt8>?
  let scores: Pyramid<Float>?
  let resistances: Pyramid<Float>?
  let limiting: Pyramid<UInt8>?
  /// What the tile adds to the description of each raster.
  let sums: LayerSums

  init(_ output: TileOutput, halvings: Int, areas: CellAreas) {
    let columns = output.window.columns
    func codes(_ cells: [UInt8]) -> Pyramid<UInt8>? {
      cells.isEmpty ? nil : Pyramid(codes: cells, columns: columns, halvings: halvings)
    }
    func amounts(_ cells: [Float]) -> Pyramid<Float>? {
      cells.isEmpty ? nil : Pyramid(amounts: cells, columns: columns, halvings: halvings)
    }
    window = output.window
    (classes, limiting) = (codes(output.classes), codes(output.limiting))
    (scores, resistances) = (amounts(output.scores), amounts(output.resistances))
    var sums = LayerSums()
    let tile = output.window
    if classes != nil { sums.classes = CodeSums(output.classes, tile, areas) }
    if limiting != nil { sums.limiting = CodeSums(output.limiting, tile, areas) }
    sums.scores = AmountSums(output.scores, nodata: -1)
    sums.resistances = AmountSums(output.resistances, nodata: ResistanceTransform.nodata)
    self.sums = sums
  }

  /// The same cells elsewhere.
  func moved(to window: Window) -> FinishedTile {
    var moved = self
    moved.window = window
    return moved
  }
}
