import CGDAL
public import RasterCore

/// Set operations on polygons, by GEOS through OGR.
public enum PolygonOverlay {
  /// What both cover; lines and points where they merely touch are dropped.
  public static func intersection(
    _ a: PolygonShape, _ b: PolygonShape
  ) throws(HabitatError) -> PolygonShape {
    unsafe try combine(a, b) { unsafe OGR_G_Intersection($0, $1) }
  }

  /// What `a` covers and `b` does not.
  public static func difference(
    _ a: PolygonShape, _ b: PolygonShape
  ) throws(HabitatError) -> PolygonShape {
    unsafe try combine(a, b) { unsafe OGR_G_Difference($0, $1) }
  }

  /// What any of `shapes` covers.
  public static func union(_ shapes: [PolygonShape]) throws(HabitatError) -> PolygonShape {
    let parts = PolygonShape(rings: shapes.flatMap(\.rings))
    let collection = Geometry(parts)
    let union = try reportingFailures(
      .input, "polygon-overlay", "outlines cannot be united",
      at: "union of \(shapes.count) polygons", fix: overlayFix
    ) { _ in unsafe OGR_G_UnionCascaded(collection.handle).map { unsafe Geometry(owning: $0) } }
    return union.shape
  }

  /// The least distance between points of both, 0 where they touch; without end where either is empty.
  public static func distance(_ a: PolygonShape, _ b: PolygonShape) -> Double {
    guard !a.isEmpty, !b.isEmpty else { return .infinity }
    let first = Geometry(a)
    let second = Geometry(b)
    let distance = unsafe OGR_G_Distance(first.handle, second.handle)
    // Below 0 where GEOS gives up, as on an outline that crosses itself: then nobody can say that they are apart.
    return max(0, distance)
  }

  private static func combine(
    _ a: PolygonShape, _ b: PolygonShape,
    _ operation: (OGRGeometryH, OGRGeometryH) -> OGRGeometryH?
  ) throws(HabitatError) -> PolygonShape {
    let first = Geometry(a)
    let second = Geometry(b)
    let result = try reportingFailures(
      .input, "polygon-overlay", "outlines cannot be cut", at: "two polygons", fix: overlayFix
    ) { _ in unsafe operation(first.handle, second.handle).map { unsafe Geometry(owning: $0) } }
    return result.shape
  }

  private static let overlayFix = "repair the polygons, for example with ogr2ogr -makevalid"
}
