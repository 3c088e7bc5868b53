import RasterCore

/// How a part of a raster is drawn: its own cells or, where these are too many, square blocks of them.
///
/// Blocks begin at multiples of their side from the raster's first cell, so that those of two pictures
/// are the same; those at the raster's rim may be cut.
struct BlockPlan: Hashable, Sendable {
  /// Of the raster.
  let window: Window
  /// Cells along a side of a block; 1 shows the raster's own.
  let block: Int

  /// More along a side of a picture are no help to anybody.
  static let longestSide = 2048

  /// - Parameters:
  ///   - box: columns and rows to be seen.
  ///   - raster: all of its cells.
  ///   - limit: blocks along a side, at least 1.
  ///   - sides: the least side of a block that there may be and that is no less than a given one.
  /// - Returns: `nil` where nothing of the box lies on the raster.
  init?(
    covering box: Extent, of raster: Window, atMost limit: Int = Self.longestSide,
    sides: (Int) -> Int = { $0 }
  ) {
    let seen = Window(
      column: Int(bounded: box.minX.rounded(.down)), row: Int(bounded: box.minY.rounded(.down)),
      columns: 0, rows: 0)
    let columns = seen.column..<max(seen.column, Int(bounded: box.maxX.rounded(.up)))
    let rows = seen.row..<max(seen.row, Int(bounded: box.maxY.rounded(.up)))
    let (across, down) = (
      columns.clamped(to: raster.columnRange), rows.clamped(to: raster.rowRange)
    )
    guard !across.isEmpty, !down.isEmpty else { return nil }
    /// Grown to whole blocks.
    func blocks(_ range: Range<Int>, _ all: Range<Int>, _ block: Int) -> Range<Int> {
      let start = range.lowerBound / block * block
      return start..<min(all.upperBound, (range.upperBound + block - 1) / block * block)
    }
    func isFew(_ range: Range<Int>, _ block: Int) -> Bool {
      (range.count + block - 1) / block <= limit
    }
    var block = sides(max(1, (max(across.count, down.count) + limit - 1) / limit))
    while !isFew(blocks(across, raster.columnRange, block), block)
      || !isFew(blocks(down, raster.rowRange, block), block)
    { block = sides(block + 1) }
    let (wide, high) = (
      blocks(across, raster.columnRange, block), blocks(down, raster.rowRange, block)
    )
    window = Window(
      column: wide.lowerBound, row: high.lowerBound, columns: wide.count, rows: high.count)
    self.block = block
  }

  /// A plan that is written down; `nil` where none could be so.
  init?(_ window: Window, block: Int, of raster: Window) {
    guard block > 0, window.columns > 0, window.rows > 0,
      window.intersection(raster) == window,
      window.column.isMultiple(of: block), window.row.isMultiple(of: block),
      window.columns.isMultiple(of: block) || window.columnRange.upperBound == raster.columns,
      window.rows.isMultiple(of: block) || window.rowRange.upperBound == raster.rows
    else { return nil }
    (self.window, self.block) = (window, block)
  }

  var columns: Int { (window.columns + block - 1) / block }
  var rows: Int { (window.rows + block - 1) / block }
  /// The window, and beyond it what its last blocks would hold.
  var blocks: Window {
    Window(
      column: window.column, row: window.row, columns: columns * block, rows: rows * block)
  }
}
