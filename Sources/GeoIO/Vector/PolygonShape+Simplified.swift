import CGDAL
public import RasterCore

extension PolygonShape {
  /// An outline with fewer points, none further than `tolerance` from the original; parts that are smaller
  /// than that may be left out. It is valid even where this one is not quite.
  ///
  /// Source: Douglas and Peucker (1973), keeping the polygons valid (GEOS through OGR).
  public func simplified(within tolerance: Double) -> PolygonShape {
    GeospatialLibraries.ready
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    let whole = repaired
    let geometry = Geometry(whole)
    let simple = unsafe OGR_G_SimplifyPreserveTopology(geometry.handle, tolerance).map {
      unsafe Geometry(owning: $0).shape
    }
    // A drawing that cannot be made simpler is drawn as it is.
    return simple?.repaired ?? whole
  }

  /// The same where it is valid, else what GEOS makes of it: moving points, as into another CRS or onto a
  /// page, may let rings touch and cross. Empty where nothing of an area is left.
  public var repaired: PolygonShape {
    if isSurelyValid { return self }
    GeospatialLibraries.ready
    let geometry = Geometry(self)
    if geometry.isValid { return self }
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    return geometry.madeValid ?? PolygonShape(rings: [])
  }

  /// A point well inside the largest part, for a label; `nil` where there is none.
  ///
  /// Source: the widest gap along the middle line of the shape (GEOS through OGR).
  public var pointInside: Point? {
    GeospatialLibraries.ready
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    let geometry = Geometry(self)
    guard let point = unsafe OGR_G_PointOnSurface(geometry.handle) else { return nil }
    defer { unsafe OGR_G_DestroyGeometry(point) }
    return unsafe Point(x: OGR_G_GetX(point, 0), y: OGR_G_GetY(point, 0))
  }
}
