import CGDAL
public import RasterCore

/// A vector file being written: a GeoPackage, of which equal content gives equal bytes, or another format.
@safe public struct VectorWriter: ~Copyable {
  private let handle: GDALDatasetH

  public enum GeometryKind: Sendable { case point, line, polygon, none }

  public enum FieldValue: Sendable {
    case text(String)
    case whole(Int)
    case real(Double)
  }

  /// Flags are given as whole numbers 0 and 1, times as text, `YYYY-MM-DDTHH:MM:SSZ`.
  public enum FieldKind: Sendable { case text, whole, real, flag, time }

  public enum Shape: Sendable {
    case point(Point)
    case line([Point])
    case polygon(PolygonShape)
    case none
  }

  /// - Parameter driver: GDAL's name of a format it can create.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public init(creating path: String, driver name: String = "GPKG") throws(HabitatError) {
    GeospatialLibraries.ready
    unsafe handle = try Self.reportingWriteFailures(at: path) { _ -> GDALDatasetH? in
      let driver = unsafe GDALGetDriverByName(name)
      return unsafe GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, nil)
    }
  }

  deinit { unsafe GDALClose(handle) }

  /// Adds a layer with its features, each a shape and the values of the fields in order.
  ///
  /// - Parameters:
  ///   - crs: `nil` for a table without geometry.
  ///   - options: layer creation options, `KEY=VALUE`.
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public func addLayer(
    _ name: String, crs: CoordinateReferenceSystem?, kind: GeometryKind,
    fields: [(name: String, kind: FieldKind)], features: [(shape: Shape, values: [FieldValue])],
    options: [String] = []
  ) throws(HabitatError) {
    try Self.reportingWriteFailures(at: name) { log -> Void? in
      let type =
        switch kind {
        case .point: wkbPoint
        case .line: wkbLineString
        case .polygon: wkbMultiPolygon
        case .none: wkbNone
        }
      guard let layer = unsafe makeLayer(name, crs, type, options) else { return nil }
      for field in fields {
        let fieldType =
          switch field.kind {
          case .text: OFTString
          case .whole: OFTInteger64
          case .real: OFTReal
          case .flag: OFTInteger
          case .time: OFTDateTime
          }
        let definition = unsafe OGR_Fld_Create(field.name, fieldType)
        defer { unsafe OGR_Fld_Destroy(definition) }
        if field.kind == .flag { unsafe OGR_Fld_SetSubType(definition, OFSTBoolean) }
        guard unsafe OGR_L_CreateField(layer, definition, 1) == OGRERR_NONE else { return nil }
      }
      guard unsafe OGR_L_StartTransaction(layer) == OGRERR_NONE else { return nil }
      for feature in features {
        guard unsafe Self.write(feature.shape, feature.values, to: layer) else { return nil }
      }
      guard unsafe OGR_L_CommitTransaction(layer) == OGRERR_NONE else { return nil }
      return log.messages.isEmpty ? () : nil
    }
  }

  private func makeLayer(
    _ name: String, _ crs: CoordinateReferenceSystem?, _ type: OGRwkbGeometryType,
    _ options: [String]
  ) -> OGRLayerH? {
    unsafe withStringList(options) { list -> OGRLayerH? in
      guard let crs else { return unsafe GDALDatasetCreateLayer(handle, name, nil, type, list) }
      guard let reference = SpatialReference(userInput: crs.wkt) else { return nil }
      // A GeoPackage takes WKT 2 where WKT 1 has no words for a CRS, but tries that first.
      if reference.isDerived { unsafe CPLPushErrorHandler(CPLQuietErrorHandler) }
      defer { if reference.isDerived { CPLPopErrorHandler() } }
      return unsafe GDALDatasetCreateLayer(handle, name, reference.handle, type, list)
    }
  }

  private static func write(
    _ shape: Shape, _ values: [FieldValue], to layer: OGRLayerH
  ) -> Bool {
    let feature = unsafe OGR_F_Create(OGR_L_GetLayerDefn(layer))
    defer { unsafe OGR_F_Destroy(feature) }
    for (index, value) in values.enumerated() {
      switch value {
      case .text(let text): unsafe OGR_F_SetFieldString(feature, Int32(index), text)
      case .whole(let number): unsafe OGR_F_SetFieldInteger64(feature, Int32(index), Int64(number))
      case .real(let number): unsafe OGR_F_SetFieldDouble(feature, Int32(index), number)
      }
    }
    if let geometry = Self.geometry(of: shape) {
      unsafe OGR_F_SetGeometryDirectly(feature, geometry.released())
    }
    return unsafe OGR_L_CreateFeature(layer, feature) == OGRERR_NONE
  }

  private static func geometry(of shape: Shape) -> Geometry? {
    switch shape {
    case .none: return nil
    case .polygon(let polygon): return Geometry(polygon)
    case .point(let point):
      let handle: OGRGeometryH = unsafe OGR_G_CreateGeometry(wkbPoint)
      unsafe OGR_G_SetPoint_2D(handle, 0, point.x, point.y)
      return unsafe Geometry(owning: handle)
    case .line(let points):
      let handle: OGRGeometryH = unsafe OGR_G_CreateGeometry(wkbLineString)
      for point in points { unsafe OGR_G_AddPoint_2D(handle, point.x, point.y) }
      return unsafe Geometry(owning: handle)
    }
  }

  /// Flushes and closes, reporting a failed write.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public consuming func close() throws(HabitatError) {
    let (handle, path) = unsafe (handle, String(cString: GDALGetDescription(handle)))
    discard self
    try Self.reportingWriteFailures(at: path) { log -> Void? in
      unsafe GDALClose(handle)
      return log.messages.isEmpty ? () : nil
    }
  }

  private static func reportingWriteFailures<Value: ~Copyable>(
    at path: String, _ call: (FailureLog) -> Value?
  ) throws(HabitatError) -> Value {
    try reportingFailures(
      .cannotWrite, "write-failed", "the file cannot be written", at: path,
      fix: "check free space and permissions", call)
  }
}
