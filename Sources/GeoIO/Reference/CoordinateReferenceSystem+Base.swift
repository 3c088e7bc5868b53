import CGDAL
import CPROJ
public import RasterCore

extension CoordinateReferenceSystem {
  /// The geographic CRS under this one: longitude and latitude on the same datum, in its unit and from its
  /// prime meridian.
  public var geographicBase: CoordinateReferenceSystem {
    guard !isGeographic, let reference = SpatialReference(userInput: wkt),
      let clone = unsafe OSRCloneGeogCS(reference.handle)
    else { return self }
    defer { unsafe OSRDestroySpatialReference(clone) }
    guard let base = unsafe SpatialReference(copying: clone).value else { return self }
    if base.isGeographic { return base }
    // GDAL takes what is derived of longitude and latitude for geographic itself.
    let context = ProjContext()
    return ProjObject(base.wkt, in: context)?.source(in: context)?.value(in: context) ?? base
  }

  /// Longitude and latitude on the datum of this CRS, in degrees from Greenwich.
  public var degreesFromGreenwich: CoordinateReferenceSystem {
    let base = geographicBase
    return Self.geographic(onDatumOf: base, like: nil) ?? base
  }

  /// The same longitudes and latitudes on another datum: the prime meridian, the unit and the order of axes
  /// stay.
  ///
  /// - Parameter other: the CRS whose datum is taken; this one is geographic.
  public func onDatum(of other: CoordinateReferenceSystem) -> CoordinateReferenceSystem {
    let base = other.geographicBase
    return Self.geographic(onDatumOf: base, like: self) ?? self
  }

  /// - Parameters:
  ///   - base: geographic.
  ///   - form: whose prime meridian and axes are taken, `nil` for degrees from Greenwich, longitude first.
  /// - Returns: `base` where that is of this form; `nil` where PROJ cannot make it.
  private static func geographic(
    onDatumOf base: CoordinateReferenceSystem, like form: CoordinateReferenceSystem?
  ) -> CoordinateReferenceSystem? {
    let context = ProjContext()
    guard let own = ProjObject(base.wkt, in: context),
      let pattern = ProjObject(form?.wkt ?? "OGC:CRS84", in: context),
      let meridian = own.primeMeridian(in: context), let wanted = pattern.primeMeridian(in: context)
    else { return nil }
    let degree = Double.pi / 180
    let isOfForm =
      meridian.isSame(as: wanted) && abs(base.unit - (form?.unit ?? degree)) < 1e-14
      && !base.isLeftHanded && form?.isLeftHanded != true
    if isOfForm { return base }
    guard let axes = pattern.axes(in: context) else { return nil }
    let made =
      meridian.isSame(as: wanted)
      ? own.geographic(with: axes, in: context)
      : own.geographic(with: axes, primeMeridian: wanted, in: context)
    return made?.value(in: context)
  }
}

/// The owner of one object of PROJ: a CRS, or a part of one.
@safe struct ProjObject: ~Copyable {
  let handle: OpaquePointer

  init?(owning handle: OpaquePointer?) {
    guard let handle = unsafe handle else { return nil }
    unsafe self.handle = handle
  }

  init?(_ definition: String, in context: borrowing ProjContext) {
    unsafe self.init(owning: proj_create(context.handle, definition))
  }

  deinit { unsafe proj_destroy(handle) }

  /// The plain value of a CRS.
  func value(in context: borrowing ProjContext) -> CoordinateReferenceSystem? {
    let text = unsafe proj_as_wkt(context.handle, handle, PJ_WKT2_2019, nil)
    return unsafe text.flatMap { unsafe SpatialReference(userInput: String(cString: $0))?.value }
  }

  /// The CRS that one is derived of.
  func source(in context: borrowing ProjContext) -> ProjObject? {
    unsafe ProjObject(owning: proj_get_source_crs(context.handle, handle))
  }

  struct PrimeMeridian {
    let name: String
    /// In radians east of Greenwich.
    let longitude: Double

    func isSame(as other: PrimeMeridian) -> Bool { abs(longitude - other.longitude) < 1e-14 }
  }

  func primeMeridian(in context: borrowing ProjContext) -> PrimeMeridian? {
    guard
      let meridian = unsafe ProjObject(owning: proj_get_prime_meridian(context.handle, handle))
    else { return nil }
    var (longitude, unit) = (0.0, 0.0)
    guard
      unsafe proj_prime_meridian_get_parameters(
        context.handle, meridian.handle, &longitude, &unit, nil) != 0
    else { return nil }
    let name = unsafe proj_get_name(meridian.handle).map { unsafe String(cString: $0) }
    return PrimeMeridian(name: name ?? "unnamed", longitude: longitude * unit)
  }

  func axes(in context: borrowing ProjContext) -> ProjObject? {
    unsafe ProjObject(owning: proj_crs_get_coordinate_system(context.handle, handle))
  }

  /// A geographic CRS on the datum of this one.
  func geographic(
    with axes: borrowing ProjObject, in context: borrowing ProjContext
  ) -> ProjObject? {
    let datum =
      unsafe ProjObject(owning: proj_crs_get_datum(context.handle, handle))
      ?? ProjObject(owning: proj_crs_get_datum_ensemble(context.handle, handle))
    guard let datum else { return nil }
    return unsafe ProjObject(
      owning: proj_create_geographic_crs_from_datum(
        context.handle, proj_get_name(handle), datum.handle, axes.handle))
  }

  /// The same with another prime meridian, which to PROJ makes another datum, though one of the same name.
  func geographic(
    with axes: borrowing ProjObject, primeMeridian: PrimeMeridian, in context: borrowing ProjContext
  ) -> ProjObject? {
    guard
      let datum = unsafe ProjObject(owning: proj_crs_get_datum_forced(context.handle, handle)),
      let ellipsoid = unsafe ProjObject(owning: proj_get_ellipsoid(context.handle, handle))
    else { return nil }
    var (semiMajor, inverse) = (0.0, 0.0)
    unsafe _ = proj_ellipsoid_get_parameters(
      context.handle, ellipsoid.handle, &semiMajor, nil, nil, &inverse)
    let degree = Double.pi / 180
    return unsafe ProjObject(
      owning: proj_create_geographic_crs(
        context.handle, proj_get_name(handle), proj_get_name(datum.handle),
        proj_get_name(ellipsoid.handle), semiMajor, inverse,
        primeMeridian.name, primeMeridian.longitude / degree, "degree", degree,
        axes.handle))
  }
}
