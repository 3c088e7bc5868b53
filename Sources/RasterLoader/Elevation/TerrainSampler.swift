import GeoIO
public import RasterCore

/// Elevation and slope of the cells of the analysis grid; owned by one task.
public struct TerrainSampler: ~Copyable {
  private var levels: [LevelSampler]

  /// Values met so far that no place on Earth has and no file declares as nodata; they count as
  /// voids. The lowest by tile.
  public var impossibleHeights: [String: Float] {
    levels.reduce(into: [:]) { $0.merge($1.impossibleHeights, uniquingKeysWith: min) }
  }

  /// - Throws: `.input`, slug `no-transform`.
  public init(_ source: ElevationSource) throws(HabitatError) {
    levels = []
    for level in source.levels {
      let field = try PositionField(from: source.grid, to: level.lattice.grid)
      levels.append(LevelSampler(level, field, isFirst: levels.isEmpty))
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
    for index in 0..<window.cellCount { elevation[index] = .nan }
    if withSlope { for index in 0..<window.cellCount { slope[index] = .nan } }
    for index in levels.indices {
      let isComplete = try levels[index].fill(
        window, elevation: &elevation, slope: &slope, withSlope: withSlope)
      if isComplete { break }
    }
  }
}

/// The part of a sampler that one DEM lattice feeds.
///
/// A class, so that an array can hold it: its tiles are open datasets, which are not copied.
private final class LevelSampler {
  private let level: ElevationSource.Level
  private let field: PositionField
  private var tiles = OpenTiles()
  private(set) var impossibleHeights: [String: Float] = [:]
  private var heights = PaddedHeights()
  private var block = ElevationBlock()
  /// Nothing has been filled before this lattice.
  private let isFirst: Bool

  /// DEM cells that may be held at once: 16 MB each of heights and slopes.
  private static let largestBlock = 4 << 20

  init(_ level: ElevationSource.Level, _ field: consuming PositionField, isFirst: Bool) {
    self.level = level
    self.isFirst = isFirst
    self.field = field
  }

  /// Fills what is still NaN; `true` when nothing is left to fill.
  func fill(
    _ window: Window, elevation: inout [Float], slope: inout [Float], withSlope: Bool
  ) throws(HabitatError) -> Bool {
    var isComplete = true
    try fill(window, within: window, &elevation, &slope, withSlope, &isComplete)
    return isComplete
  }

  /// Halves `part` until the DEM cells under it fit into a block.
  private func fill(
    _ part: Window, within window: Window, _ elevation: inout [Float], _ slope: inout [Float],
    _ withSlope: Bool, _ isComplete: inout Bool
  ) throws(HabitatError) {
    let patches = field.patches(holding: part)
    guard let under = demWindow(under: part, patches) else {
      isComplete = false
      return
    }
    if under.cellCount > Self.largestBlock, part.cellCount > 1 {
      for half in part.halves {
        try fill(half, within: window, &elevation, &slope, withSlope, &isComplete)
      }
      return
    }
    try readBlock(under, slopes: withSlope)
    for patch in patches {
      guard let cells = patch.window.intersection(part) else { continue }
      sample(cells, patch, within: window, &elevation, &slope, withSlope, &isComplete)
    }
  }

  /// The cells of the lattice that samples of `part` may touch, `nil` when there are none.
  private func demWindow(under part: Window, _ patches: [PositionField.Patch]) -> Window? {
    var box: Extent?
    for patch in patches {
      guard let cells = patch.window.intersection(part),
        let bounds = field.bounds(of: cells, in: patch)
      else { continue }
      box = box.map { $0.union(bounds) } ?? bounds
    }
    guard let box else { return nil }
    let lattice = level.lattice.grid
    func cells(_ low: Double, _ high: Double, _ count: Int) -> Range<Int> {
      let limit = Double(count) + 2
      let first = Int(max(-2, min(limit, low - 1.5)).rounded(.down))
      let last = Int(max(-2, min(limit, high + 1.5)).rounded(.up))
      return (first..<max(first, last)).clamped(to: 0..<count)
    }
    let columns = cells(box.minX, box.maxX, lattice.columns)
    let rows = cells(box.minY, box.maxY, lattice.rows)
    guard !columns.isEmpty, !rows.isEmpty else { return nil }
    return Window(
      column: columns.lowerBound, row: rows.lowerBound, columns: columns.count, rows: rows.count)
  }

  /// Heights of `window` from the tiles, later ones over earlier ones, voids hiding nothing.
  private func readBlock(_ window: Window, slopes: Bool) throws(HabitatError) {
    heights.clear(for: window)
    let padded = Window(
      column: window.column - 1, row: window.row - 1, columns: window.columns + 2,
      rows: window.rows + 2)
    var laid: [Window] = []
    for placement in level.lattice.placements {
      guard let part = placement.window.intersection(padded) else { continue }
      let inTile = Window(
        column: part.column - placement.window.column, row: part.row - placement.window.row,
        columns: part.columns, rows: part.rows)
      let first = (part.row - padded.row) * heights.stride + part.column - padded.column
      if laid.contains(where: { $0.intersection(part) != nil }) {
        try layOver(inTile, of: placement.tile, at: first)
      } else {
        try readFirst(inTile, of: placement.tile, at: first)
      }
      laid.append(part)
    }
    block.fill(
      window, heights: &heights, lattice: level.lattice.grid, metric: slopes ? level.metric : nil)
  }

  /// Reads a tile straight to where nothing lies yet.
  private func readFirst(
    _ window: Window, of tile: RasterTile, at first: Int
  ) throws(HabitatError) {
    try tiles.read(window, of: tile, into: &heights.cells, at: first, stride: heights.stride)
    heights.interpret(
      columns: window.columns, rows: window.rows, at: first, nodata: tile.nodata.map { Float($0) },
      scale: Float(tile.heightScale), offset: Float(tile.heightOffset))
    if tile.band.hasMask {
      var mask = [UInt8](repeating: 0, count: window.cellCount)
      try tiles.readMask(window, of: tile, into: &mask)
      for cell in 0..<window.cellCount where mask[cell] == 0 {
        heights.cells[first + cell / window.columns * heights.stride + cell % window.columns] = .nan
      }
    }
    let lowest = heights.clearImpossible(columns: window.columns, rows: window.rows, at: first)
    if let lowest {
      impossibleHeights[tile.path] = min(lowest, impossibleHeights[tile.path] ?? .infinity)
    }
  }

  /// Reads a tile aside and lays it over what is there.
  private func layOver(_ window: Window, of tile: RasterTile, at first: Int) throws(HabitatError) {
    var below = PaddedHeights()
    swap(&below, &heights)
    heights.clear(
      for: Window(column: 0, row: 0, columns: window.columns - 2, rows: window.rows - 2))
    do throws(HabitatError) {
      try readFirst(window, of: tile, at: 0)
    } catch {
      swap(&below, &heights)
      throw error
    }
    swap(&below, &heights)
    heights.lay(below.cells, columns: window.columns, rows: window.rows, at: first)
  }

  /// Where a row of cells lies in the buffers that are filled.
  private struct Target {
    let start: Int
    let withSlope: Bool
  }

  private func sample(
    _ cells: Window, _ patch: PositionField.Patch, within window: Window,
    _ elevation: inout [Float], _ slope: inout [Float], _ withSlope: Bool, _ isComplete: inout Bool
  ) {
    block.withSampler { sampler in
      for row in cells.rowRange {
        let start = (row - window.row) * window.columns + cells.column - window.column
        let target = Target(start: start, withSlope: withSlope)
        if level.samples == 1 {
          sampleCentres(
            cells.columnRange, row, patch, sampler, target, &elevation, &slope, &isComplete)
        } else {
          sampleMeans(
            cells.columnRange, row, patch, sampler, target, &elevation, &slope, &isComplete)
        }
      }
    }
  }

  @inline(__always)
  private func sampleCentres(
    _ columns: Range<Int>, _ row: Int, _ patch: PositionField.Patch,
    _ sampler: ElevationBlock.Sampler, _ target: Target, _ elevation: inout [Float],
    _ slope: inout [Float], _ isComplete: inout Bool
  ) {
    var missing = 0
    field.forEachPosition(of: columns, row: row, offset: 0.5, samples: 1, in: patch) {
      index, position in
      let cell = target.start + index
      if !isFirst && !elevation[cell].isNaN { return }
      let values = sampler.values(at: position)
      elevation[cell] = values.x
      if target.withSlope { slope[cell] = values.y }
      missing += values.x.isNaN ? 1 : 0
    }
    if missing > 0 { isComplete = false }
  }

  /// Means of the valid ones among n × n samples spread evenly over each cell of a row.
  private func sampleMeans(
    _ columns: Range<Int>, _ row: Int, _ patch: PositionField.Patch,
    _ sampler: ElevationBlock.Sampler, _ target: Target, _ elevation: inout [Float],
    _ slope: inout [Float], _ isComplete: inout Bool
  ) {
    let n = level.samples
    var sums = [SIMD2<Double>](repeating: .zero, count: columns.count)
    var counts = sums
    for line in 0..<n {
      let offset = (Double(line) + 0.5) / Double(n)
      field.forEachPosition(of: columns, row: row, offset: offset, samples: n, in: patch) {
        index, position in
        let values = sampler.values(at: position)
        let isValid = SIMD2(values.x.isNaN ? 0.0 : 1, values.y.isNaN ? 0.0 : 1)
        sums[index / n] += SIMD2<Double>(values).replacing(with: 0, where: isValid .== 0)
        counts[index / n] += isValid
      }
    }
    for index in sums.indices where elevation[target.start + index].isNaN {
      let mean = sums[index] / counts[index]
      elevation[target.start + index] = Float(mean.x)
      if target.withSlope { slope[target.start + index] = Float(mean.y) }
      if mean.x.isNaN { isComplete = false }
    }
  }
}

extension Window {
  /// The two halves along the longer side.
  fileprivate var halves: [Window] {
    if columns >= rows {
      let west = columns / 2
      return [
        Window(column: column, row: row, columns: west, rows: rows),
        Window(column: column + west, row: row, columns: columns - west, rows: rows),
      ]
    }
    let north = rows / 2
    return [
      Window(column: column, row: row, columns: columns, rows: north),
      Window(column: column, row: row + north, columns: columns, rows: rows - north),
    ]
  }
}
