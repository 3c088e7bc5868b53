import CGDAL
import RasterCore

/// What GDAL's driver of a format leaves out of a layer without a word, looked for in the file itself: a shape
/// that is not read as the file has it is land that no table counts.
struct LostShapes: ~Copyable {
  private let shapefile: ShapefileRecords?
  /// What is wrong with features of a text, by their identifiers.
  private let faultsInText: [Int64: String]
  /// The field of a table of text that the shapes are read from.
  private let wellKnownText: Int32?
  private let isDatabase: Bool
  /// Identifiers of features of a database that came without a shape.
  private var shapeless: [Int64] = []

  /// - Throws: `.input`, slug `unreadable-features`, where the file as a whole is at fault.
  init(in layer: OGRLayerH, of dataset: borrowing VectorDataset) throws(HabitatError) {
    let driver = dataset.driver
    let name = unsafe String(cString: OGR_L_GetName(layer))
    if driver == "OGR_VRT" { try dataset.refuseLossesInSources() }
    if driver == "CSV" {
      unsafe try dataset.refuseLossesInTable(named: name, OGR_L_GetLayerDefn(layer))
    }
    let faults = try dataset.faultsInText()
    let path = driver == "ESRI Shapefile" ? dataset.shapefile(named: name) : nil
    shapefile = try ShapefileRecords.of(path)
    faultsInText = faults
    wellKnownText = unsafe driver == "CSV" ? Self.wellKnownText(of: layer) : nil
    isDatabase = driver == "GPKG" || driver == "SQLite"
  }

  private static func wellKnownText(of layer: OGRLayerH) -> Int32? {
    let definition = unsafe OGR_L_GetLayerDefn(layer)
    return (0..<(unsafe OGR_FD_GetFieldCount(definition))).first {
      let name = unsafe String(cString: OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, $0)))
      return name.uppercased() == "WKT" || name.uppercased().hasPrefix("_WKT")
    }
  }

  /// What keeps the shape of a feature from being the one of the file, for the end of a sentence.
  mutating func fault(of feature: OGRFeatureH) -> String? {
    let (number, shape) = unsafe (OGR_F_GetFID(feature), OGR_F_GetGeometryRef(feature))
    if let fault = unsafe shapefile?.fault(ofRecord: number, shape) { return fault }
    if let fault = faultsInText[number] { return fault }
    if isDatabase, unsafe shape == nil { shapeless.append(number) }
    guard let field = wellKnownText else { return nil }
    let text = unsafe String(cString: OGR_F_GetFieldAsString(feature, field))
    if text.allSatisfy(\.isWhitespace) { return nil }
    if let fault = WellKnownText.fault(in: text) { return fault }
    return unsafe shape == nil ? "its text is no geometry" : nil
  }

  /// The first of the features without a shape for which the database holds one.
  func damaged(in layer: OGRLayerH, of dataset: borrowing VectorDataset) -> Int64? {
    let (key, column) = unsafe (
      String(cString: OGR_L_GetFIDColumn(layer)), String(cString: OGR_L_GetGeometryColumn(layer))
    )
    guard !shapeless.isEmpty, !key.isEmpty, !column.isEmpty else { return nil }
    let name = unsafe String(cString: OGR_L_GetName(layer))
    for first in stride(from: 0, to: shapeless.count, by: 500) {
      let numbers = shapeless[first..<min(first + 500, shapeless.count)].map(String.init)
      let query =
        "SELECT \(key.quoted) AS number FROM \(name.quoted) WHERE \(column.quoted) IS NOT NULL "
        + "AND \(key.quoted) IN (\(numbers.joined(separator: ",")))"
      guard let rows = unsafe GDALDatasetExecuteSQL(dataset.handle, query, nil, nil) else {
        continue
      }
      defer { unsafe GDALDatasetReleaseResultSet(dataset.handle, rows) }
      if let row = unsafe OGR_L_GetNextFeature(rows) {
        defer { unsafe OGR_F_Destroy(row) }
        return unsafe OGR_F_GetFieldAsInteger64(row, 0)
      }
    }
    return nil
  }
}

extension VectorDataset {
  /// The `.shp` of a layer, which may lie in an archive.
  fileprivate func shapefile(named name: String) -> String? {
    let paths = files + [path, "/vsizip/{\(path)}/\(name).shp", "/vsizip/{\(path)}/\(name).SHP"]
    return paths.first { path in
      let file = path.split(separator: "/").last.map(String.init) ?? ""
      guard file.lowercased() == name.lowercased() + ".shp",
        case .bytes = FileSystem.size(of: path)
      else { return false }
      return true
    }
  }

  /// What is wrong with features of a text, by their identifiers.
  ///
  /// - Throws: `.input`, slug `unreadable-features`, where no feature can be named.
  fileprivate func faultsInText() throws(HabitatError) -> [Int64: String] {
    if ["KML", "LIBKML", "GML", "GPX"].contains(driver) {
      for path in markupPaths {
        var scanner = MarkupScanner()
        _ = FileSystem.read(path) {
          scanner.take($0)
          return scanner.fault == nil
        }
        guard let fault = scanner.fault else { continue }
        throw unreadableFeature("a shape", fault.what, at: "\(path), line \(fault.line)")
      }
    }
    guard let faults = text?.faults, !faults.isEmpty else { return [:] }
    // Features are numbered in another way than they stand in the file if they have numbers of their own.
    let whole = try VectorDataset(reading: path)
    var found: [Int64: String] = [:]
    var number = 0
    let layer = unsafe GDALDatasetGetLayer(whole.handle, 0)
    while let feature = unsafe OGR_L_GetNextFeature(layer) {
      if let fault = faults[number] { unsafe found[OGR_F_GetFID(feature)] = fault }
      unsafe OGR_F_Destroy(feature)
      number += 1
    }
    if found.count < faults.count, let first = faults.min(by: { $0.key < $1.key }) {
      throw unreadableFeature("feature \(first.key + 1) of the file", first.value, at: path)
    }
    return found
  }

  /// The texts of a file of markup, which may be packed.
  var markupPaths: [String] {
    let name = path.lowercased()
    if name.hasSuffix(".kmz") {
      let folder = "/vsizip/{\(path)}"
      return FileSystem.names(in: folder).filter { $0.lowercased().hasSuffix(".kml") }
        .map { "\(folder)/\($0)" }
    }
    return [name.hasSuffix(".gz") && !name.hasPrefix("/vsi") ? "/vsigzip/\(path)" : path]
  }

  /// Reads the files that a virtual one is made of for themselves: its own features do not tell.
  fileprivate func refuseLossesInSources() throws(HabitatError) {
    for file in files where file != path && file.hasTextOrRecords {
      let source = try VectorDataset(reading: file)
      _ = unsafe try source.forEachFeature(
        of: source.layerNames, ringsMustClose: false, named: unnamedShape
      ) { _ throws(HabitatError) in }
    }
  }
}

extension String {
  /// A name within a query.
  fileprivate var quoted: String { "\"" + replacing("\"", with: "\"\"") + "\"" }

  /// Of a file of a format from which shapes can be lost.
  fileprivate var hasTextOrRecords: Bool {
    [".shp", ".json", ".geojson", ".geojsonl", ".kml", ".gml", ".csv", ".gpkg", ".sqlite"].contains(
      where: lowercased().hasSuffix)
  }
}
