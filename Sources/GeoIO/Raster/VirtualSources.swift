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
  /// A band of the VRT, `nil` where the source may serve any.
  let target: Int?
  let sampling: VirtualSampling

  /// What does not fit the raster as it is now, for people; `nil` where all does.
  func misfit(_ raster: borrowing RasterDataset) -> String? {
    let (columns, rows) = (raster.columns, raster.rows)
    // The size of an overview is another.
    if !sampling.opensOverview {
      if let size, size != (columns, rows) {
        return "has \(columns) × \(rows) cells instead of \(size.columns) × \(size.rows)"
      }
      // gdal_translate rounds the parts it takes.
      if size == nil, let asked,
        asked.columns > Double(columns) + 1 || asked.rows > Double(rows) + 1
      {
        return "has \(columns) × \(rows) cells and is asked for \(asked.columns) × \(asked.rows)"
      }
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
      sources: roots.flatMap { $0.virtualSources(beside: folder, of: nil) },
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
  fileprivate func virtualSources(beside folder: String, of band: Int?) -> [VirtualSource] {
    elements.flatMap { element in
      let band =
        element.name.lowercased() == "vrtrasterband"
        ? element.text(of: "band").flatMap(Int.init) ?? band : band
      return element.virtualSource(beside: folder, of: band).map { [$0] }
        ?? element.virtualSources(beside: folder, of: band)
    }
  }

  /// `nil` for an element that is no source.
  private func virtualSource(beside folder: String, of target: Int?) -> VirtualSource? {
    guard
      let path = path(in: "SourceFilename", beside: folder)
        ?? path(in: "SourceDataset", beside: folder)
    else { return nil }
    let size = text(of: "SourceProperties.RasterXSize").flatMap { Int($0) }.flatMap { columns in
      text(of: "SourceProperties.RasterYSize").flatMap { Int($0) }.map { (columns, $0) }
    }
    return VirtualSource(
      path: path, size: size, asked: box("SrcRect").map { ($0.maxX, $0.maxY) },
      typeName: text(of: "SourceProperties.DataType"),
      band: text(of: "SourceBand").flatMap { Int($0) } ?? 1, target: target,
      sampling: VirtualSampling(of: self))
  }

  /// In cells, whose first is at 0, 0.
  func box(_ name: String) -> Extent? {
    let numbers = ["xOff", "yOff", "xSize", "ySize"].compactMap {
      text(of: "\(name).\($0)").flatMap(Double.init)
    }
    guard numbers.count == 4, numbers.allSatisfy(\.isFinite), numbers[2] > 0, numbers[3] > 0
    else { return nil }
    return Extent(
      minX: numbers[0], minY: numbers[1], maxX: numbers[0] + numbers[2],
      maxY: numbers[1] + numbers[3])
  }
}
