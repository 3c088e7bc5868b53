import CGDAL
public import RasterCore

/// One block of a band as the file holds it, decoded and in the file's own cell type.
public struct DecodedBlock: Sendable {
  /// Cells of a row, those beyond the raster's edge included.
  private let columns: Int
  private let type: GDALDataType
  private let bytes: [UInt8]

  public var byteCount: Int { bytes.count }

  fileprivate init(columns: Int, type: GDALDataType, bytes: [UInt8]) {
    (self.columns, self.type, self.bytes) = (columns, type, bytes)
  }

  /// Copies cells out, converted as GDAL converts what it reads.
  ///
  /// - Parameters:
  ///   - part: counted from the block's first cell.
  ///   - first: where in `cells` the first cell goes.
  ///   - stride: from one row to the next in `cells`.
  public func copy<Cell: RasterCell>(
    _ part: Window, into cells: inout [Cell], at first: Int, stride: Int
  ) {
    let (from, to) = (Int(GDALGetDataTypeSizeBytes(type)), MemoryLayout<Cell>.stride)
    precondition(
      part.columnRange.upperBound <= columns
        && (part.rowRange.upperBound - 1) * columns * from + part.columnRange.upperBound * from
          <= bytes.count
        && cells.count >= first + (part.rows - 1) * stride + part.columns,
      "the part lies outside the block or the buffer")
    let target = Cell.gdalType
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe cells.withUnsafeMutableBytes { cells in
        guard let source = bytes.baseAddress, let cells = cells.baseAddress else { return }
        for row in 0..<part.rows {
          let line = unsafe source + ((part.row + row) * columns + part.column) * from
          unsafe GDALCopyWords64(
            line, type, Int32(from), cells + (first + row * stride) * to, target, Int32(to),
            Int64(part.columns))
        }
      }
    }
  }
}

extension RasterDataset {
  /// Reads one block past GDAL's cache.
  ///
  /// - Throws: `.input`, slug `unreadable-block`.
  public func readBlock(
    column: Int, row: Int, band number: Int
  ) throws(HabitatError) -> DecodedBlock {
    let band = unsafe GDALGetRasterBand(handle, Int32(number))
    let type = unsafe GDALGetRasterDataType(band)
    var (columns, rows) = (Int32(0), Int32(0))
    unsafe GDALGetBlockSize(band, &columns, &rows)
    let size = Int(columns) * Int(rows) * Int(GDALGetDataTypeSizeBytes(type))
    let bytes = try reportingFailures(
      .input, "unreadable-block", "cells cannot be read",
      at: "\(path), columns from \(column * Int(columns)), rows from \(row * Int(rows))",
      fix: "the file is damaged or was cut short: fetch it again"
    ) { log in
      var result = CE_Failure
      // GDAL fills in all cells of the raster, or fails and none is looked at.
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
        result = unsafe GDALReadBlock(band, Int32(column), Int32(row), bytes.baseAddress)
        count = result == CE_None ? size : 0
      }
      return log.isWhole(result) ? bytes : nil
    }
    if let mosaic {
      let window = Window(
        column: column * Int(columns), row: row * Int(rows), columns: Int(columns), rows: Int(rows))
      try mosaic.checkBlocks(of: window, band: number, checks)
    } else if let band = unsafe band {
      try unsafe check(band, column: column, row: row, bytes)
    }
    return DecodedBlock(columns: Int(columns), type: type, bytes: bytes)
  }
}
