import GeoIO
public import RasterCore

/// Elevation and slope of the cells of the analysis grid; owned by one task.
public struct TerrainSampler: ~Copyable {
  private var levels: [LevelSampler]

  /// - Throws: `.input`, slug `no-transform`.
  public init(_ source: ElevationSource) throws(HabitatError) {
    levels = []
    for level in source.levels {
      levels.append(
        LevelSampler(level, try PositionField(from: source.grid, to: level.lattice.grid)))
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
  private var raw: [Float] = []

  /// DEM cells that may be held at once: 16 MB each of heights and slopes.
  private static let largestBlock = 4 << 20

  init(_ level: ElevationSource.Level, _ field: consuming PositionField) {
    self.level = level
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
    let block = try readBlock(under, slopes: withSlope)
    for patch in patches {
      guard let cells = patch.window.intersection(part) else { continue }
      sample(cells, patch, block, within: window, &elevation, &slope, &isComplete)
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
  private func readBlock(_ window: Window, slopes: Bool) throws(HabitatError) -> ElevationBlock {
    let width = window.columns + 2
    let padded = Window(
      column: window.column - 1, row: window.row - 1, columns: width, rows: window.rows + 2)
    var heights = [Float](repeating: .nan, count: padded.cellCount)
    for placement in level.lattice.placements {
      guard let part = placement.window.intersection(padded) else { continue }
      let inTile = Window(
        column: part.column - placement.window.column, row: part.row - placement.window.row,
        columns: part.columns, rows: part.rows)
      try readHeights(inTile, of: placement.tile)
      for row in 0..<part.rows {
        let target = (part.row - padded.row + row) * width + part.column - padded.column
        for column in 0..<part.columns {
          let height = raw[row * part.columns + column]
          if !height.isNaN { heights[target + column] = height }
        }
      }
    }
    return ElevationBlock(
      window: window, paddedHeights: heights, lattice: level.lattice.grid, metric: level.metric,
      slopes: slopes)
  }

  /// Reads heights in metres into `raw`, NaN where the tile has none.
  private func readHeights(_ window: Window, of tile: RasterTile) throws(HabitatError) {
    if raw.count < window.cellCount {
      raw = [Float](repeating: 0, count: window.cellCount)
    }
    try tiles.read(window, of: tile, into: &raw)
    let (scale, offset) = (Float(tile.band.scale), Float(tile.band.offset))
    let isPlain = scale == 1 && offset == 0
    if let nodata = tile.nodata.map({ Float($0) }) {
      for index in 0..<window.cellCount where raw[index] == nodata { raw[index] = .nan }
    }
    if !isPlain {
      for index in 0..<window.cellCount { raw[index] = raw[index] * scale + offset }
    }
    if tile.band.hasMask {
      var mask = [UInt8](repeating: 0, count: window.cellCount)
      try tiles.readMask(window, of: tile, into: &mask)
      for index in 0..<window.cellCount where mask[index] == 0 { raw[index] = .nan }
    }
  }

  private func sample(
    _ cells: Window, _ patch: PositionField.Patch, _ block: ElevationBlock, within window: Window,
    _ elevation: inout [Float], _ slope: inout [Float], _ isComplete: inout Bool
  ) {
    let withSlope = !block.slopes.isEmpty
    unsafe block.heights.withUnsafeBufferPointer { heights in
      unsafe block.slopes.withUnsafeBufferPointer { slopes in
        for row in cells.rowRange {
          let start = (row - window.row) * window.columns + cells.column - window.column
          if level.samples == 1 {
            field.forEachPosition(
              of: cells.columnRange, row: row, offset: 0.5, samples: 1, in: patch
            ) { index, position in
              guard elevation[start + index].isNaN else { return }
              let height = unsafe block.sample(heights, at: position)
              elevation[start + index] = Float(height)
              if withSlope {
                slope[start + index] = unsafe Float(block.sample(slopes, at: position))
              }
              if height.isNaN { isComplete = false }
            }
          } else {
            unsafe sampleMeans(
              cells, row, patch, block, heights, withSlope ? slopes : nil, start, &elevation,
              &slope,
              &isComplete)
          }
        }
      }
    }
  }

  /// Means of the valid ones among n × n samples spread evenly over each cell of a row.
  private func sampleMeans(
    _ cells: Window, _ row: Int, _ patch: PositionField.Patch, _ block: ElevationBlock,
    _ heights: UnsafeBufferPointer<Float>, _ slopes: UnsafeBufferPointer<Float>?, _ start: Int,
    _ elevation: inout [Float], _ slope: inout [Float], _ isComplete: inout Bool
  ) {
    let n = level.samples
    var sums = [(height: Double, heights: Int, slope: Double, slopes: Int)](
      repeating: (0, 0, 0, 0), count: cells.columns)
    for line in 0..<n {
      let offset = (Double(line) + 0.5) / Double(n)
      field.forEachPosition(
        of: cells.columnRange, row: row, offset: offset, samples: n, in: patch
      ) { index, position in
        let height = unsafe block.sample(heights, at: position)
        if !height.isNaN {
          sums[index / n].height += height
          sums[index / n].heights += 1
        }
        guard let slopes = unsafe slopes else { return }
        let steepness = unsafe block.sample(slopes, at: position)
        if !steepness.isNaN {
          sums[index / n].slope += steepness
          sums[index / n].slopes += 1
        }
      }
    }
    for (index, sum) in sums.enumerated() where elevation[start + index].isNaN {
      if sum.heights > 0 { elevation[start + index] = Float(sum.height / Double(sum.heights)) }
      if sum.slopes > 0 { slope[start + index] = Float(sum.slope / Double(sum.slopes)) }
      if sum.heights == 0 { isComplete = false }
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
