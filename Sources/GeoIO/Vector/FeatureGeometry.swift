import CGDAL
public import RasterCore

/// A simple part of a feature's geometry in two dimensions, curves made straight.
public enum FeatureGeometry: Hashable, Sendable {
  case point(Point)
  /// At least two points.
  case line([Point])
  /// Rings as the file has them: neither valid nor oriented; the first point is not repeated.
  case polygon([[Point]])
}

extension Geometry {
  /// Passes the simple parts to `body`: collections are taken apart, empty parts left out. All points are
  /// finite numbers.
  func forEachPart(_ body: (FeatureGeometry) -> Void) {
    unsafe Self.forEachPart(of: handle, body)
  }

  private static func forEachPart(
    of geometry: OGRGeometryH, _ body: (FeatureGeometry) -> Void
  ) {
    let count = unsafe OGR_G_GetGeometryCount(geometry)
    switch unsafe OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) {
    case wkbPoint:
      if let point = unsafe points(of: geometry).first { body(.point(point)) }
    case wkbLineString, wkbLinearRing:
      let line = unsafe points(of: geometry)
      if line.count > 1 { body(.line(line)) } else if line.count == 1 { body(.point(line[0])) }
    case wkbPolygon, wkbTriangle:
      var rings: [[Point]] = []
      for index in 0..<max(count, 0) {
        guard let line = unsafe OGR_G_GetGeometryRef(geometry, index) else { continue }
        var ring = unsafe points(of: line)
        if ring.count > 1, ring.first == ring.last { ring.removeLast() }
        if ring.count > 2 { rings.append(ring) }
      }
      if !rings.isEmpty { body(.polygon(rings)) }
    default:
      for index in 0..<max(count, 0) {
        if let part = unsafe OGR_G_GetGeometryRef(geometry, index) {
          unsafe forEachPart(of: part, body)
        }
      }
    }
  }
}
