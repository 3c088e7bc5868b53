import CGDAL
import RasterCore

/// The two fields by which the features of a layer are told apart and called.
struct FeatureNaming {
  /// Without it the number of the feature.
  let idField: Int32?
  let nameField: Int32?
  /// Some name of a field is in letters that cannot be read.
  let hasUnreadableFields: Bool
  /// The fields of text, one of which may name the features where no field does; else none.
  let candidates: NameCandidates
  private let path: String

  /// - Parameters:
  ///   - definition: of the layer.
  ///   - path: for messages.
  /// - Throws: `.input`, slug `field-unknown`.
  init(
    _ selection: PolygonLayer.Selection, _ definition: OGRFeatureDefnH?, in path: String
  ) throws(HabitatError) {
    let fields = unsafe LayerFields(definition)
    idField = try fields.index(of: selection.idField, in: path)
    nameField = try fields.index(of: selection.nameField, in: path) ?? fields.usualNameField
    candidates = NameCandidates(nameField == nil ? fields.texts : [])
    hasUnreadableFields = fields.hasUnreadable
    self.path = path
  }

  /// - Throws: `.input`, slug `park-id-missing`, where the field holds nothing that tells a feature from
  ///   others.
  func id(of feature: OGRFeatureH) throws(HabitatError) -> String {
    guard let idField else { return String(unsafe OGR_F_GetFID(feature)) }
    let definition = unsafe OGR_F_GetFieldDefnRef(feature, idField)
    let text = unsafe Self.text(of: idField, in: feature)
    var fault: String?
    if text.allSatisfy(\.isWhitespace) {
      fault = "is empty"
    } else if unsafe OGR_Fld_GetType(definition) == OFTReal,
      unsafe !OGR_F_GetFieldAsDouble(feature, idField).isFinite
    {
      fault = "holds no number (\(text))"
    } else if unsafe OGR_Fld_GetType(definition) == OFTInteger64,
      [Int64.min, .max].contains(unsafe OGR_F_GetFieldAsInteger64(feature, idField))
    {
      // Where numbers end, GDAL puts those that are larger.
      fault = "holds a number of more than 63 bits"
    }
    guard let fault else { return text }
    let field = unsafe String(cString: OGR_Fld_GetNameRef(definition))
    throw HabitatError(
      .input, "park-id-missing",
      "\(unsafe name(of: feature)) has no identifier: its field \(field) \(fault)", at: path,
      fix: "fill in the field, choose another with --park-id, or leave such features out: "
        + "--parks-where \"\(field) IS NOT NULL\"")
  }

  /// - Returns: the name; the identifier, or the number of the feature, where it has none.
  func name(of feature: OGRFeatureH) -> String {
    for field in [nameField, idField].compactMap(\.self) {
      let text = unsafe Self.text(of: field, in: feature)
      if !text.isEmpty { return text }
    }
    let number = unsafe OGR_F_GetFID(feature)
    return idField == nil ? String(number) : "feature \(number)"
  }

  /// What an outline is called in a message.
  func outline(_ feature: OGRFeatureH) -> String {
    "the outline of \(unsafe name(of: feature))"
  }

  /// The value of a field as text; a whole number without decimals, however the file stores it.
  private static func text(of field: Int32, in feature: OGRFeatureH) -> String {
    if unsafe OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, field)) == OFTReal,
      unsafe OGR_F_IsFieldSetAndNotNull(feature, field) != 0,
      let whole = unsafe Int(exactly: OGR_F_GetFieldAsDouble(feature, field))
    {
      return String(whole)
    }
    return unsafe String(cString: OGR_F_GetFieldAsString(feature, field))
  }
}

/// The fields of a layer.
struct LayerFields {
  let names: [String]
  /// Those that hold text.
  let texts: [(number: Int32, name: String)]

  var hasUnreadable: Bool { names.contains { $0.contains("\u{FFFD}") } }

  init(_ definition: OGRFeatureDefnH?) {
    var names: [String] = []
    var texts: [(number: Int32, name: String)] = []
    for number in 0..<(unsafe OGR_FD_GetFieldCount(definition)) {
      let field = unsafe OGR_FD_GetFieldDefn(definition, number)
      let name = unsafe String(cString: OGR_Fld_GetNameRef(field))
      names.append(name)
      if unsafe OGR_Fld_GetType(field) == OFTString { texts.append((number, name)) }
    }
    (self.names, self.texts) = (names, texts)
  }

  func index(of name: String?, in path: String) throws(HabitatError) -> Int32? {
    guard let name else { return nil }
    let exact = names.firstIndex(of: name)
    guard let index = exact ?? names.firstIndex(where: { $0.lowercased() == name.lowercased() })
    else {
      throw HabitatError(
        .input, "field-unknown", "there is no field \"\(name)\"", at: path,
        fix: "the fields are: \(names.joined(separator: ", "))"
          + (hasUnreadable ? "; some cannot be read: \(LayerText.fix)" : ""))
    }
    return Int32(index)
  }

  /// Without a field named by the user, one called `name` in any case, or `park` as in `parks.gpkg`.
  var usualNameField: Int32? {
    ["name", "park"].lazy.compactMap { usual in names.firstIndex { $0.lowercased() == usual } }
      .first.map(Int32.init)
  }
}
