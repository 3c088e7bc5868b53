import CGDAL
import RasterCore

/// A raster that a VRT is made of, as the VRT says it is.
struct VirtualSource {
  let path: String
  /// Columns and rows, where the VRT tells them.
  let size: (columns: Int, rows: Int)?
  /// The last column and row that the VRT asks for.
  let asked: (columns: Double, rows: Double)?
  /// GDAL's name of the cells' type, where the VRT tells it.
  let typeName: String?
  let band: Int

  /// What does not fit the raster as it is now, for people; `nil` where all does.
  func misfit(_ raster: borrowing RasterDataset) -> String? {
    let (columns, rows) = (raster.columns, raster.rows)
    if let size, size != (columns, rows) {
      return "has \(columns) × \(rows) cells instead of \(size.columns) × \(size.rows)"
    }
    // gdal_translate rounds the parts it takes.
    if size == nil, let asked,
      asked.columns > Double(columns) + 1 || asked.rows > Double(rows) + 1
    {
      return "has \(columns) × \(rows) cells and is asked for \(asked.columns) × \(asked.rows)"
    }
    guard let found = try? raster.band(band) else { return "has no band \(band)" }
    if let typeName, typeName != found.typeName {
      return "holds \(found.typeName) instead of \(typeName)"
    }
    return nil
  }
}

extension RasterDataset {
  /// The sources that a VRT names for its bands, relative paths resolved; empty of other rasters.
  var virtualSources: [VirtualSource] {
    guard driver == "VRT" else { return [] }
    // The text itself: what GDAL makes of it has the sources' sizes as they are now.
    let text: String
    if let bytes = try? FileSystem.contents(of: path, atMost: 1 << 28) {
      text = String(decoding: bytes, as: UTF8.self)
    } else {
      text = unsafe strings(of: GDALGetMetadata(handle, "xml:VRT")).joined()
    }
    guard let tree = unsafe CPLParseXMLString(text) else { return [] }
    defer { unsafe CPLDestroyXMLNode(tree) }
    let folder = unsafe String(cString: CPLGetPath(path))
    return unsafe XMLNode.roots(of: tree).flatMap { $0.virtualSources(beside: folder) }
  }
}

extension XMLNode {
  /// Of this element and those in it.
  fileprivate func virtualSources(beside folder: String) -> [VirtualSource] {
    elements.flatMap { element in
      element.virtualSource(beside: folder).map { [$0] }
        ?? element.virtualSources(beside: folder)
    }
  }

  /// `nil` for an element that is no source.
  private func virtualSource(beside folder: String) -> VirtualSource? {
    func number(_ name: String) -> Double? { text(of: name).flatMap(Double.init) }
    guard let path = path(in: "SourceFilename", beside: folder) else { return nil }
    let size = text(of: "SourceProperties.RasterXSize").flatMap { Int($0) }.flatMap { columns in
      text(of: "SourceProperties.RasterYSize").flatMap { Int($0) }.map { (columns, $0) }
    }
    var asked: (Double, Double)?
    if let x = number("SrcRect.xOff"), let y = number("SrcRect.yOff"),
      let width = number("SrcRect.xSize"), let height = number("SrcRect.ySize")
    {
      asked = (x + width, y + height)
    }
    return VirtualSource(
      path: path, size: size, asked: asked, typeName: text(of: "SourceProperties.DataType"),
      band: text(of: "SourceBand").flatMap { Int($0) } ?? 1)
  }
}
