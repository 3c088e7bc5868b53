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
  /// What the file says in place of a CRS, where that is none.
  public let unreadableCRS: String?
  /// What the layer's CRS is where it is none that polygons can lie in.
  public let unsuitableCRS: String?
  public let features: [Feature]
  /// The fields of text, one of which may name the features where no field does, the likeliest first; else empty.
  public let nameCandidates: [NameCandidate]
  /// The files the layer is read from.
  public let files: [String]
  /// Doubts about the letters of names and identifiers, and tracks that were closed.
  public let warnings: [HabitatWarning]
  /// What the file says of where its data come from.
  public let origin: StatedOrigin
  public let size: OutlineSize

  /// What to read, and by which fields to name it.
  public struct Selection: Hashable, Sendable {
    public var layer: String?
    /// An OGR SQL condition.
    public var condition: String?
    public var idField: String?
    public var nameField: String?
    /// Of the layer's text; `nil` for the file's own.
    public var encoding: TextEncoding?
    public init(
      layer: String? = nil, condition: String? = nil, idField: String? = nil,
      nameField: String? = nil, encoding: TextEncoding? = nil
    ) {
      self.encoding = encoding
      (self.layer, self.condition) = (layer, condition)
      (self.idField, self.nameField) = (idField, nameField)
    }
  }

  /// - Parameters:
  ///   - path: the file.
  ///   - selection: of its features.
  ///   - admit: is asked with what is known of the outlines' size, before and while they are read; what it
  ///     throws of their final size is thrown.
  /// - Throws: `.input`: `input-missing`, `not-vector`, `layer-ambiguous`, `layer-unknown`,
  ///   `field-unknown`, `bad-condition`, `park-id-missing`, `unreadable-features`; of an OpenStreetMap extract
  ///   `osm-unsorted` and `osm-incomplete`; of a server's answer `layer-incomplete`; of tracks
  ///   `parks-not-polygons`; those of `VectorContainer`.
  public init(
    reading path: String, _ selection: Selection,
    admit: @escaping (OutlineSize) throws(HabitatError) -> Void = { _ throws(HabitatError) in }
  ) throws(HabitatError) {
    let path = try VectorContainer.file(at: path, for: .parks, layer: selection.layer)
    var admission = OutlineAdmission(admit)
    var before = OutlineSize(before: path)
    // How many features a condition leaves is not known yet, but each may have to be read.
    if selection.condition != nil { before.vertices = before.largest }
    try admission.expect(before)
    // How large an object may be is judged above; GDAL's own bound says nothing of memory.
    unsafe CPLSetThreadLocalConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", "0")
    defer { unsafe CPLSetThreadLocalConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", nil) }
    let dataset = try VectorDataset(reading: path, for: .parks, encoding: selection.encoding)
    (driver, isOpenStreetMap) = (dataset.driver, dataset.isOpenStreetMap)
    let theme = dataset.isOpenStreetMap ? FeatureTheme.parks : nil
    let layer = unsafe try dataset.layer(named: selection.layer ?? theme?.layers.first)
    let naming = unsafe try FeatureNaming(selection, OGR_L_GetLayerDefn(layer), in: path)
    let layerText = unsafe try LayerText(dataset, layer, selection.encoding)
    unsafe try layerText.refuseDoubt(about: selection.condition, layer)
    if let condition = selection.condition ?? theme?.condition {
      unsafe try FeatureCondition(condition, at: path).apply(to: layer, of: dataset, at: path)
    }
    try admission.expect(
      unsafe OutlineSize(asking: dataset, layer, condition: selection.condition))
    self.path = path
    files = dataset.files
    origin = unsafe dataset.origin(of: layer)
    if let condition = selection.condition ?? theme?.condition {
      let name = unsafe String(cString: OGR_L_GetName(layer))
      try dataset.extractReport(on: [name], where: condition, .parks)?.refuse()
    }
    try AnswerReport(of: dataset, .parks)?.refuse()
    let name = unsafe String(cString: OGR_L_GetName(layer))
    self.layer = name
    unsafe (crs, unsuitableCRS) = (dataset.crs(of: layer), dataset.unsuitableCRS(of: layer))
    unreadableCRS = dataset.unreadableCRS
    var features: [Feature] = []
    var (texts, candidates) = (FeatureTexts(naming), naming.candidates)
    var tracks = dataset.isGPX ? TrackOutlines(at: path) : nil
    unsafe _ = try dataset.forEachFeature(
      of: [name], ringsMustClose: true, named: naming.outline
    ) { (feature) throws(HabitatError) in
      unsafe texts.take(feature)
      unsafe candidates.take(feature)
      guard admission.takes(unsafe OutlineSize(of: OGR_F_GetGeometryRef(feature))) else {
        features = []
        return
      }
      unsafe features.append(
        try Self.feature(
          id: try naming.id(of: feature), name: naming.name(of: feature),
          of: feature, in: path, &admission, &tracks))
    }
    if features.isEmpty, let fault = dataset.faults.first {
      throw HabitatError(
        .input, "unreadable-features",
        "no feature can be read (GDAL: \(fault.shortened(to: 300)))", at: path,
        fix: "the file is damaged: fetch it again")
    }
    try admission.close()
    size = admission.size
    (self.features, nameCandidates) = (features, candidates.ranked)
    warnings =
      try texts.doubts(layerText, at: "parks: \(path)")
      + [tracks?.warning].compactMap(\.self)
  }

  /// - Throws: `.input`, slug `unreadable-features`, where the outline makes no sense.
  private static func feature(
    id: String, name: String, of feature: OGRFeatureH, in path: String,
    _ admission: inout OutlineAdmission, _ tracks: inout TrackOutlines?
  ) throws(HabitatError) -> Feature {
    let empty = PolygonShape(rings: [])
    guard var geometry = unsafe Geometry(takenFrom: feature) else {
      return Feature(id: id, name: name, shape: empty, drawn: nil, isPolygonal: true)
    }
    if let outline = try tracks?.outline(along: geometry, named: name) {
      geometry = Geometry(outline)
    }
    let drawn = geometry.shape
    if drawn.isEmpty {
      let isEmpty = unsafe OGR_G_IsEmpty(geometry.handle) != 0
      return Feature(id: id, name: name, shape: empty, drawn: nil, isPolygonal: isEmpty)
    }
    // Polygons of a collection may lie over one another, which makes it no less valid.
    let polygons = geometry.isPolygonal ? geometry : Geometry(drawn)
    // GEOS compares all edges whose boxes meet, which among long ones are all pairs.
    let isSurelyValid = polygons.hasWholeRings && drawn.isSurelyValid
    let vertices = drawn.pointCount
    guard isSurelyValid || admission.mayExamine(vertices) else {
      return Feature(id: id, name: name, shape: empty, drawn: nil, isPolygonal: true)
    }
    // Without room to repair it, too, it is no more than counted.
    if isSurelyValid || polygons.isValid || !admission.mayRepair(vertices) {
      return Feature(id: id, name: name, shape: drawn, drawn: nil, isPolygonal: true)
    }
    guard let shape = polygons.madeValid else {
      throw unreadableFeature("the outline of \(name)", "GEOS cannot make it valid", at: path)
    }
    return Feature(id: id, name: name, shape: shape, drawn: drawn, isPolygonal: true)
  }
}
