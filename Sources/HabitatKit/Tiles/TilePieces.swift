import GeoIO
import RasterCore
import RasterLoader

extension RasterTile {
  /// About a million cells in whole blocks of the file.
  var pieceSize: (columns: Int, rows: Int) {
    let (blockColumns, blockRows) = (max(band.blockColumns, 1), max(band.blockRows, 1))
    let across = blockColumns * max(1, min(4096, grid.columns) / blockColumns)
    let columns = min(across, grid.columns)
    let rows = blockRows * max(1, (1 << 20) / max(1, columns * blockRows))
    return (columns, min(rows, grid.rows))
  }
}

extension Window {
  /// Cuts the window along the lines of a lattice of pieces that starts at `origin`.
  func pieces(_ size: (columns: Int, rows: Int), origin: Window) -> [Window] {
    func cuts(_ range: Range<Int>, _ start: Int, _ size: Int) -> [Range<Int>] {
      var cuts: [Range<Int>] = []
      var low = range.lowerBound
      while low < range.upperBound {
        let high = min(range.upperBound, start + ((low - start) / size + 1) * size)
        cuts.append(low..<high)
        low = high
      }
      return cuts
    }
    let columns = cuts(columnRange, origin.column, size.columns)
    return cuts(rowRange, origin.row, size.rows).flatMap { rows in
      columns.map {
        Window(
          column: $0.lowerBound, row: rows.lowerBound, columns: $0.count, rows: rows.count)
      }
    }
  }
}
