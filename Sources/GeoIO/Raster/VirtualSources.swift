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

/// What the text of a VRT says of itself.
struct VirtualDescription {
  /// Of its bands, relative paths resolved.
  var sources: [VirtualSource] = []
  /// The cells it declares, where GDAL makes others of the text: of `1e300` it takes the 1.
  var misreadSize: String?
}

extension RasterDataset {
  /// Empty of rasters that are no VRT.
  var virtualDescription: VirtualDescription {
    guard driver == "VRT" else { return VirtualDescription() }
    // The text itself: what GDAL makes of it has the sources' sizes as they are now.
    let text: String
    if let bytes = try? FileSystem.contents(of: path, atMost: 1 << 28) {
      text = String(decoding: bytes, as: UTF8.self)
    } else {
      text = unsafe strings(of: GDALGetMetadata(handle, "xml:VRT")).joined()
    }
    guard let tree = unsafe CPLParseXMLString(text) else { return VirtualDescription() }
    defer { unsafe CPLDestroyXMLNode(tree) }
    let folder = unsafe String(cString: CPLGetPath(path))
    let roots = unsafe XMLNode.roots(of: tree)
    let root = roots.first { $0.name.lowercased() == "vrtdataset" }
    return VirtualDescription(
      sources: roots.flatMap { $0.virtualSources(beside: folder) },
      misreadSize: root?.size(otherThan: (columns, rows)))
  }
}

extension XMLNode {
  /// As it is written; `nil` where it is the same.
  fileprivate func size(otherThan read: (columns: Int, rows: Int)) -> String? {
    let written = ["rasterXSize", "rasterYSize"].map { text(of: $0) ?? "no" }
    let isSame = zip(written, [read.columns, read.rows]).allSatisfy { text, count in
      Double(text.filter { !$0.isWhitespace }) == Double(count)
    }
    return isSame ? nil : written.map { $0.shortened(to: 40) }.joined(separator: " × ")
  }

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
