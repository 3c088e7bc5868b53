package import RasterCore

/// The layers of a landscape on one grid. A value: every thread makes a `StackReader` of its own from it.
package struct LayerStack: Sendable {
  package var landCover: LandCoverSource
  /// What the codes of the land cover mean.
  package var codes: CodeTable
  /// `nil` where no layer refines the land cover.
  package var refinement: LandCoverRefinement?
  /// `nil` where there is no height.
  package var elevation: ElevationSource?
  /// What distances are measured to, by layer: the nearest of all sources counts.
  package var distances: [Layer: [DistanceSource]]

  package init(
    landCover: LandCoverSource, codes: CodeTable, refinement: LandCoverRefinement? = nil,
    elevation: ElevationSource? = nil, distances: [Layer: [DistanceSource]] = [:]
  ) {
    (self.landCover, self.codes, self.refinement) = (landCover, codes, refinement)
    (self.elevation, self.distances) = (elevation, distances)
  }
}

/// What a stack holds of a window of its grid, row by row.
package struct StackBlock: Sendable {
  /// The land cover, refined.
  package fileprivate(set) var land = LandCoverBlock()
  /// The categories, 0 where there is none, and the layers that the reader was asked for.
  package fileprivate(set) var values = CellValues()

  package init() {}
}

/// Reads all layers of windows of the analysis grid; owned by one thread, and opens files of its own.
package struct StackReader: ~Copyable {
  private var landCover: LandCoverReader
  private var refiner: LandCoverRefiner?
  private var terrain: TerrainSampler?
  private let withSlope: Bool
  private var distances: [(layer: Layer, samplers: [Sampler])] = []
  /// Distances to further sources of a layer.
  private var others: [Float] = []

  /// A class, so that an array can hold it: it owns what is not copied.
  private final class Sampler {
    var sampler: DistanceSampler

    init(_ source: DistanceSource) throws(HabitatError) { sampler = try DistanceSampler(source) }
  }

  /// - Parameters:
  ///   - layers: that have values in the blocks, as far as the stack holds them; with the slope goes the
  ///     elevation.
  ///   - blocks: what threads of a run share.
  /// - Throws: `.input`, slug `no-transform`.
  package init(
    _ stack: LayerStack, layers: Set<Layer>, sharing blocks: DecodedBlocks = DecodedBlocks()
  ) throws(HabitatError) {
    let terrain: TerrainSampler?
    if let elevation = stack.elevation, layers.contains(where: \.isTerrain) {
      terrain = try TerrainSampler(elevation, sharing: blocks)
    } else {
      terrain = nil
    }
    for (layer, sources) in stack.distances.sorted(by: { $0.key < $1.key })
    where layers.contains(layer) {
      var samplers: [Sampler] = []
      for source in sources { samplers.append(try Sampler(source)) }
      distances.append((layer, samplers))
    }
    landCover = LandCoverReader(stack.landCover, stack.codes, sharing: blocks)
    refiner = stack.refinement.map { LandCoverRefiner($0, sharing: blocks) }
    withSlope = terrain != nil && layers.contains(.slope)
    self.terrain = terrain
  }

  /// Fills the front of `block` with the layers of `window`.
  ///
  /// Where no cell has a land cover nothing needs a value: seas and rims cost no DEM.
  ///
  /// - Returns: `false` in that case; then the planes have room for the window and hold the values of another.
  /// - Throws: `.input`: `unreadable-block`, `refinement-code` and those of opening a file.
  package mutating func read(
    _ window: Window, into block: inout StackBlock
  ) throws(HabitatError) -> Bool {
    try readLandCover(window, into: &block)
    guard block.values.categories.prefix(window.cellCount).contains(where: { $0 != 0 }) else {
      makeRoom(for: window, in: &block.values)
      return false
    }
    try readValues(window, into: &block)
    return true
  }

  /// Fills the front of `block` with the land cover of `window`, refined, and its categories.
  package mutating func readLandCover(
    _ window: Window, into block: inout StackBlock
  ) throws(HabitatError) {
    try landCover.read(window, into: &block.land)
    try refiner?.refine(window, &block.land.states)
    block.findCategories(ofFirst: window.cellCount)
  }

  /// Fills the front of `block` with the values of all layers but land cover, wherever the cells lie.
  package mutating func readValues(
    _ window: Window, into block: inout StackBlock
  ) throws(HabitatError) {
    makeRoom(for: window, in: &block.values)
    for (layer, samplers) in distances {
      for (number, sampler) in samplers.enumerated() {
        guard number > 0 else {
          sampler.sampler.sample(window, into: &block.values.planes[layer, default: []])
          continue
        }
        if others.count < window.cellCount {
          others = [Float](repeating: .nan, count: window.cellCount)
        }
        sampler.sampler.sample(window, into: &others)
        block.values.planes[layer]?.keepLess(of: others, first: window.cellCount)
      }
    }
    guard terrain != nil else { return }
    // Out of the planes and back: two of one dictionary would be two accesses to it at once.
    var elevation = block.values.planes[.elevation].take() ?? []
    var slope = block.values.planes[.slope].take() ?? []
    defer {
      block.values.planes[.elevation] = elevation
      if withSlope { block.values.planes[.slope] = slope }
    }
    try terrain?.sample(window, elevation: &elevation, slope: &slope, withSlope: withSlope)
  }

  /// Fills the front of `block` for a window that is not wanted: no cell has a land cover, and nothing is read.
  package func leaveOut(_ window: Window, from block: inout StackBlock) {
    block.land.clear(window.cellCount)
    block.findCategories(ofFirst: window.cellCount)
    makeRoom(for: window, in: &block.values)
  }

  private func makeRoom(for window: Window, in values: inout CellValues) {
    var layers = distances.map(\.layer)
    if terrain != nil { layers += withSlope ? [.elevation, .slope] : [.elevation] }
    for layer in layers { values.makeRoom(for: layer, cells: window.cellCount) }
  }

  /// What the codes alone make of the cells of `window`, before anything refines them.
  package mutating func readUnrefined(
    _ window: Window, into land: inout LandCoverBlock
  ) throws(HabitatError) {
    try landCover.read(window, into: &land)
  }

  /// Passes the cells of an unrefined state to `body`, with their codes.
  package mutating func forEachCode(
    of state: LandState, in window: Window, _ body: (_ cell: Int, _ code: Int) -> Void
  ) throws(HabitatError) {
    try landCover.forEachCode(of: state, in: window, body)
  }

  /// Heights met so far that no place on Earth has; see `TerrainSampler`.
  package var impossibleHeights: [String: Float] {
    mutating get { terrain?.impossibleHeights ?? [:] }
  }

  /// The most by which tiles of the DEM that lie over one another have differed so far, metres.
  package var largestDisagreement: Float {
    mutating get { terrain?.largestDisagreement ?? 0 }
  }
}

extension StackBlock {
  /// The categories of the first cells.
  fileprivate mutating func findCategories(ofFirst count: Int) {
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
}

extension [Float] {
  /// Of the first cells the smaller value each.
  fileprivate mutating func keepLess(of others: [Float], first count: Int) {
    for cell in 0..<count { self[cell] = Swift.min(self[cell], others[cell]) }
  }
}
