import CGDAL
import RasterCore

/// How the cells of a band lie in blocks.
struct BlockLayout {
  private let blockColumns: Int
  private let blockRows: Int
  private let columns: Int
  private let rows: Int

  /// A block of the file with the window that it holds, cut off at the raster's edge.
  struct Block {
    let column: Int
    let row: Int
    let window: Window
    fileprivate let blockColumns: Int
    fileprivate let blockRows: Int
  }

  /// `nil` where the band's cells are of another type: then GDAL must convert them.
  init?(of band: GDALRasterBandH, _ type: GDALDataType) {
    guard unsafe GDALGetRasterDataType(band) == type else { return nil }
    var (width, height) = (Int32(0), Int32(0))
    unsafe GDALGetBlockSize(band, &width, &height)
    (blockColumns, blockRows) = (Int(width), Int(height))
    unsafe columns = Int(GDALGetRasterBandXSize(band))
    unsafe rows = Int(GDALGetRasterBandYSize(band))
  }

  /// The blocks that make up `window`, row by row; `nil` where it holds parts of blocks.
  func blocks(of window: Window) -> [Block]? {
    let (right, bottom) = (window.columnRange.upperBound, window.rowRange.upperBound)
    guard window.column % blockColumns == 0, window.row % blockRows == 0,
      right % blockColumns == 0 || right == columns, bottom % blockRows == 0 || bottom == rows
    else { return nil }
    var blocks: [Block] = []
    for row in stride(from: window.row, to: bottom, by: blockRows) {
      for column in stride(from: window.column, to: right, by: blockColumns) {
        let held = Window(
          column: column, row: row, columns: min(blockColumns, columns - column),
          rows: min(blockRows, rows - row))
        blocks.append(
          Block(
            column: column / blockColumns, row: row / blockRows, window: held,
            blockColumns: blockColumns, blockRows: blockRows))
      }
    }
    return blocks
  }
}

extension BlockLayout.Block {
  /// The bytes of the block's cells out of those of a window; beyond the raster's edge the last one
  /// goes on.
  ///
  /// Bytes, for a loop over cells of a type that is not known here takes ten times as long.
  func bytes<Cell: RasterCell>(of source: [Cell], in sourceWindow: Window) -> [UInt8] {
    let size = MemoryLayout<Cell>.stride
    let lineBytes = blockColumns * size
    var block = [UInt8](repeating: 0, count: blockRows * lineBytes)
    unsafe source.withUnsafeBytes { source in
      unsafe block.withUnsafeMutableBytes { block in
        guard let from = source.baseAddress, let to = block.baseAddress else { return }
        for row in 0..<blockRows {
          let line = unsafe to + row * lineBytes
          guard row < window.rows else {
            unsafe line.copyMemory(from: line - lineBytes, byteCount: lineBytes)
            continue
          }
          let first =
            (window.row - sourceWindow.row + row) * sourceWindow.columns + window.column
            - sourceWindow.column
          unsafe line.copyMemory(from: from + first * size, byteCount: window.columns * size)
          for column in window.columns..<max(blockColumns, window.columns) {
            unsafe (line + column * size).copyMemory(
              from: line + (column - 1) * size, byteCount: size)
          }
        }
      }
    }
    return block
  }
}
