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
    guard window.cellCount > 0 else { return }
    // Written as a result: closures that take pointers know no typed throws.
    let result = unsafe elevation.withUnsafeMutableBufferPointer { elevation in
      unsafe slope.withUnsafeMutableBufferPointer { slope in
        let target = unsafe Target(
          elevation: elevation, slope: withSlope ? slope : nil, window: window)
        return Result { () throws(HabitatError) in try fill(window, target) }
      }
    }
    try result.get()
  }

  private func fill(_ window: Window, _ target: Target) throws(HabitatError) {
    target.clear()
    for level in levels {
      try level.fill(window, target)
      if levels.count > 1 && target.isComplete { break }
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

  /// Fills what is still missing, halving `part` until the DEM cells under it fit into a block.
  fileprivate func fill(_ part: Window, _ target: Target) throws(HabitatError) {
    let patches = field.patches(holding: part)
    guard let under = demWindow(under: part, patches) else { return }
    if under.cellCount > Self.largestBlock, part.cellCount > 1 {
      for half in part.halves { try fill(half, target) }
      return
    }
    try readBlock(under, slopes: target.withSlope)
    for patch in patches {
      guard let cells = patch.window.intersection(part) else { continue }
      sample(cells, patch, into: target)
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

  private func sample(_ cells: Window, _ patch: PositionField.Patch, into target: Target) {
    block.withSampler { sampler in
      for row in cells.rowRange {
        if level.samples == 1 {
          sampleCentres(of: cells.columnRange, row, patch, sampler, target)
        } else {
          sampleMeans(of: cells.columnRange, row, patch, sampler, target)
        }
      }
    }
  }

  @inline(__always)
  private func sampleCentres(
    of columns: Range<Int>, _ row: Int, _ patch: PositionField.Patch,
    _ sampler: ElevationBlock.Sampler, _ target: Target
  ) {
    let start = target.index(ofColumn: columns.lowerBound, row)
    let fillsAll = isFirst
    field.forEachPosition(of: columns, row: row, offset: 0.5, samples: 1, in: patch) {
      index, position in
      if fillsAll || target.isMissing(start &+ index) {
        target.set(start &+ index, sampler.values(at: position))
      }
    }
  }

  /// Means of the valid ones among n × n samples spread evenly over each cell of a row.
  private func sampleMeans(
    of columns: Range<Int>, _ row: Int, _ patch: PositionField.Patch,
    _ sampler: ElevationBlock.Sampler, _ target: Target
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
    let start = target.index(ofColumn: columns.lowerBound, row)
    for index in sums.indices where target.isMissing(start + index) {
      target.set(start + index, SIMD2<Float>(sums[index] / counts[index]))
    }
  }
}

/// Where elevations and slopes of a window of the analysis grid go, while a sampler fills them in.
@safe private struct Target {
  private let elevation: UnsafeMutablePointer<Float>
  /// `nil` where nobody asks for slopes.
  private let slope: UnsafeMutablePointer<Float>?
  private let window: Window

  /// - Parameters: buffers of at least the window's cells.
  init(
    elevation: UnsafeMutableBufferPointer<Float>, slope: UnsafeMutableBufferPointer<Float>?,
    window: Window
  ) {
    precondition(
      unsafe elevation.count >= window.cellCount && slope?.count ?? .max >= window.cellCount,
      "the buffers are smaller than the window")
    unsafe self.elevation = elevation.baseAddress!
    unsafe self.slope = slope.flatMap { $0.baseAddress }
    self.window = window
  }

  var withSlope: Bool { unsafe slope != nil }

  /// All cells still lack a value.
  func clear() {
    for index in 0..<window.cellCount { set(index, SIMD2(repeating: .nan)) }
  }

  var isComplete: Bool {
    for index in 0..<window.cellCount where isMissing(index) { return false }
    return true
  }

  @inline(__always) func index(ofColumn column: Int, _ row: Int) -> Int {
    (row - window.row) * window.columns + column - window.column
  }

  @inline(__always) func isMissing(_ index: Int) -> Bool {
    let value = unsafe elevation[index]
    return value != value
  }

  @inline(__always) func set(_ index: Int, _ values: SIMD2<Float>) {
    unsafe elevation[index] = values.x
    if let slope = unsafe slope { unsafe slope[index] = values.y }
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
