import RasterCore
import RasterLoader
import RunFolder

/// The refinement layers of a run on the analysis grid. A value: every task makes a `LandCoverRefiner` of
/// its own from it.
struct LandCoverRefinement: Sendable {
  struct Part: Sendable {
    let layer: RefinementLayer
    let source: LandCoverSource
  }

  /// In the order in which they are applied.
  let parts: [Part]
  /// Applied last, where the water is given as outlines.
  let water: WaterOutlines?

  /// - Throws: `.input`, slug `no-transform`.
  init(
    _ tiles: [(layer: RefinementLayer, tiles: [RasterTile])], water: WaterOutlines? = nil,
    on grid: Grid
  ) throws(HabitatError) {
    self.water = water
    var parts: [Part] = []
    for (layer, tiles) in tiles {
      parts.append(Part(layer: layer, source: try LandCoverSource(tiles, on: grid)))
    }
    self.parts = parts
  }

  /// The layers on a part of the grid, which is a whole.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  func restricted(to grid: Grid) throws(HabitatError) -> LandCoverRefinement {
    var restricted: [Part] = []
    for part in parts {
      restricted.append(
        Part(layer: part.layer, source: try part.source.restricted(to: grid)))
    }
    return LandCoverRefinement(parts: restricted, water: water?.restricted(to: grid))
  }

  private init(parts: [Part], water: WaterOutlines?) { (self.parts, self.water) = (parts, water) }

  var files: [InputFile] {
    let rasters = parts.flatMap { part in
      part.source.tiles.flatMap(\.files).map { InputFile(layer: part.layer.rawValue, path: $0) }
    }
    let outlines = water?.files ?? []
    return rasters
      + outlines.map { InputFile(layer: RefinementLayer.water.rawValue, path: $0) }
  }
}

/// Settles the land cover of windows of the analysis grid; owned by one task.
struct LandCoverRefiner: ~Copyable {
  private var readers: [Reader] = []
  private var block = LandCoverBlock()
  private let water: FeatureMask?

  /// A class, so that an array can hold it: it owns open datasets, which are not copied.
  private final class Reader {
    let layer: RefinementLayer
    let location: String
    var reader: LandCoverReader

    init(_ part: LandCoverRefinement.Part, _ blocks: DecodedBlocks) {
      let layer = part.layer
      self.layer = layer
      location = "\(layer.rawValue): \(part.source.tiles.map(\.path).listed)"
      reader = LandCoverReader(part.source, CodeTable { layer.state(of: $0) }, sharing: blocks)
    }
  }

  init(_ refinement: LandCoverRefinement, sharing blocks: DecodedBlocks = DecodedBlocks()) {
    water = refinement.water?.cells
    for part in refinement.parts { readers.append(Reader(part, blocks)) }
  }

  /// Changes the states of `window`, row by row, where a layer says more.
  ///
  /// - Throws: `.input`, slug `refinement-code`, and what reading throws.
  mutating func refine(_ window: Window, _ states: inout [UInt8]) throws(HabitatError) {
    for reader in readers {
      try reader.reader.read(window, into: &block)
      let count = window.cellCount
      guard !block.hasUnknownCode(amongFirst: count) else {
        throw try Self.unknownCode(reader, window)
      }
      for cell in 0..<count {
        states[cell] = reader.layer.refined(states[cell], by: block.states[cell])
      }
    }
    water?.forEachRun(in: window) { row, columns in
      let start = (row - window.row) * window.columns - window.column
      for column in columns {
        states[start + column] = RefinementLayer.water.refined(
          states[start + column], by: LandCategory.water.rawValue)
      }
    }
  }

  private static func unknownCode(
    _ reader: Reader, _ window: Window
  ) throws(HabitatError) -> HabitatError {
    var codes: Set<Int> = []
    try reader.reader.forEachCode(of: .unknown, in: window) { codes.insert($1) }
    return HabitatError(
      .input, "refinement-code",
      "the layer holds \(codes.sorted().prefix(10).map(String.init).joined(separator: ", ")), which "
        + "means nothing there",
      at: reader.location, fix: "give a raster that holds only \(reader.layer.codesText)")
  }
}
