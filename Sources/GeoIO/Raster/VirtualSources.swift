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
    guard let root = unsafe CPLParseXMLString(text) else { return [] }
    defer { unsafe CPLDestroyXMLNode(root) }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    var sources: [VirtualSource] = []
    unsafe Self.collect(root, folder, &sources)
    return sources
  }

  private static func collect(
    _ first: UnsafeMutablePointer<CPLXMLNode>, _ folder: String, _ sources: inout [VirtualSource]
  ) {
    var next: UnsafeMutablePointer<CPLXMLNode>? = unsafe first
    while let node = unsafe next {
      if let source = unsafe source(node, folder) {
        sources.append(source)
      } else if let child = unsafe node.pointee.psChild {
        unsafe collect(child, folder, &sources)
      }
      unsafe next = node.pointee.psNext
    }
  }

  /// `nil` for a node that is no source.
  private static func source(
    _ node: UnsafeMutablePointer<CPLXMLNode>, _ folder: String
  ) -> VirtualSource? {
    func value(_ path: String) -> String? {
      unsafe CPLGetXMLValue(node, path, nil).map { unsafe String(cString: $0) }
    }
    func number(_ path: String) -> Double? { value(path).flatMap { Double($0) } }
    guard let name = value("SourceFilename"), !name.isEmpty else { return nil }
    let isRelative = value("SourceFilename.relativeToVRT") == "1"
    let size = number("SourceProperties.RasterXSize").flatMap { columns in
      number("SourceProperties.RasterYSize").map { (Int(columns), Int($0)) }
    }
    var asked: (Double, Double)?
    if let x = number("SrcRect.xOff"), let y = number("SrcRect.yOff"),
      let width = number("SrcRect.xSize"), let height = number("SrcRect.ySize")
    {
      asked = (x + width, y + height)
    }
    return VirtualSource(
      path: isRelative
        ? SubdatasetPath(name).map { $0.inFile(folder + $0.file) } ?? folder + name : name,
      size: size, asked: asked,
      typeName: value("SourceProperties.DataType"),
      band: value("SourceBand").flatMap { Int($0) } ?? 1)
  }
}
