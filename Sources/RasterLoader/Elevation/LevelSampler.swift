import GeoIO
import RasterCore

/// The part of a sampler that one DEM lattice feeds.
///
/// A class, so that an array can hold it: its tiles are open datasets, which are not copied.
final class LevelSampler {
  private let level: ElevationSource.Level
  private let field: PositionField
  private var tiles: OpenTiles
  /// By tile the lowest number, as stored, that is an undeclared void.
  private(set) var impossibleHeights: [String: Float] = [:]
  /// The most by which a height has differed from the one under it in another tile, metres.
  private(set) var largestDisagreement: Float = 0
  private var numbers: [Int16] = []
  private var heights = PaddedHeights()
  private var block = ElevationBlock()
  private var line = SampledRow()
  /// Nothing has been filled before this lattice.
  private let isFirst: Bool

  init(
    _ level: ElevationSource.Level, _ field: consuming PositionField, _ blocks: DecodedBlocks,
    isFirst: Bool
  ) {
    tiles = OpenTiles(sharing: blocks)
    self.level = level
    self.isFirst = isFirst
    self.field = field
  }

  /// Fills all cells of `part` on the first lattice, on others those that are still missing.
  ///
  /// Halves it until the DEM cells under it fit into a block.
  func fill(_ part: Window, _ target: TerrainTarget) throws(HabitatError) {
    let patches = field.coincidence == nil ? field.patches(holding: part) : []
    let under = field.coincidence == nil ? demWindow(under: part, patches) : cells(under: part)
    guard let under else {
      if isFirst { target.clear(part) }
      return
    }
    if under.cellCount > TerrainSampler.cellsAtOnce, part.cellCount > 1 {
      for half in part.halves { try fill(half, target) }
      return
    }
    try readHeights(under)
    let metric = target.withSlope ? level.metric : nil
    if let offset = field.coincidence {
      copy(under, to: part, offset, metric, target)
      return
    }
    block.fill(under, heights: heights, metric: metric)
    for patch in patches {
      guard let cells = patch.window.intersection(part) else { continue }
      sample(cells, patch, into: target)
    }
  }

  // MARK: On the grid's own lattice

  /// The cells of the lattice that lie on those of `part`.
  private func cells(under part: Window) -> Window? {
    field.coincidence.flatMap { offset in
      part.moved(columns: offset.columns, rows: offset.rows)
        .intersection(level.lattice.grid.window)
    }
  }

  /// Each cell is a cell of the DEM: what bilinear sampling at its centre gives, to the last bit.
  private func copy(
    _ under: Window, to part: Window, _ offset: (columns: Int, rows: Int),
    _ metric: GradientMetric?, _ target: TerrainTarget
  ) {
    let cells = under.moved(columns: -offset.columns, rows: -offset.rows)
    if isFirst && cells != part { target.clear(part) }
    unsafe heights.forEachRow(of: under, metric) { row, heights, slopes in
      unsafe target.take(
        heights, slopes, count: cells.columns, column: cells.column, row: cells.row + row,
        onlyMissing: !isFirst)
    }
  }

  // MARK: Elsewhere

  /// The cells of the lattice that samples of `part` may touch, `nil` when there are none.
  private func demWindow(under part: Window, _ patches: [PositionField.Patch]) -> Window? {
    var box: Extent?
    for patch in patches {
      guard let cells = patch.window.intersection(part),
        let bounds = field.bounds(of: cells, in: patch, samples: level.samples)
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

  private func sample(_ cells: Window, _ patch: PositionField.Patch, into target: TerrainTarget) {
    let n = level.samples
    let followsLines = patch.followsLines(samples: n)
    line.makeRoom(for: cells.columns * n)
    block.withSampler { sampler in
      for row in cells.rowRange {
        for step in 0..<n {
          let offset = (Double(step) + 0.5) / Double(n)
          if followsLines {
            sampleLines(of: cells.columnRange, row, offset, patch, sampler)
          } else {
            samplePoints(of: cells.columnRange, row, offset, patch, sampler)
          }
          if n > 1 { line.add(cells.columns, samples: n, isFirst: step == 0) }
        }
        if n > 1 { line.divide(cells.columns) }
        unsafe line.withValues { heights, slopes in
          unsafe target.take(
            heights, slopes, count: cells.columns, column: cells.column, row: row,
            onlyMissing: !isFirst)
        }
      }
    }
  }

  /// The samples of a row by polynomials.
  private func sampleLines(
    of columns: Range<Int>, _ row: Int, _ offset: Double, _ patch: PositionField.Patch,
    _ sampler: ElevationBlock.Sampler
  ) {
    let n = level.samples
    let first = (columns.lowerBound - patch.window.column) * n
    var samples = first..<first + columns.count * n
    unsafe line.withValues { heights, slopes in
      while !samples.isEmpty {
        let number = samples.lowerBound / PositionLine.length
        let start = number * PositionLine.length
        let inLine = samples.clamped(to: start..<start + PositionLine.length)
        unsafe sampler.fill(
          inLine.lowerBound - start..<inLine.upperBound - start,
          of: field.line(number, row: row, offset: offset, samples: n, in: patch),
          heights: heights + (inLine.lowerBound - first),
          slopes: slopes + (inLine.lowerBound - first))
        samples = inLine.upperBound..<samples.upperBound
      }
    }
  }

  /// The samples of a row one by one, where a polynomial is too coarse.
  private func samplePoints(
    of columns: Range<Int>, _ row: Int, _ offset: Double, _ patch: PositionField.Patch,
    _ sampler: ElevationBlock.Sampler
  ) {
    unsafe line.withValues { heights, slopes in
      field.forEachPosition(
        of: columns, row: row, offset: offset, samples: level.samples, in: patch
      ) { index, position in
        let values = sampler.value(at: position - 0.5, from: (0, 0))
        unsafe heights[index] = values.x
        unsafe slopes[index] = values.y
      }
    }
  }

  // MARK: Reading

  /// Heights of `window` from the tiles, later ones over earlier ones, voids hiding nothing.
  private func readHeights(_ window: Window) throws(HabitatError) {
    let padded = Window(
      column: window.column - 1, row: window.row - 1, columns: window.columns + 2,
      rows: window.rows + 2)
    let placements = level.lattice.placements.filter {
      $0.window.intersection(padded) != nil
    }
    if placements.count == 1 && placements[0].window.intersection(padded) == padded {
      heights.makeRoom(for: window)
    } else {
      heights.clear(for: window)
    }
    var laid: [Window] = []
    for placement in placements {
      guard let part = placement.window.intersection(padded) else { continue }
      let inTile = part.counted(from: placement.window)
      let first = (part.row - padded.row) * heights.stride + part.column - padded.column
      if laid.contains(where: { $0.intersection(part) != nil }) {
        try layOver(inTile, of: placement.tile, at: first)
      } else {
        try readFirst(inTile, of: placement.tile, at: first)
      }
      laid.append(part)
    }
    heights.extrapolate(beyond: level.lattice.grid, around: window)
  }

  /// Reads a tile straight to where nothing lies yet.
  private func readFirst(
    _ window: Window, of tile: RasterTile, at first: Int
  ) throws(HabitatError) {
    if tile.band.typeName == "Int16" {
      // Most DEMs: half the bytes to move, and turned into floats faster than GDAL does.
      if numbers.count < window.cellCount {
        numbers = [Int16](repeating: 0, count: window.cellCount)
      }
      try tiles.read(window, of: tile, into: &numbers)
      let arePlain = heights.take(
        numbers, columns: window.columns, rows: window.rows, at: first,
        nodata: tile.nodata.map { Float($0) })
      if arePlain, !tile.band.hasMask, tile.heightScale == 1, tile.heightOffset == 0 { return }
    } else {
      try tiles.read(window, of: tile, into: &heights.cells, at: first, stride: heights.stride)
    }
    if tile.band.hasMask {
      var mask = [UInt8](repeating: 0, count: window.cellCount)
      try tiles.readMask(window, of: tile, into: &mask)
      for cell in 0..<window.cellCount where mask[cell] == 0 {
        heights.cells[first + cell / window.columns * heights.stride + cell % window.columns] = .nan
      }
    }
    let lowest = heights.interpret(
      columns: window.columns, rows: window.rows, at: first, nodata: tile.nodata.map { Float($0) },
      scale: Float(tile.heightScale), offset: Float(tile.heightOffset), marks: tile.voidMarks)
    if let lowest {
      impossibleHeights[tile.path] = min(lowest, impossibleHeights[tile.path] ?? .infinity)
    }
  }

  /// Reads a tile aside and lays it over what is there.
  private func layOver(_ window: Window, of tile: RasterTile, at first: Int) throws(HabitatError) {
    var below = PaddedHeights()
    swap(&below, &heights)
    heights.makeRoom(
      for: Window(column: 0, row: 0, columns: window.columns - 2, rows: window.rows - 2))
    do throws(HabitatError) {
      try readFirst(window, of: tile, at: 0)
    } catch {
      swap(&below, &heights)
      throw error
    }
    swap(&below, &heights)
    let difference = heights.lay(
      below.cells, columns: window.columns, rows: window.rows, at: first)
    largestDisagreement = max(largestDisagreement, difference)
  }
}
