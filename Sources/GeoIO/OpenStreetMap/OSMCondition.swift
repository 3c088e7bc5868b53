import CGDAL
import RasterCore

/// Whether elements meet the condition by which features are chosen, as OGR evaluates it.
///
/// OGR hands out no element that it cannot put together, so the condition is asked of the tags alone. A layer in
/// memory with the fields of the extract's answers, and remembers what it has answered.
@safe struct OSMCondition: ~Copyable {
  private let dataset: GDALDatasetH
  private let layer: OGRLayerH
  /// The fields that the condition asks for, by their tags' keys.
  private let fields: [String]
  private let asksForOtherTags: Bool
  private let asksForIdentifier: Bool
  private var answers: [[String?]: Bool] = [:]
  private static let mostAnswers = 1 << 16

  /// Of what no tag is: fields that GDAL fills itself.
  private static let identifiers = ["osm_id", "osm_way_id", "fid"]
  private static let otherTags = "other_tags"

  /// - Parameters:
  ///   - text: has been accepted by the extract's layer.
  ///   - definition: of that layer.
  init?(_ text: String, fieldsOf definition: OGRFeatureDefnH?) {
    guard let driver = unsafe GDALGetDriverByName("Memory"),
      let dataset = unsafe GDALCreate(driver, "", 0, 0, 0, GDT_Unknown, nil)
    else { return nil }
    guard let layer = unsafe GDALDatasetCreateLayer(dataset, "tags", nil, wkbNone, nil) else {
      unsafe GDALClose(dataset)
      return nil
    }
    let asked = text.lowercased()
    var fields: [String] = []
    for number in 0..<(unsafe OGR_FD_GetFieldCount(definition)) {
      let field = unsafe OGR_FD_GetFieldDefn(definition, number)
      let name = unsafe String(cString: OGR_Fld_GetNameRef(field))
      unsafe _ = OGR_L_CreateField(layer, field, 1)
      if asked.contains(name), name != Self.otherTags, !Self.identifiers.contains(name) {
        fields.append(name)
      }
    }
    // Points and lines have no identifier of a way.
    for name in Self.identifiers.dropLast() where unsafe layer.index(of: name) < 0 {
      let field = unsafe OGR_Fld_Create(name, OFTString)
      unsafe _ = OGR_L_CreateField(layer, field, 1)
      unsafe OGR_Fld_Destroy(field)
    }
    unsafe (self.dataset, self.layer) = (dataset, layer)
    self.fields = fields
    asksForOtherTags = asked.contains(Self.otherTags)
    asksForIdentifier = Self.identifiers.contains { asked.contains($0) }
    unsafe _ = OGR_L_SetAttributeFilter(layer, "(\(text))")
  }

  deinit { unsafe GDALClose(dataset) }

  /// The keys without which no answer can be given; `nil` for all.
  var keys: Set<String>? { asksForOtherTags ? nil : Set(fields) }

  mutating func holds(for element: borrowing OSMElement, isAreaOfWay: Bool) -> Bool {
    let values = fields.map { element[$0] }
    if asksForOtherTags || asksForIdentifier {
      return ask(values, element, isAreaOfWay: isAreaOfWay)
    }
    if let answer = answers[values] { return answer }
    let answer = ask(values, element, isAreaOfWay: isAreaOfWay)
    if answers.count == Self.mostAnswers { answers.removeAll() }
    answers[values] = answer
    return answer
  }

  private func ask(
    _ values: [String?], _ element: borrowing OSMElement, isAreaOfWay: Bool
  ) -> Bool {
    let feature = unsafe OGR_F_Create(OGR_L_GetLayerDefn(layer))
    defer { unsafe OGR_F_Destroy(feature) }
    for (name, value) in zip(fields, values) {
      guard let value else { continue }
      unsafe OGR_F_SetFieldString(feature, layer.index(of: name), value)
    }
    if asksForIdentifier {
      let name = isAreaOfWay ? "osm_way_id" : "osm_id"
      unsafe OGR_F_SetFieldString(feature, layer.index(of: name), String(element.id))
      unsafe _ = OGR_F_SetFID(feature, element.id)
    }
    if asksForOtherTags {
      let text = otherTags(of: element)
      if !text.isEmpty {
        unsafe OGR_F_SetFieldString(feature, layer.index(of: Self.otherTags), text)
      }
    }
    guard unsafe OGR_L_CreateFeature(layer, feature) == OGRERR_NONE else { return true }
    defer { unsafe _ = OGR_L_DeleteFeature(layer, OGR_F_GetFID(feature)) }
    unsafe OGR_L_ResetReading(layer)
    guard let found = unsafe OGR_L_GetNextFeature(layer) else { return false }
    unsafe OGR_F_Destroy(found)
    return true
  }

  /// Tags without a field of their own, as GDAL writes them: `"key"=>"value","key"=>"value"`.
  private func otherTags(of element: borrowing OSMElement) -> String {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    var texts: [String] = []
    for (key, value) in element.tags where unsafe layer.index(of: key) < 0 {
      texts.append("\(quoted(key))=>\(quoted(value))")
    }
    return texts.joined(separator: ",")
  }
}

extension OGRLayerH {
  /// -1 where there is no such field.
  fileprivate func index(of field: String) -> Int32 {
    unsafe OGR_FD_GetFieldIndex(OGR_L_GetLayerDefn(self), field)
  }
}
