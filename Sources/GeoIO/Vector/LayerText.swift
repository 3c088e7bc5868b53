import CGDAL
import Foundation
import RasterCore

/// What tells the encoding of a layer's text, and whether its text speaks against it.
///
/// Of a Shapefile's table only a mark, or a `.cpg` beside it, say how its letters are stored; GDAL hands out the
/// bytes as they are where neither does, and takes Western European where the mark means "of the machine that
/// wrote it".
struct LayerText {
  private let path: String
  private let layer: String
  private let given: TextEncoding?
  /// By the file's own word.
  private let declared: String?
  private let isMachineDependent: Bool
  /// The bytes of a table can be had as they are.
  private let isShapefile: Bool
  let takesEncoding: Bool

  /// - Throws: `.usage`, slug `encoding-fixed`, where an encoding is given that the format does not take.
  init(
    _ dataset: borrowing VectorDataset, _ layer: OGRLayerH, _ given: TextEncoding?
  ) throws(HabitatError) {
    path = dataset.path
    self.layer = unsafe String(cString: OGR_L_GetName(layer))
    self.given = given
    let driver = dataset.driver
    isShapefile = driver == "ESRI Shapefile"
    takesEncoding = ["ESRI Shapefile", "MapInfo File", "DXF"].contains(driver)
    func item(_ name: String) -> String? {
      unsafe GDALGetMetadataItem(layer, name, "SHAPEFILE").map { unsafe String(cString: $0) }
    }
    declared = item("SOURCE_ENCODING").flatMap { $0.isEmpty ? nil : $0 }
    isMachineDependent = item("CPG_VALUE") == nil && item("LDID_VALUE") == "87"
    guard given == nil || takesEncoding else {
      throw HabitatError(
        .usage, "encoding-fixed",
        "text of the format \(driver) is UTF-8, or says itself what it is", at: path,
        fix: "leave the encoding out; where the text is of another, write the file anew in UTF-8: "
          + "iconv -f \(given?.name ?? "CP1251") -t UTF-8 FILE > OUT")
    }
  }

  /// What a condition with letters beyond ASCII would be held against.
  ///
  /// - Throws: `.input`, slug `text-encoding`, where these fields cannot be read for certain.
  func refuseDoubt(about condition: String?, _ layer: OGRLayerH) throws(HabitatError) {
    guard let condition, !condition.utf8.allSatisfy({ $0 < 128 }), isShapefile else { return }
    let definition = unsafe OGR_L_GetLayerDefn(layer)
    var fields: [Int32] = []
    for number in 0..<(unsafe OGR_FD_GetFieldCount(definition)) {
      let name = unsafe String(cString: OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, number)))
      if condition.lowercased().contains(name.lowercased()) { fields.append(number) }
    }
    guard let fault = fault(in: bytes(of: fields, features: nil)) else { return }
    throw HabitatError(
      .input, "text-encoding", "the condition asks for letters, and \(fault.what)", at: path,
      fix: fault.fix)
  }

  /// Text that is not, or perhaps not, what it is read as.
  struct Fault {
    let isUndecodable: Bool
    let what: String
    let fix: String
  }

  /// - Parameters:
  ///   - texts: as they are read, for formats other than Shapefiles.
  ///   - features: by their numbers.
  func fault(
    inField field: Int32?, texts: [[UInt8]], features: Set<Int64>
  ) -> Fault? {
    guard let field else { return nil }
    return fault(in: isShapefile ? bytes(of: [field], features: features) : texts)
  }

  /// - Parameter texts: their bytes.
  private func fault(in texts: [[UInt8]]) -> Fault? {
    let texts = texts.filter { $0.contains { $0 > 127 } }
    guard let sample = texts.first else { return nil }
    let name = given?.name ?? (isShapefile ? declared : nil) ?? "UTF-8"
    let encoding = try? TextEncoding(named: name)
    if let bad = texts.first(where: { encoding?.text(of: $0) == nil }) {
      let says =
        given != nil || declared != nil
        ? "text is not of the encoding \(name)" : "text is not UTF-8, and nothing says what it is"
      return fault(isUndecodable: true, says, bad)
    }
    guard given == nil else { return nil }
    if isMachineDependent {
      return fault(
        isUndecodable: false,
        "the file says of its text only that it is of the machine which wrote it; it is taken as \(name)",
        sample)
    }
    let isUTF8 = texts.allSatisfy { String(validating: $0, as: UTF8.self) != nil }
    guard isUTF8, isShapefile, declared != nil, !["UTF-8", "UTF8"].contains(name.uppercased())
    else {
      return nil
    }
    return fault(
      isUndecodable: false, "the file says that its text is \(name), but it is UTF-8", sample)
  }

  private func fault(isUndecodable: Bool, _ what: String, _ bytes: [UInt8]) -> Fault {
    let readings = TextEncoding.likely.compactMap { encoding in
      encoding.text(of: bytes).map { "\"\($0)\" in \(encoding.name)" }
    }
    let trial = readings.isEmpty ? "" : "; it would be " + readings.joined(separator: ", ")
    return Fault(
      isUndecodable: isUndecodable, what: what + trial,
      fix: takesEncoding
        ? Self.fix
        : "write the file anew in UTF-8: iconv -f CP1251 -t UTF-8 FILE > OUT")
  }

  static let fix =
    "name it with --encoding LAYER=NAME, such as parks=CP1251 or parks=GBK, or encoding: in a landscape file"

  /// Texts of a table as its bytes are.
  ///
  /// - Parameter features: by their numbers; `nil` for all.
  private func bytes(of fields: [Int32], features: Set<Int64>?) -> [[UInt8]] {
    guard !fields.isEmpty,
      let raw = try? VectorDataset(reading: path, options: ["ENCODING="]),
      let layer = unsafe GDALDatasetGetLayerByName(raw.handle, layer)
    else { return [] }
    unsafe withStringList(["OGR_GEOMETRY"]) { list in
      unsafe _ = OGR_L_SetIgnoredFields(
        layer, UnsafeMutablePointer(mutating: constantList(list)))
    }
    var texts: [[UInt8]] = []
    unsafe OGR_L_ResetReading(layer)
    while let feature = unsafe OGR_L_GetNextFeature(layer) {
      defer { unsafe OGR_F_Destroy(feature) }
      guard features.map({ $0.contains(unsafe OGR_F_GetFID(feature)) }) ?? true else { continue }
      for field in fields {
        let bytes = unsafe Self.bytes(of: field, in: feature)
        if bytes.contains(where: { $0 > 127 }) { texts.append(bytes) }
      }
    }
    return texts
  }

  static func bytes(of field: Int32, in feature: OGRFeatureH) -> [UInt8] {
    guard let text = unsafe OGR_F_GetFieldAsString(feature, field) else { return [] }
    return unsafe UnsafeBufferPointer(start: text, count: strlen(text)).map {
      UInt8(bitPattern: $0)
    }
  }
}
