import CGDAL
import RasterCore

extension RasterDataset {
  /// Further pages of a TIFF, as paths to open: other years or layers, of which GDAL reads the first.
  ///
  /// Overviews and masks are none, whether marked as such or only smaller copies of the first page.
  public var furtherPages: [String] {
    guard driver == "GTiff", SubdatasetPath(path) == nil else { return [] }
    return subdatasets.dropFirst().filter { name in
      // What cannot be opened is a page all the same.
      guard let page = try? RasterDataset(reading: name) else { return true }
      return !isCopied(smaller: page)
    }
  }

  private func isCopied(smaller page: borrowing RasterDataset) -> Bool {
    guard page.columns < columns, page.rows < rows else { return false }
    guard let (own, other) = geotransform.flatMap({ own in page.geotransform.map { (own, $0) } })
    else { return true }
    let ratio = Point(
      x: Double(columns) / Double(page.columns), y: Double(rows) / Double(page.rows))
    let width = own.columnStepX * Double(columns)
    let height = own.rowStepY * Double(rows)
    return abs(own.originX - other.originX) < abs(own.columnStepX) * ratio.x
      && abs(own.originY - other.originY) < abs(own.rowStepY) * ratio.y
      && abs(other.columnStepX * Double(page.columns) / width - 1) < 1 / Double(page.columns) + 1e-6
      && abs(other.rowStepY * Double(page.rows) / height - 1) < 1 / Double(page.rows) + 1e-6
  }
}
