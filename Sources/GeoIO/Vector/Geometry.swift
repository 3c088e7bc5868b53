import CGDAL
public import RasterCore

/// The owner of one OGR geometry.
@safe struct Geometry: ~Copyable {
  let handle: OGRGeometryH

  /// Takes over a geometry made by OGR.
  init(owning handle: OGRGeometryH) { unsafe self.handle = handle }

  /// A copy of a geometry that a feature owns: flat, curves made straight.
  init?(copying borrowed: OGRGeometryH) {
    guard let linear = unsafe OGR_G_GetLinearGeometry(borrowed, 0, nil) else { return nil }
    unsafe OGR_G_FlattenTo2D(linear)
    unsafe handle = linear
  }

  /// The geometry of a feature, which no longer has it: flat, curves made straight.
  init?(takenFrom feature: OGRFeatureH) {
    guard let own = unsafe OGR_F_StealGeometry(feature) else { return nil }
    guard unsafe OGR_G_HasCurveGeometry(own, 1) != 0 else {
      unsafe OGR_G_FlattenTo2D(own)
      unsafe self.init(owning: own)
      return
    }
    defer { unsafe OGR_G_DestroyGeometry(own) }
    unsafe self.init(copying: own)
  }

  /// The polygons of a shape, holes with the shell that stands before them.
  init(_ shape: PolygonShape) {
    let collection: OGRGeometryH = unsafe OGR_G_CreateGeometry(wkbMultiPolygon)
    var polygon: OGRGeometryH?
    for ring in shape.rings {
      let isShell = ring.signedArea >= 0
      let startsPolygon = unsafe isShell || polygon == nil
      if startsPolygon {
        if let finished = unsafe polygon { unsafe OGR_G_AddGeometryDirectly(collection, finished) }
        unsafe polygon = OGR_G_CreateGeometry(wkbPolygon)
      }
      let line = unsafe OGR_G_CreateGeometry(wkbLinearRing)
      unsafe OGR_G_SetPointCount(line, Int32(ring.count + 1))
      for (index, point) in ring.enumerated() {
        unsafe OGR_G_SetPoint_2D(line, Int32(index), point.x, point.y)
      }
      unsafe OGR_G_SetPoint_2D(line, Int32(ring.count), ring[0].x, ring[0].y)
      unsafe OGR_G_AddGeometryDirectly(polygon, line)
    }
    if let finished = unsafe polygon { unsafe OGR_G_AddGeometryDirectly(collection, finished) }
    unsafe handle = collection
  }

  deinit { unsafe OGR_G_DestroyGeometry(handle) }

  /// For another owner.
  consuming func released() -> OGRGeometryH {
    let handle = unsafe handle
    discard self
    return unsafe handle
  }

  /// A polygon, or several of which GEOS asks that they lie apart.
  var isPolygonal: Bool {
    let type = unsafe OGR_GT_Flatten(OGR_G_GetGeometryType(handle))
    return type == wkbPolygon || type == wkbMultiPolygon
  }

  /// Whether GEOS has nothing against it; what it says of the rest goes nowhere.
  var isValid: Bool {
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    return unsafe OGR_G_IsValid(handle) != 0
  }

  /// Whether every ring is closed and long enough, so that `shape` leaves none out.
  var hasWholeRings: Bool { unsafe Self.hasWholeRings(handle) }

  private static func hasWholeRings(_ geometry: OGRGeometryH) -> Bool {
    let isPolygon = unsafe OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) == wkbPolygon
    return (0..<max(0, unsafe OGR_G_GetGeometryCount(geometry))).allSatisfy { index in
      guard let part = unsafe OGR_G_GetGeometryRef(geometry, index) else { return false }
      guard isPolygon else { return unsafe hasWholeRings(part) }
      let last = unsafe OGR_G_GetPointCount(part) - 1
      return unsafe last >= 3 && OGR_G_GetX(part, 0) == OGR_G_GetX(part, last)
        && OGR_G_GetY(part, 0) == OGR_G_GetY(part, last)
    }
  }

  /// The polygonal part of what GEOS makes of an invalid geometry; `nil` where it can make nothing.
  ///
  /// Of several polygons each is made valid by itself, and then they are put together: taken at once, land
  /// under two of them would be under none.
  var madeValid: PolygonShape? {
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    let count = unsafe OGR_G_GetGeometryCount(handle)
    guard unsafe OGR_GT_Flatten(OGR_G_GetGeometryType(handle)) == wkbMultiPolygon, count > 1 else {
      return unsafe OGR_G_MakeValid(handle).map { unsafe Geometry(owning: $0).shape }
    }
    var parts = PolygonShape(rings: [])
    for index in 0..<count {
      guard let part = unsafe OGR_G_GetGeometryRef(handle, index),
        let valid = unsafe OGR_G_MakeValid(part)
      else { return nil }
      parts.rings += unsafe Geometry(owning: valid).shape.rings
    }
    let together = Geometry(parts)
    return unsafe OGR_G_UnionCascaded(together.handle).map { unsafe Geometry(owning: $0).shape }
  }

  /// The polygonal part, rings oriented: shells counter-clockwise, each followed by its holes.
  var shape: PolygonShape {
    var shape = PolygonShape(rings: [])
    unsafe Self.collectRings(of: handle, into: &shape)
    return shape
  }

  private static func collectRings(of geometry: OGRGeometryH, into shape: inout PolygonShape) {
    let type = unsafe OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))
    let count = unsafe OGR_G_GetGeometryCount(geometry)
    for index in 0..<max(count, 0) {
      guard let part = unsafe OGR_G_GetGeometryRef(geometry, index) else { continue }
      if type == wkbPolygon || type == wkbTriangle {
        unsafe appendRing(part, isShell: index == 0, to: &shape)
      } else {
        unsafe collectRings(of: part, into: &shape)
      }
    }
  }

  private static func appendRing(
    _ line: OGRGeometryH, isShell: Bool, to shape: inout PolygonShape
  ) {
    var ring = unsafe points(of: line)
    guard ring.count >= 4 else { return }
    ring.removeLast()
    if (ring.signedArea > 0) != isShell { ring.reverse() }
    shape.rings.append(ring)
  }

  /// The points of a line, or of each of several.
  var lines: [[Point]] {
    let count = unsafe OGR_G_GetGeometryCount(handle)
    guard count > 0 else { return [unsafe Self.points(of: handle)] }
    return (0..<count).compactMap { index in
      unsafe OGR_G_GetGeometryRef(handle, index).map { unsafe Self.points(of: $0) }
    }
  }

  /// The points of a line as they stand, those that are no numbers among them.
  static func points(of line: OGRGeometryH) -> [Point] {
    let count = unsafe Int(OGR_G_GetPointCount(line))
    guard count > 0 else { return [] }
    var points = [Point](repeating: Point(x: 0, y: 0), count: count)
    let stride = Int32(MemoryLayout<Point>.stride)
    unsafe points.withUnsafeMutableBytes { bytes in
      unsafe _ = OGR_G_GetPoints(
        line, bytes.baseAddress, stride, bytes.baseAddress! + MemoryLayout<Double>.size, stride,
        nil, 0)
    }
    return points
  }
}

extension PolygonShape {
  /// The same land where polygons lie over one another or rings cross; as it is where it is valid.
  ///
  /// Land under two polygons is there once. Empty where GEOS can make nothing of it.
  public var madeValid: PolygonShape {
    if isSurelyValid { return self }
    let geometry = Geometry(self)
    return geometry.isValid ? self : geometry.madeValid ?? PolygonShape(rings: [])
  }
}
