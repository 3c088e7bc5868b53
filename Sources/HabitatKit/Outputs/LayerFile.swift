import GeoIO
import RasterCore

/// One raster of the output while strips and their overviews arrive, north to south.
struct LayerFile<Cell: RasterCell>: ~Copyable {
  private let writer: RasterWriter
  private let grid: Grid
  /// Rows of each overview that do not fill a row of tiles yet, and where they begin.
  private var pending: [(row: Int, cells: [Cell])]

  /// Rows and columns of an overview's tiles.
  static var overviewTile: Int { 256 }

  init(_ writer: consuming RasterWriter, grid: Grid) throws(HabitatError) {
    let halvings = Strip.halvings(of: grid)
    try writer.addEmptyOverviews(halvings, tile: Self.overviewTile)
    self.writer = writer
    self.grid = grid
    pending = (0..<halvings).map { _ in (0, []) }
  }

  mutating func write(_ pyramid: Pyramid<Cell>, to strip: Window) throws(HabitatError) {
    try writer.write(pyramid.levels[0].cells, to: strip)
    for level in pending.indices {
      pending[level].cells += pyramid.levels[level + 1].cells
      // A tile is written once, whole: one that is written in parts may be stored twice.
      try flush(level, columns: pyramid.levels[level + 1].columns, rowsAtLeast: Self.overviewTile)
    }
  }

  consuming func close() throws(HabitatError) {
    for level in pending.indices {
      let columns = (grid.columns + (2 << level) - 1) >> (level + 1)
      try flush(level, columns: columns, rowsAtLeast: 1)
    }
    try writer.close()
  }

  private mutating func flush(_ level: Int, columns: Int, rowsAtLeast: Int) throws(HabitatError) {
    let rows = pending[level].cells.count / columns
    let ready = rowsAtLeast == 1 ? rows : rows / rowsAtLeast * rowsAtLeast
    guard ready > 0 else { return }
    let window = Window(column: 0, row: pending[level].row, columns: columns, rows: ready)
    try writer.write(pending[level].cells, to: window, overview: level)
    pending[level].cells.removeFirst(ready * columns)
    pending[level].row += ready
  }
}
