import GeoIO
import RasterCore

/// One raster of the output while tiles and their overviews arrive, row by row.
struct LayerFile<Cell: RasterCell>: ~Copyable {
  private let writer: RasterWriter
  /// From half the size down.
  private var overviews: [Overview]

  /// Rows and columns of an overview's tiles.
  static var overviewTile: Int { 256 }

  init(_ writer: consuming RasterWriter, grid: Grid) throws(HabitatError) {
    let halvings = Strip.halvings(of: grid)
    try writer.addEmptyOverviews(halvings, tile: Self.overviewTile)
    self.writer = writer
    overviews = (0..<halvings).map { level in
      let last = (2 << level) - 1
      return Overview(
        columns: (grid.columns + last) >> (level + 1), rows: (grid.rows + last) >> (level + 1))
    }
  }

  mutating func write(_ pyramid: Pyramid<Cell>, to tile: Window) throws(HabitatError) {
    try writer.write(pyramid.levels[0].cells, to: tile)
    for level in overviews.indices {
      let part = pyramid.levels[level + 1]
      let window = Window(
        column: tile.column >> (level + 1), row: tile.row >> (level + 1), columns: part.columns,
        rows: part.rows)
      if let whole = overviews[level].add(part.cells, window) {
        try writer.write(whole.cells, to: whole.window, overview: level)
      }
    }
  }

  consuming func close() throws(HabitatError) { try writer.close() }

  /// An overview and those of its tiles that have come in part: one that is written in parts may be
  /// stored twice.
  private struct Overview {
    let columns: Int
    let rows: Int
    /// By column of tiles; only one row of them is open at a time.
    private var open: [Int: OpenTile] = [:]

    init(columns: Int, rows: Int) { (self.columns, self.rows) = (columns, rows) }

    /// - Returns: the tile that the part completes.
    mutating func add(_ cells: [Cell], _ part: Window) -> (cells: [Cell], window: Window)? {
      let side = LayerFile.overviewTile
      let tile = part.column / side
      let (column, row) = (tile * side, part.row / side * side)
      let window = Window(
        column: column, row: row, columns: min(side, columns - column), rows: min(side, rows - row))
      guard part != window else { return (cells, window) }
      open[tile, default: OpenTile(window, like: cells)].lay(cells, part)
      guard open[tile]?.missing == 0, let whole = open.removeValue(forKey: tile) else { return nil }
      return (whole.cells, window)
    }
  }

  private struct OpenTile {
    private let window: Window
    private(set) var cells: [Cell]
    private(set) var missing: Int

    init(_ window: Window, like cells: [Cell]) {
      self.window = window
      self.cells = [Cell](repeating: cells[0], count: window.cellCount)
      missing = window.cellCount
    }

    mutating func lay(_ part: [Cell], _ place: Window) {
      for row in 0..<place.rows {
        let first =
          (place.row - window.row + row) * window.columns + place.column - window.column
        let source = row * place.columns
        for column in 0..<place.columns { cells[first + column] = part[source + column] }
      }
      missing -= place.cellCount
    }
  }
}
