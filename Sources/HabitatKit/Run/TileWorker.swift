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
  private var stack: StackReader
  private(set) var sums: PassSums
  private var block = StackBlock()
  /// Of each species, the codes under which the cells of a band are tallied.
  private var codes: [[UInt8]]

  /// - Parameter scorers: those of the inputs.
  init(
    _ inputs: PreparedInputs, _ scorers: [SuitabilityScorer], _ index: ZoneIndex,
    layers: Set<OutputLayer>, basemap: Basemap,
    sharing blocks: DecodedBlocks
  ) throws(HabitatError) {
    stack = try StackReader(
      inputs.stack, layers: Set(scorers.flatMap(\.layers)), sharing: blocks)
    sums = PassSums(index, species: scorers.count)
    codes = [[UInt8]](repeating: [], count: scorers.count)
    (self.inputs, self.scorers) = (inputs, scorers)
    self.layers = layers
    self.basemap = basemap
  }

  /// Scores one tile for every species.
  mutating func score(_ tile: Window) throws(HabitatError) -> [FinishedTile] {
    var outputs = scorers.map { _ in TileOutput(tile, layers: layers) }
    let isScored = inputs.scores(tile)
    for band in Strip.bands(of: tile) {
      var hasValues = false
      if isScored {
        hasValues = try stack.read(band, into: &block)
      } else {
        stack.leaveOut(band, from: &block)
      }
      try note(band)
      basemap.take(
        band, categories: block.values.categories,
        elevation: hasValues ? block.values.planes[.elevation] ?? [] : [])
      for species in outputs.indices { score(band, species, into: &outputs[species]) }
      tally(band)
    }
    let halvings = Strip.halvings(of: inputs.grid)
    return outputs.map { FinishedTile($0, halvings: halvings, areas: inputs.cellAreas) }
  }

  /// Only lists codes that the legend does not know: there will be no result.
  mutating func listUnknownCodes(_ tile: Window) throws(HabitatError) {
    guard inputs.scores(tile) else { return }
    for band in Strip.bands(of: tile) {
      try stack.readLandCover(band, into: &block)
      try note(band)
    }
  }

  /// Adds to the sums what the cells of a band that was read give rise to.
  private mutating func note(_ band: Window) throws(HabitatError) {
    if block.land.hasUnknownCode(amongFirst: band.cellCount) {
      let areas = inputs.cellAreas
      var found: [Int: Int64] = [:]
      try stack.forEachCode(of: .unknown, in: band) { cell, code in
        found[code, default: 0] += areas.area(
          column: band.column + cell % band.columns, row: band.row + cell / band.columns)
      }
      sums.unknownCodes.merge(found, uniquingKeysWith: +)
    }
    sums.add(block.land.notes, of: band)
    let impossible = stack.impossibleHeights
    if !impossible.isEmpty { sums.impossibleHeights.merge(impossible, uniquingKeysWith: min) }
    sums.heightDisagreement = stack.largestDisagreement
  }

  /// Scores a band for one species and tallies its cells.
  private mutating func score(_ band: Window, _ species: Int, into output: inout TileOutput) {
    let (scorer, values) = (scorers[species], block.values)
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
          codes: (layer == 0 ? block.land.states : codes[layer - 1]).span.extracting(cells),
          layer: layer)
      }
    }
  }
}
