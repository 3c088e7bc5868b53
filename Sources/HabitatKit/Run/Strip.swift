import RasterCore

/// The rows of the analysis grid that one thread works on at a time: one row of tiles of the outputs.
enum Strip {
  /// Cells along a side of an output tile.
  static let tile = 512
  /// Columns worked on at once, so that elevations and slopes stay within a few megabytes.
  static let chunkColumns = 512

  /// Overviews, each half the one before, until one fits into a tile; a strip has at most nine halves.
  static func halvings(of grid: Grid) -> Int {
    var count = 0
    while max(grid.columns, grid.rows) > tile << count && count < 9 { count += 1 }
    return count
  }

  static func count(in grid: Grid) -> Int { (grid.rows + tile - 1) / tile }

  static func window(_ number: Int, of grid: Grid) -> Window {
    let row = number * tile
    return Window(
      column: 0, row: row, columns: grid.columns, rows: min(tile, grid.rows - row))
  }

  static func chunks(of strip: Window) -> [Window] {
    stride(from: 0, to: strip.columns, by: chunkColumns).map { column in
      Window(
        column: column, row: strip.row, columns: min(chunkColumns, strip.columns - column),
        rows: strip.rows)
    }
  }
}
