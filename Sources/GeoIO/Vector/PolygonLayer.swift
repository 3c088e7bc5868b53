import CGDAL
public import RasterCore

/// The polygons of one layer of a vector file, with the two fields that name them.
///
/// Of an OpenStreetMap extract these are the protected areas, unless a condition asks for others, such as
/// `boundary = 'administrative' AND admin_level = '4'`.
public struct PolygonLayer: Sendable {
  public struct Feature: Sendable {
    public let id: String
    public let name: String
    /// Valid; empty where the feature has no geometry.
    public var shape: PolygonShape
    /// What the file has, where GEOS had to repair it.
    public let drawn: PolygonShape?
    /// Neither polygon nor collection of polygons.
    public let isPolygonal: Bool
  }

  public let path: String
  public let layer: String
  public let driver: String
  public let isOpenStreetMap: Bool
  /// `nil` where the file has none.
  public let crs: CoordinateReferenceSystem?
  public let features: [Feature]
  /// The fields of text, one of which may name the features where no field does; else empty.
  public let unusedNameFields: [String]
  /// The files the layer is read from.
  public let files: [String]

  /// What to read, and by which fields to name it.
  public struct Selection: Hashable, Sendable {
    public var layer: String?
    /// An OGR SQL condition.
    public var condition: String?
    public var idField: String?
    public var nameField: String?
    public init(
      layer: String? = nil, condition: String? = nil, idField: String? = nil,
      nameField: String? = nil
    ) {
      (self.layer, self.condition) = (layer, condition)
      (self.idField, self.nameField) = (idField, nameField)
    }
  }

  /// - Throws: `.input`: `input-missing`, `not-vector`, `layer-ambiguous`, `layer-unknown`,
  ///   `field-unknown`, `bad-condition`; of an OpenStreetMap extract `osm-unsorted` and `osm-incomplete`.
  public init(reading path: String, _ selection: Selection) throws(HabitatError) {
    let dataset = try VectorDataset(reading: path, for: .parks)
    (driver, isOpenStreetMap) = (dataset.driver, dataset.isOpenStreetMap)
    let theme = dataset.isOpenStreetMap ? FeatureTheme.parks : nil
    let layer = unsafe try dataset.layer(named: selection.layer ?? theme?.layers.first)
    let fields = unsafe LayerFields(OGR_L_GetLayerDefn(layer))
    let idField = try fields.index(of: selection.idField, in: path)
    let nameField = try fields.index(of: selection.nameField, in: path) ?? fields.usualNameField
    unusedNameFields = nameField == nil ? fields.textNames : []
    if let condition = selection.condition ?? theme?.condition {
      unsafe try FeatureCondition(condition, at: path).apply(to: layer, of: dataset, at: path)
    }
    self.path = path
    files = dataset.files
    if let condition = selection.condition ?? theme?.condition {
      let name = unsafe String(cString: OGR_L_GetName(layer))
      try OSMReport(of: dataset, [name], condition, .parks)?.refuse()
    }
    let name = unsafe String(cString: OGR_L_GetName(layer))
    self.layer = name
    unsafe crs = OGR_L_GetSpatialRef(layer).flatMap { unsafe SpatialReference(copying: $0).value }
    var features: [Feature] = []
    unsafe _ = try dataset.forEachFeature(of: [name]) { (feature) throws(HabitatError) in
      let text = { (field: Int32) in unsafe Self.text(of: field, in: feature) }
      let id = idField.map(text) ?? String(unsafe OGR_F_GetFID(feature))
      let name = nameField.map(text) ?? ""
      unsafe features.append(
        try Self.feature(
          id: id, name: name.isEmpty ? id : name, OGR_F_GetGeometryRef(feature), in: path))
    }
    self.features = features
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

  /// - Throws: `.input`, slug `unreadable-features`, where the outline makes no sense.
  private static func feature(
    id: String, name: String, _ borrowed: OGRGeometryH?, in path: String
  ) throws(HabitatError) -> Feature {
    let empty = PolygonShape(rings: [])
    guard let borrowed = unsafe borrowed, let geometry = unsafe Geometry(copying: borrowed) else {
      return Feature(id: id, name: name, shape: empty, drawn: nil, isPolygonal: true)
    }
    if let fault = unsafe Geometry.fault(in: borrowed, ringsMustClose: true) {
      throw unreadableFeature("the outline of \(name)", fault, at: path)
    }
    let drawn = geometry.shape
    if drawn.isEmpty {
      let isEmpty = unsafe OGR_G_IsEmpty(geometry.handle) != 0
      return Feature(id: id, name: name, shape: empty, drawn: nil, isPolygonal: isEmpty)
    }
    // Polygons of a collection may lie over one another, which makes it no less valid.
    let polygons = geometry.isPolygonal ? geometry : Geometry(drawn)
    if polygons.isValid {
      return Feature(id: id, name: name, shape: drawn, drawn: nil, isPolygonal: true)
    }
    guard let shape = polygons.madeValid else {
      throw unreadableFeature("the outline of \(name)", "GEOS cannot make it valid", at: path)
    }
    return Feature(id: id, name: name, shape: shape, drawn: drawn, isPolygonal: true)
  }
}

/// The fields of a layer.
private struct LayerFields {
  let names: [String]
  /// Of those that hold text.
  let textNames: [String]

  init(_ definition: OGRFeatureDefnH?) {
    var (names, textNames): ([String], [String]) = ([], [])
    for number in 0..<(unsafe OGR_FD_GetFieldCount(definition)) {
      let field = unsafe OGR_FD_GetFieldDefn(definition, number)
      let name = unsafe String(cString: OGR_Fld_GetNameRef(field))
      names.append(name)
      if unsafe OGR_Fld_GetType(field) == OFTString { textNames.append(name) }
    }
    (self.names, self.textNames) = (names, textNames)
  }

  func index(of name: String?, in path: String) throws(HabitatError) -> Int32? {
    guard let name else { return nil }
    let exact = names.firstIndex(of: name)
    guard let index = exact ?? names.firstIndex(where: { $0.lowercased() == name.lowercased() })
    else {
      throw HabitatError(
        .input, "field-unknown", "there is no field \"\(name)\"", at: path,
        fix: "the fields are: \(names.joined(separator: ", "))")
    }
    return Int32(index)
  }

  /// Without a field named by the user, one called `name` in any case.
  var usualNameField: Int32? {
    names.firstIndex { $0.lowercased() == "name" }.map(Int32.init)
  }
}
