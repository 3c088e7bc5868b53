import RasterCore

/// How the analysis grid is made small enough to be looked at: the same origin, cells a power of two
/// larger, at most 2048 of them along the longer side; or of small parks the very cells around them.
///
/// The last column and row may reach beyond the grid by less than a cell of the basemap. What a cell of
/// a power of two looks at lies within one band of a tile, so that bands are worked on apart from one
/// another.
struct BasemapPlan: Sendable {
  /// Of the basemap.
  let grid: Grid
  /// Cells of the analysis grid along a side of one of the basemap.
  let factor: Int
  /// The cells of the analysis grid under it.
  let window: Window
  private let source: Window

  static let longestSide = 2048
  /// Samples along each axis that stand for a cell; more would cost time and show nothing.
  static let samples = 4

  /// - Parameter parks: the cells that hold parks. Where these and as much land around them as maps show go
  ///   cell by cell, the basemap is of them.
  init(of source: Grid, parks: Window? = nil) {
    let whole = source.window
    let near = parks.flatMap { Self.surroundings(of: $0).intersection(whole) } ?? whole
    let window = Self.factor(of: whole) > 1 && Self.factor(of: near) == 1 ? near : whole
    let factor = Self.factor(of: window)
    grid = source.inBlocks(of: factor, over: window)
    (self.factor, self.window, self.source) = (factor, window, whole)
  }

  private static func factor(of window: Window) -> Int {
    var factor = 1
    while max(window.columns, window.rows) > factor * longestSide { factor *= 2 }
    return factor
  }

  private static func surroundings(of parks: Window) -> Window {
    let margin = max(parks.columns, parks.rows) / 2 + 1
    return Window(
      column: parks.column - margin, row: parks.row - margin, columns: parks.columns + 2 * margin,
      rows: parks.rows + 2 * margin)
  }

  /// The columns of the basemap that a band decides, each with those of the band that it looks at.
  func columns(under tile: Window) -> [Sampled] {
    sampled(tile.columnRange, within: window.columnRange, of: source.columns)
  }

  func rows(under tile: Window) -> [Sampled] {
    sampled(tile.rowRange, within: window.rowRange, of: source.rows)
  }

  /// A column or row of the basemap and the columns or rows, counted within a tile, that stand for it.
  struct Sampled: Sendable {
    let index: Int
    let offsets: [Int]
  }

  private func sampled(
    _ range: Range<Int>, within seen: Range<Int>, of count: Int
  ) -> [Sampled] {
    // Where cells are taller than a band, samples lie within the one behind their middle.
    let spread = min(factor, Strip.bandRows)
    let along = min(factor, Self.samples)
    let (start, spacing) = (factor > spread ? factor / 2 : 0, spread / along)
    func blocks(_ range: Range<Int>) -> Range<Int> {
      range.lowerBound / factor..<(range.upperBound + factor - 1) / factor
    }
    return blocks(range).clamped(to: blocks(seen)).compactMap { index in
      let places = (0..<along).map {
        min(index * factor + start + $0 * spacing + spacing / 2, count - 1)
      }.filter(range.contains)
      guard !places.isEmpty else { return nil }
      return Sampled(
        index: index - seen.lowerBound / factor, offsets: places.map { $0 - range.lowerBound })
    }
  }
}

extension Grid {
  /// Square blocks of the cells of a window as cells of their own; the last ones may reach beyond it.
  func inBlocks(of block: Int, over window: Window) -> Grid {
    var transform = geotransform.moved(column: window.column, row: window.row)
    transform.columnStepX *= Double(block)
    transform.columnStepY *= Double(block)
    transform.rowStepX *= Double(block)
    transform.rowStepY *= Double(block)
    return Grid(
      crs: crs, geotransform: transform, columns: (window.columns + block - 1) / block,
      rows: (window.rows + block - 1) / block)
  }
}
