public import RasterCore

/// The cells of a grid that features cover: centres inside polygons, and cells that lines pass.
public struct FeatureMask: Sendable {
  private let cells: CellRuns

  init(_ cells: CellRuns) { self.cells = cells }

  public var isEmpty: Bool { cells.runs.isEmpty }

  /// Passes the covered cells of a window to `body`, as rows and ranges of columns of the grid.
  @inline(__always) public func forEachRun(
    in window: Window, _ body: (_ row: Int, _ columns: Range<Int>) -> Void
  ) {
    for row in window.rowRange {
      for run in cells.runs(ofRow: row) {
        let columns = (Int(run.first)..<Int(run.end)).clamped(to: window.columnRange)
        if !columns.isEmpty { body(row, columns) }
      }
    }
  }
}
