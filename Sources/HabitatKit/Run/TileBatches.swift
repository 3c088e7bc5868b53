import RasterCore

/// The tiles of the outputs in the order in which they stand in the files, row by row, and how many
/// neighbours one thread scores before it hands them on.
///
/// The order is that of the tiles, whatever the batches: so files do not depend on their size, which goes
/// with the memory there is.
struct TileBatches: Sendable {
  let grid: Grid
  /// Tiles of a batch; the last of a row may be shorter.
  let tilesAcross: Int

  init(of grid: Grid, tilesAcross: Int) {
    (self.grid, self.tilesAcross) = (grid, max(1, tilesAcross))
  }

  var tileColumns: Int { (grid.columns + Strip.tile - 1) / Strip.tile }
  var count: Int { batchesInRow * Strip.count(in: grid) }
  private var batchesInRow: Int { (tileColumns + tilesAcross - 1) / tilesAcross }

  /// The windows of a batch's tiles, from west to east.
  func tiles(ofBatch number: Int) -> [Window] {
    guard batchesInRow > 0 else { return [] }
    let strip = Strip.window(number / batchesInRow, of: grid)
    let first = number % batchesInRow * tilesAcross
    return (first..<min(first + tilesAcross, tileColumns)).map { tile in
      let column = tile * Strip.tile
      return Window(
        column: column, row: strip.row, columns: min(Strip.tile, grid.columns - column),
        rows: strip.rows)
    }
  }
}
