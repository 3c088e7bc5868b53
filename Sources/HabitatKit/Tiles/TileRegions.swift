import RasterCore

/// A rectangle of a grid and the tiles that lie on all of it, undermost first.
struct TileRegion: Hashable {
  let window: Window
  let tiles: [Int]

  /// Cuts a grid into rectangles of the same tiles; together they are the grid.
  ///
  /// - Parameter windows: where the tiles lie; they may reach beyond the grid.
  static func regions(of windows: [Window], in grid: Window) -> [TileRegion] {
    let inside = windows.map { $0.intersection(grid) }
    var edges: Set<Int> = [grid.row, grid.row + grid.rows]
    for window in inside.compactMap({ $0 }) {
      edges.formUnion([window.rowRange.lowerBound, window.rowRange.upperBound])
    }
    let rows = edges.sorted()
    return zip(rows, rows.dropFirst()).flatMap { first, end in
      band(first..<end, inside, grid)
    }
  }

  private static func band(_ rows: Range<Int>, _ windows: [Window?], _ grid: Window) -> [TileRegion]
  {
    let crossing = windows.indices.filter {
      windows[$0]?.rowRange.contains(rows.lowerBound) ?? false
    }
    var edges: Set<Int> = [grid.column, grid.column + grid.columns]
    for tile in crossing {
      edges.formUnion([
        windows[tile]!.columnRange.lowerBound, windows[tile]!.columnRange.upperBound,
      ])
    }
    let columns = edges.sorted()
    return zip(columns, columns.dropFirst()).map { first, end in
      TileRegion(
        window: Window(
          column: first, row: rows.lowerBound, columns: end - first, rows: rows.count),
        tiles: crossing.filter { windows[$0]!.columnRange.contains(first) })
    }
  }
}
