public import RasterCore

/// The cells of a grid that features cover: centres inside polygons, and cells that lines pass.
public struct FeatureMask: Sendable {
  private let cells: CellRuns
  /// The grid's cells in its whole, from whose corner `cells` count.
  private let place: Window

  init(_ cells: CellRuns, of grid: Grid) { (self.cells, place) = (cells, grid.place) }

  /// The same cells, counted from the corner of a part of the grid.
  public func restricted(to part: Grid) -> FeatureMask { FeatureMask(cells, of: part) }

  public var isEmpty: Bool { cells.runs.isEmpty }

  /// Passes the covered cells of a window to `body`, as rows and ranges of columns of the grid.
  @inline(__always) public func forEachRun(
    in window: Window, _ body: (_ row: Int, _ columns: Range<Int>) -> Void
  ) {
    for row in window.rowRange {
      for run in cells.runs(ofRow: row + place.row) {
        let columns = (Int(run.first) - place.column..<Int(run.end) - place.column)
          .clamped(to: window.columnRange)
        if !columns.isEmpty { body(row, columns) }
      }
    }
  }
}
