import RasterCore

/// How the analysis grid is made small enough to be looked at: the same origin, cells a power of two
/// larger, at most 2048 of them along the longer side.
///
/// The last column and row may reach beyond the grid by less than a cell of the basemap. What a cell of
/// a power of two looks at lies within one band of a tile, so that bands are worked on apart from one
/// another.
struct BasemapPlan: Sendable {
  /// Of the basemap.
  let grid: Grid
  /// Cells of the analysis grid along a side of one of the basemap.
  let factor: Int
  private let source: Window

  static let longestSide = 2048
  /// Samples along each axis that stand for a cell; more would cost time and show nothing.
  static let samples = 4

  init(of source: Grid) {
    var factor = 1
    while max(source.columns, source.rows) > factor * Self.longestSide { factor *= 2 }
    var geotransform = source.geotransform
    geotransform.columnStepX *= Double(factor)
    geotransform.columnStepY *= Double(factor)
    geotransform.rowStepX *= Double(factor)
    geotransform.rowStepY *= Double(factor)
    grid = Grid(
      crs: source.crs, geotransform: geotransform, columns: (source.columns + factor - 1) / factor,
      rows: (source.rows + factor - 1) / factor)
    self.factor = factor
    self.source = source.window
  }

  /// The columns of the basemap that a band decides, each with those of the band that it looks at.
  func columns(under tile: Window) -> [Sampled] {
    sampled(tile.columnRange, of: source.columns)
  }

  func rows(under tile: Window) -> [Sampled] { sampled(tile.rowRange, of: source.rows) }

  /// A column or row of the basemap and the columns or rows, counted within a tile, that stand for it.
  struct Sampled: Sendable {
    let index: Int
    let offsets: [Int]
  }

  private func sampled(_ range: Range<Int>, of count: Int) -> [Sampled] {
    // Where cells are taller than a band, samples lie within the one behind their middle.
    let spread = min(factor, Strip.bandRows)
    let along = min(factor, Self.samples)
    let (start, spacing) = (factor > spread ? factor / 2 : 0, spread / along)
    let first = range.lowerBound / factor
    return (first..<max(first, (range.upperBound + factor - 1) / factor)).compactMap { index in
      let places = (0..<along).map {
        min(index * factor + start + $0 * spacing + spacing / 2, count - 1)
      }.filter(range.contains)
      guard !places.isEmpty else { return nil }
      return Sampled(index: index, offsets: places.map { $0 - range.lowerBound })
    }
  }
}
