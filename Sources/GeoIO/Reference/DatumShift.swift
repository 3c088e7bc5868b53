import CPROJ
import Foundation
public import RasterCore

/// How well PROJ carries places from the datum of one CRS to that of another.
public enum DatumShift: Hashable, Sendable {
  /// With parameters that hold there, or between datums that agree to a few metres.
  case sound
  /// Not at all: coordinates are taken as they are.
  case unknown
  /// With the parameters of another area, which is named.
  case ofAnotherArea(String)
  /// With parameters that are right to so many metres.
  case coarse(Double)

  /// Metres: a tenth of that is what surveys of the last century leave, and cells of land cover measure as
  /// much.
  static let coarsest = 30.0
  /// Degrees that a place may lie beyond the box of the area that parameters are for.
  private static let margin = 1.0
  /// Metres by which datums may differ that are taken as one.
  private static let agreement = 5.0

  /// The worst that befalls any of some places, judged by the very operations that `CoordinateTransform` uses
  /// there; PROJ chooses one for each place.
  ///
  /// - Parameter points: in the CRS `source`; those without an image do not count.
  /// - Throws: `.input`, slug `no-transform`.
  public init(
    from source: CoordinateReferenceSystem, to target: CoordinateReferenceSystem, at points: [Point]
  ) throws(HabitatError) {
    self = .sound
    if points.isEmpty || source.isSame(as: target) { return }
    // A sphere is no datum: its longitudes and latitudes are those of whatever datum the data had.
    if source.ellipsoid.flattening == 0 || target.ellipsoid.flattening == 0 { return }
    let judge = try Judge(source, target)
    for point in points {
      let found = judge.shift(at: point)
      if found != .sound {
        self = found
        return
      }
    }
  }

  private struct Judge: ~Copyable {
    private let source: CoordinateReferenceSystem
    private let target: CoordinateReferenceSystem
    private let operation: ProjOperation
    /// That shifts wherever it can, be it with the parameters of another area.
    private let exactOperation: ProjOperation?
    private let sourceToDegrees: CoordinateTransform
    private let targetToDegrees: CoordinateTransform
    private let context: ProjContext

    init(
      _ source: CoordinateReferenceSystem, _ target: CoordinateReferenceSystem
    ) throws(HabitatError) {
      let context = ProjContext()
      guard let operation = ProjOperation(from: source.wkt, to: target.wkt, in: context) else {
        throw .noTransform(from: source, to: target)
      }
      let (fromSource, fromTarget) = (source.degreesFromGreenwich, target.degreesFromGreenwich)
      let sourceToDegrees = try CoordinateTransform(from: source, to: fromSource)
      let targetToDegrees = try CoordinateTransform(from: target, to: fromTarget)
      self.operation = operation
      self.sourceToDegrees = sourceToDegrees
      self.targetToDegrees = targetToDegrees
      exactOperation = ProjOperation(exactlyFrom: source.wkt, to: target.wkt, in: context)
      (self.source, self.target) = (source, target)
      self.context = context
    }

    func shift(at point: Point) -> DatumShift {
      let place = sourceToDegrees.transform(point)
      guard operation.image(of: point).x.isFinite, place.x.isFinite,
        let used = unsafe ProjObject(
          owning: proj_trans_get_last_used_operation(operation.handle))
      else { return .sound }
      let found = judge(used, at: place)
      return found == .sound || datumsAgree(at: point, place) ? .sound : found
    }

    private func judge(_ used: borrowing ProjObject, at place: Point) -> DatumShift {
      let (ballpark, accuracy) = unsafe (
        proj_coordoperation_has_ballpark_transformation(context.handle, used.handle) != 0,
        proj_coordoperation_get_accuracy(context.handle, used.handle)
      )
      // One that only turns the prime meridian is called a ballpark, too, but is right to 0 m.
      if ballpark && accuracy < 0 { return .unknown }
      if let area = used.area(in: context), !area.holds(place, margin: DatumShift.margin) {
        return .ofAnotherArea(area.name)
      }
      return accuracy > DatumShift.coarsest ? .coarse(accuracy) : .sound
    }

    /// Datums of the age of satellites have the centre of the Earth for theirs. Where PROJ knows no shift
    /// between two of those there is none to speak of; where it does, its size tells.
    private func datumsAgree(at point: Point, _ place: Point) -> Bool {
      guard source.ellipsoid.isGeocentric, target.ellipsoid.isGeocentric else { return false }
      guard let image = exactOperation?.image(of: point) else { return true }
      let moved = targetToDegrees.transform(image)
      let degree = Double.pi / 180
      let places = [place, moved].map {
        Ellipsoid.wgs84.geocentric(longitude: $0.x * degree, latitude: $0.y * degree)
      }
      let way = places[0] - places[1]
      return (way * way).sum().squareRoot() < DatumShift.agreement
    }
  }
}

extension Ellipsoid {
  /// Of a datum whose centre is that of the Earth: GRS 1980, WGS 84, CGCS2000, GSK-2011, PZ-90.
  ///
  /// Of 779 shifts in EPSG's and ESRI's tables between two datums of such ellipsoids, those that move more
  /// than 5 m are of VN-2000, Israel 1993, GGRS87 and a few islands, which PROJ knows.
  fileprivate var isGeocentric: Bool {
    abs(semiMajorAxis - Ellipsoid.wgs84.semiMajorAxis) < 1.5
      && abs(1 / flattening - 1 / Ellipsoid.wgs84.flattening) < 2e-3
  }
}

extension ProjOperation {
  fileprivate func image(of point: Point) -> Point {
    unsafe proj_errno_reset(handle)
    let image = unsafe proj_trans(handle, PJ_FWD, proj_coord(point.x, point.y, 0, 0)).xy
    return Point(x: image.x, y: image.y)
  }
}
