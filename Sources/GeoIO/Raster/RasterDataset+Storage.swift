import CGDAL

extension RasterDataset {
  /// Cells along the sides of the first band's overviews, the finest first.
  public var overviewSizes: [(columns: Int, rows: Int)] { overviewSizes(ofBand: 1) }

  /// Where the last of the first band's blocks ends in the file, those of its overviews included: a file
  /// with fewer bytes was cut short.
  ///
  /// - Returns: 0 where the format does not say.
  public var endOfBlocks: Int {
    let band = unsafe GDALGetRasterBand(handle, 1)
    let overviews = unsafe (0..<GDALGetOverviewCount(band)).map { unsafe GDALGetOverview(band, $0) }
    return unsafe ([band] + overviews).map { unsafe Self.endOfBlocks(of: $0) }.max() ?? 0
  }

  private static func endOfBlocks(of band: GDALRasterBandH?) -> Int {
    func number(_ item: String) -> Int? {
      unsafe GDALGetMetadataItem(band, item, "TIFF").flatMap { unsafe Int(String(cString: $0)) }
    }
    var (columns, rows) = (Int32(0), Int32(0))
    unsafe GDALGetBlockSize(band, &columns, &rows)
    let across = unsafe (Int(GDALGetRasterBandXSize(band)) + Int(columns) - 1) / Int(columns)
    let down = unsafe (Int(GDALGetRasterBandYSize(band)) + Int(rows) - 1) / Int(rows)
    var end = 0
    for row in 0..<down {
      for column in 0..<across {
        let place = "\(column)_\(row)"
        guard let offset = number("BLOCK_OFFSET_" + place), let size = number("BLOCK_SIZE_" + place)
        else { continue }
        end = max(end, offset + size)
      }
    }
    return end
  }
}
