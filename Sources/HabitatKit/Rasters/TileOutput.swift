import RasterCore
import Reclassification
import ZonalStatistics

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

  /// Keeps the classes of a band of the tile, and turns outcomes into the codes under which its cells are
  /// tallied.
  mutating func take(_ outcomes: inout [UInt8], of categories: Span<UInt8>, in band: Window) {
    let cells = range(of: band)
    precondition(outcomes.count >= cells.count && categories.count == cells.count)
    unsafe outcomes.withUnsafeMutableBufferPointer { outcomes in
      if !classes.isEmpty {
        unsafe classes.withUnsafeMutableBufferPointer { classes in
          let classes = classes.extracting(cells)
          for index in classes.indices {
            let outcome = unsafe outcomes[index]
            unsafe classes[index] = outcome <= 4 ? outcome : 0
          }
        }
      }
      unsafe categories.withUnsafeBufferPointer { categories in
        for index in categories.indices {
          unsafe outcomes[index] = CellCode.code(
            category: categories[index], outcome: outcomes[index])
        }
      }
    }
  }

  /// Evaluates the cells of a band exactly where scores, resistances or limiting factors are wanted.
  ///
  /// - Parameter values: those of the band's cells first.
  mutating func fill(_ band: Window, by scorer: SuitabilityScorer, _ values: CellValues) {
    guard !(scores.isEmpty && resistances.isEmpty && limiting.isEmpty) else { return }
    let cells = range(of: band)
    // Out of `self` and back: three spans of one value would be three accesses to it at once.
    var (scores, resistances, limiting) = (scores, resistances, limiting)
    (self.scores, self.resistances, self.limiting) = ([], [], [])
    unsafe scores.withUnsafeMutableBufferPointer { scores in
      unsafe resistances.withUnsafeMutableBufferPointer { resistances in
        unsafe limiting.withUnsafeMutableBufferPointer { limiting in
          var scores = unsafe scores.part(cells).mutableSpan
          var resistances = unsafe resistances.part(cells).mutableSpan
          var limiting = unsafe limiting.part(cells).mutableSpan
          scorer.fill(
            0..<cells.count, of: values, scores: &scores, resistances: &resistances,
            limiting: &limiting)
        }
      }
    }
    (self.scores, self.resistances, self.limiting) = (scores, resistances, limiting)
  }

  /// Where the cells of a band stand; it is as wide as the tile.
  private func range(of band: Window) -> Range<Int> {
    let first = (band.row - window.row) * window.columns
    return first..<first + band.cellCount
  }
}

extension UnsafeMutableBufferPointer {
  /// Some elements; none of a buffer that has none.
  fileprivate func part(_ range: Range<Int>) -> UnsafeMutableBufferPointer {
    unsafe isEmpty ? self : extracting(range)
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
