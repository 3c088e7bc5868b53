import GeoIO
public import RasterCore

/// Elevation and slope of the cells of the analysis grid; owned by one task.
public struct TerrainSampler: ~Copyable {
  /// DEM cells that are held at once, unless one cell of the grid lies over more: with heights and
  /// slopes 1 MB, which stays in a core's own cache.
  public static let cellsAtOnce = 1 << 17

  private var levels: [LevelSampler]

  /// Values met so far that no place on Earth has and no file declares as nodata; they count as
  /// voids. The lowest by tile.
  public var impossibleHeights: [String: Float] {
    levels.reduce(into: [:]) { $0.merge($1.impossibleHeights, uniquingKeysWith: min) }
  }

  /// The most by which tiles that lie over one another have differed so far, metres.
  public var largestDisagreement: Float { levels.map(\.largestDisagreement).max() ?? 0 }

  /// - Parameter blocks: what threads of a run share.
  /// - Throws: `.input`, slug `no-transform`.
  public init(
    _ source: ElevationSource, sharing blocks: DecodedBlocks = DecodedBlocks()
  ) throws(HabitatError) {
    levels = []
    for level in source.levels {
      let field = try PositionField(from: source.grid, to: level.lattice.grid)
      levels.append(LevelSampler(level, field, blocks, isFirst: levels.isEmpty))
    }
  }

  /// Fills the front of the buffers with the values of `window`, row by row.
  ///
  /// - Parameters:
  ///   - elevation: metres, NaN where no DEM has a height.
  ///   - slope: degrees, NaN likewise; left alone where `withSlope` is false.
  /// - Throws: `.input`, slug `unreadable-block` and those of opening a file.
  public mutating func sample(
    _ window: Window, elevation: inout [Float], slope: inout [Float], withSlope: Bool
  ) throws(HabitatError) {
    guard window.cellCount > 0 else { return }
    // Written as a result: closures that take pointers know no typed throws.
    let result = unsafe elevation.withUnsafeMutableBufferPointer { elevation in
      unsafe slope.withUnsafeMutableBufferPointer { slope in
        let target = unsafe TerrainTarget(
          elevation: elevation, slope: withSlope ? slope : nil, window: window)
        return Result { () throws(HabitatError) in try fill(window, target) }
      }
    }
    try result.get()
  }

  private func fill(_ window: Window, _ target: TerrainTarget) throws(HabitatError) {
    for level in levels {
      try level.fill(window, target)
      if levels.count > 1 && target.isComplete { break }
    }
  }
}
