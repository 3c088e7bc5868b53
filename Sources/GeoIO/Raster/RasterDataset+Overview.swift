import CGDAL
public import RasterCore

/// A raster seen from afar: fewer cells, each standing for several of the raster's own.
public struct RasterOverview: Sendable {
  public let raster: Raster<UInt8>
  /// Columns and rows of the raster itself that a cell of the overview stands for.
  public let columnsPerCell: Double
  public let rowsPerCell: Double
}

extension RasterDataset {
  /// A band of bytes at the finest of its own and its overviews' cells that has at most `limit` cells
  /// along a side; where there is none, every so-manieth cell.
  ///
  /// - Throws: `.input`, slug `unreadable-block`.
  public func overview(
    ofBand number: Int, atMost limit: Int
  ) throws(HabitatError) -> RasterOverview {
    let sizes = [(columns: columns, rows: rows)] + overviewSizes(ofBand: number)
    let best = sizes.filter { max($0.columns, $0.rows) <= limit }
      .max { $0.columns * $0.rows < $1.columns * $1.rows }
    if let best {
      // A cell at the rim of an overview may reach beyond the raster.
      let factor = Self.factor(from: max(columns, rows), to: max(best.columns, best.rows))
      return try overview(
        number, columns: best.columns, rows: best.rows, columnsPerCell: factor, rowsPerCell: factor)
    }
    let factor = Double(max(columns, rows)) / Double(limit)
    let (width, height) = (
      max(1, Int((Double(columns) / factor).rounded())),
      max(1, Int((Double(rows) / factor).rounded()))
    )
    return try overview(
      number, columns: width, rows: height, columnsPerCell: Double(columns) / Double(width),
      rowsPerCell: Double(rows) / Double(height))
  }

  func overviewSizes(ofBand number: Int) -> [(columns: Int, rows: Int)] {
    let band = unsafe GDALGetRasterBand(handle, Int32(number))
    return (0..<(unsafe GDALGetOverviewCount(band))).map { level in
      let overview = unsafe GDALGetOverview(band, level)
      return unsafe (Int(GDALGetRasterBandXSize(overview)), Int(GDALGetRasterBandYSize(overview)))
    }
  }

  /// How many cells became one: the whole number that makes `whole` cells, rounded up, `part`.
  private static func factor(from whole: Int, to part: Int) -> Double {
    Double((whole + part - 1) / part)
  }

  private func overview(
    _ number: Int, columns width: Int, rows height: Int, columnsPerCell: Double, rowsPerCell: Double
  ) throws(HabitatError) -> RasterOverview {
    var cells = [UInt8](repeating: 0, count: width * height)
    try reportingFailures(
      .input, "unreadable-block", "cells cannot be read", at: path,
      fix: "the file is damaged or was cut short: fetch it again"
    ) { _ in
      // Read at the very size of an overview, GDAL takes the overview's cells as they are.
      let result = unsafe cells.withUnsafeMutableBytes { buffer in
        unsafe GDALRasterIO(
          GDALGetRasterBand(handle, Int32(number)), GF_Read, 0, 0, Int32(columns), Int32(rows),
          buffer.baseAddress, Int32(width), Int32(height), GDT_Byte, 0, 0)
      }
      return result == CE_None ? () : nil
    }
    return RasterOverview(
      raster: Raster(columns: width, rows: height, cells: cells), columnsPerCell: columnsPerCell,
      rowsPerCell: rowsPerCell)
  }
}
