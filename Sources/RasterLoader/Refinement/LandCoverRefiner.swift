import RasterCore

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
    water = refinement.water
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
