import CPROJ
public import RasterCore

/// Maps points from one CRS to another; owned by one task at a time.
///
/// Geographic coordinates go in and come out in degrees, longitude first. Between equal CRSs nothing
/// is changed, not even a last digit.
public struct CoordinateTransform: ~Copyable {
  private let operation: ChosenOperation
  public var isIdentity: Bool { operation.isIdentity }
  /// One CRS is left-handed and the other is not: what runs counter-clockwise here runs clockwise there.
  public var reversesRings: Bool { operation.reversesRings }
  /// A full turn in units of the source where that is geographic.
  var sourceTurn: Double? { operation.sourceTurn }

  /// - Throws: `.input`, slug `no-transform`, when PROJ knows no way.
  public init(
    from source: CoordinateReferenceSystem, to target: CoordinateReferenceSystem
  ) throws(HabitatError) {
    operation = try ChosenOperation.take(from: source, to: target)
  }

  deinit { operation.giveBack() }

  /// Transforms `points` in place; what has no image becomes NaN.
  public func transform(_ points: inout [Point]) {
    if isIdentity { return }
    let count = points.count
    let stride = MemoryLayout<Point>.stride
    unsafe points.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      let x = unsafe base.assumingMemoryBound(to: Double.self)
      unsafe proj_errno_reset(operation.handle)
      unsafe _ = proj_trans_generic(
        operation.handle, PJ_FWD, x, stride, count, x + 1, stride, count, nil, 0, 0, nil, 0, 0)
    }
    for index in points.indices where !(points[index].x.isFinite && points[index].y.isFinite) {
      points[index] = Point(x: .nan, y: .nan)
    }
  }

  public func transform(_ point: Point) -> Point {
    var points = [point]
    transform(&points)
    return points[0]
  }
}

/// The owner of a PROJ context.
///
/// Not private, as the next one: a release build of Swift 6.3.1 then fails to link.
@safe struct ProjContext: ~Copyable {
  let handle: OpaquePointer
  init() {
    unsafe handle = proj_context_create()
    unsafe proj_context_set_enable_network(handle, 0)
    unsafe proj_log_level(handle, PJ_LOG_NONE)
  }
  deinit { unsafe proj_context_destroy(handle) }
}

/// The owner of a PROJ operation between two CRSs, x before y on both sides.
@safe struct ProjOperation: ~Copyable {
  let handle: OpaquePointer

  init?(from source: String, to target: String, in context: borrowing ProjContext) {
    unsafe self.init(
      normalizing: proj_create_crs_to_crs(context.handle, source, target, nil), in: context)
  }

  /// Without the "ballpark" operations that leave out a shift of datum that PROJ does not know.
  init?(exactlyFrom source: String, to target: String, in context: borrowing ProjContext) {
    guard let from = ProjObject(source, in: context), let to = ProjObject(target, in: context)
    else {
      return nil
    }
    let operation = unsafe "ALLOW_BALLPARK=NO".withCString { option in
      let options: [UnsafePointer<CChar>?] = unsafe [option, nil]
      return unsafe proj_create_crs_to_crs_from_pj(
        context.handle, from.handle, to.handle, nil, options)
    }
    unsafe self.init(normalizing: operation, in: context)
  }

  private init?(normalizing raw: OpaquePointer?, in context: borrowing ProjContext) {
    guard let raw = unsafe raw else { return nil }
    let normalized = unsafe proj_normalize_for_visualization(context.handle, raw)
    unsafe proj_destroy(raw)
    guard let normalized = unsafe normalized else { return nil }
    unsafe handle = normalized
  }

  deinit { unsafe proj_destroy(handle) }
}

extension HabitatError {
  static func noTransform(
    from source: CoordinateReferenceSystem, to target: CoordinateReferenceSystem
  ) -> HabitatError {
    HabitatError(
      .input, "no-transform", "PROJ has no transformation from \(source.name) to \(target.name)",
      at: "coordinate reference systems",
      fix: "check the CRS of the inputs, or set it with --assume-crs LAYER=CRS")
  }
}
