import RasterCore

/// The rows of the analysis grid that make one row of tiles of the outputs.
enum Strip {
  /// Cells along a side of an output tile.
  static let tile = 512
  /// Rows of a tile that are read, sampled and scored before the next: what a thread holds of them stays in
  /// its core's own cache. A multiple of the patches in which positions are found.
  static let bandRows = 128

  /// The bands of a tile, from north to south.
  static func bands(of tile: Window) -> [Window] {
    stride(from: 0, to: tile.rows, by: bandRows).map { row in
      Window(
        column: tile.column, row: tile.row + row, columns: tile.columns,
        rows: min(bandRows, tile.rows - row))
    }
  }

  /// Overviews, each half the one before, until one fits into a tile; a tile has at most nine halves.
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
}
