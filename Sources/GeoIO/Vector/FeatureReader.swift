import CGDAL
public import RasterCore

/// The points, lines and polygons of a vector file, one after another; owned by one task.
///
/// Of OpenStreetMap extracts (`.osm`, `.osm.pbf`) it reads what its theme names; other sources are taken
/// as given.
public struct FeatureReader: ~Copyable {
  private let dataset: VectorDataset
  private let theme: FeatureTheme
  /// Of all features that are read; `nil` where there is none.
  private let condition: String?
  public let path: String
  /// The layers that are read.
  public let layers: [String]
  /// `nil` where the file has none.
  public let crs: CoordinateReferenceSystem?
  /// What the file says in place of a CRS, where that is none.
  public let unreadableCRS: String?
  /// What the layer's CRS is where it is none that features can lie in.
  public let unsuitableCRS: String?
  /// The files the layer is read from.
  public let files: [String]
  public let isOpenStreetMap: Bool
  /// What the file says of where its data come from.
  public let origin: StatedOrigin
  public var driver: String { dataset.driver }

  /// What to read.
  public struct Selection: Hashable, Sendable {
    /// Without it the layer called as the theme is or, without one, the only layer.
    public var layer: String?
    /// An OGR SQL condition.
    public var condition: String?
    public var theme: FeatureTheme
    /// Of the text that a condition is held against; `nil` for the file's own.
    public var encoding: TextEncoding?
    public init(
      _ theme: FeatureTheme, layer: String? = nil, condition: String? = nil,
      encoding: TextEncoding? = nil
    ) {
      (self.theme, self.layer, self.condition) = (theme, layer, condition)
      self.encoding = encoding
    }
  }

  /// - Throws: `.input`: `input-missing`, `not-vector`, `layer-ambiguous`, `layer-unknown`,
  ///   `bad-condition`, `text-encoding`; those of `VectorContainer`; `.usage`: `encoding-fixed`.
  public init(reading path: String, _ selection: Selection) throws(HabitatError) {
    let theme = selection.theme
    let path = try VectorContainer.file(at: path, for: theme, layer: selection.layer)
    let dataset = try VectorDataset(reading: path, for: theme, encoding: selection.encoding)
    let isOpenStreetMap = dataset.isOpenStreetMap
    let layers = try dataset.layers(of: selection, isOpenStreetMap: isOpenStreetMap)
    for name in layers { if let error = dataset.unopened[name] { throw error } }
    var conditions: [String] = []
    for text in [isOpenStreetMap ? theme.condition : nil, selection.condition] {
      guard let text else { continue }
      conditions.append("(\(try FeatureCondition(text, at: path).text))")
    }
    let condition = conditions.isEmpty ? nil : conditions.joined(separator: " AND ")
    for name in layers {
      guard let layer = unsafe GDALDatasetGetLayerByName(dataset.handle, name) else { continue }
      unsafe try LayerText(dataset, layer, selection.encoding).refuseDoubt(about: condition, layer)
      guard let condition else { continue }
      let location = "\(path), layer \(name)"
      unsafe try FeatureCondition(condition, at: location).apply(
        to: layer, of: dataset, at: location)
    }
    if let name = layers.first, let first = unsafe GDALDatasetGetLayerByName(dataset.handle, name) {
      unsafe (crs, unsuitableCRS) = (dataset.crs(of: first), dataset.unsuitableCRS(of: first))
      origin = unsafe dataset.origin(of: first)
    } else {
      (crs, unsuitableCRS) = (nil, nil)
      origin = unsafe dataset.origin(of: nil)
    }
    unreadableCRS = dataset.unreadableCRS
    files = dataset.files
    (self.path, self.layers, self.isOpenStreetMap) = (path, layers, isOpenStreetMap)
    (self.theme, self.condition) = (theme, condition)
    self.dataset = dataset
  }

  /// Looks whether all is there: in an extract, what the features are made of; in a server's answer, what it
  /// was asked for.
  ///
  /// - Returns: what is lacking.
  /// - Throws: `.input`: `unreadable-features` for a damaged extract, `osm-unsorted` for one in whose order
  ///   GDAL reads nothing; for areas of water also what else is lacking, `osm-incomplete`, `layer-incomplete`.
  public func concerns() throws(HabitatError) -> [HabitatWarning] {
    var warnings: [HabitatWarning] = []
    if let report = try AnswerReport(of: dataset, theme) {
      if theme == .water { try report.refuse() }
      warnings.append(report.warning)
    }
    if let condition, let report = try dataset.extractReport(on: layers, where: condition, theme) {
      if theme == .water { try report.refuse() }
      warnings += report.warnings
    }
    return warnings
  }

  /// Passes every simple part of every feature to `body`, in the order of the file.
  ///
  /// - Returns: the number of features.
  /// - Throws: `.input`, slug `unreadable-features`.
  public func forEachPart(
    _ body: (FeatureGeometry) -> Void
  ) throws(HabitatError) -> Int {
    unsafe try dataset.forEachFeature(
      of: layers, ringsMustClose: false, named: unnamedShape
    ) { (feature) throws(HabitatError) in
      guard let borrowed = unsafe OGR_F_GetGeometryRef(feature),
        let geometry = unsafe Geometry(copying: borrowed)
      else { return }
      geometry.forEachPart(body)
    }
  }
}

extension VectorDataset {
  fileprivate func layers(
    of selection: FeatureReader.Selection, isOpenStreetMap: Bool
  ) throws(HabitatError) -> [String] {
    if let breakOff { throw breakOff }
    let names = layerNames
    if let name = selection.layer {
      guard let found = names.first(where: { $0.lowercased() == name.lowercased() }) else {
        throw HabitatError(
          .input, "layer-unknown", "there is no layer \"\(name)\"", at: path,
          fix: "the layers are: \(names.joined(separator: ", "))")
      }
      return [found]
    }
    if isOpenStreetMap { return selection.theme.layers }
    let key = selection.theme.name
    if let found = names.first(where: { $0.lowercased() == key }) { return [found] }
    let shapes = shapeLayers
    guard shapes.count == 1 else {
      throw HabitatError(
        .input, "layer-ambiguous",
        shapes.isEmpty ? "the file has no layer of shapes" : "the file has several layers",
        at: path,
        fix: "call one \"\(key)\" (ogr2ogr -nln), or name one in a landscape file: \(key): "
          + "{ path: …, layer: … }; layers: \((shapes.isEmpty ? names : shapes).joined(separator: ", "))"
      )
    }
    return shapes
  }
}
