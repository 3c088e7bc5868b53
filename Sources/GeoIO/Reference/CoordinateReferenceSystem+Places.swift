import CGDAL
import Foundation
public import RasterCore

extension CoordinateReferenceSystem {
  /// Whether coordinates mean the same places on the Earth in another CRS.
  ///
  /// Told by the places themselves and not by names: datums, meridians, units and axes all show.
  ///
  /// - Parameters:
  ///   - points: to compare at; one without a place in both CRSs says nothing.
  ///   - tolerance: in metres.
  /// - Throws: `.input`, slug `no-transform`.
  public func placesAgree(
    with other: CoordinateReferenceSystem, at points: [Point], within tolerance: Double = 0.01
  ) throws(HabitatError) -> Bool {
    if wkt == other.wkt { return true }
    guard isOfEarth, other.isOfEarth else { return isSame(as: other) }
    let degrees = try CoordinateReferenceSystem(userInput: "EPSG:4326")
    var (own, others) = (points, points)
    try CoordinateTransform(from: self, to: degrees).transform(&own)
    try CoordinateTransform(from: other, to: degrees).transform(&others)
    let places = [own, others].map { points in
      points.map {
        Ellipsoid.wgs84.geocentric(longitude: $0.x * degrees.unit, latitude: $0.y * degrees.unit)
      }
    }
    let distances = zip(places[0], places[1]).map { one, two in
      (((one - two) * (one - two)).sum()).squareRoot()
    }
    let isHere = zip(own, others).map { ($0.x.isFinite, $1.x.isFinite) }
    guard isHere.allSatisfy({ $0.0 == $0.1 }), isHere.contains(where: \.0) else {
      return isSame(as: other)
    }
    return zip(distances, isHere).allSatisfy { !$1.0 || $0 < tolerance }
  }

  /// Whether a GeoPackage of GDAL 3.6 holds the CRS: to one without a code it looks for a code, and overlooks
  /// its axes.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  public func isHeldByGeoPackage(at points: [Point]) throws(HabitatError) -> Bool {
    guard let reference = SpatialReference(userInput: wkt),
      unsafe OSRGetAuthorityCode(reference.handle, nil) == nil,
      unsafe OSRAutoIdentifyEPSG(reference.handle) == OGRERR_NONE,
      let code = unsafe OSRGetAuthorityCode(reference.handle, nil),
      let found = try? CoordinateReferenceSystem(userInput: "EPSG:\(unsafe String(cString: code))")
    else { return true }
    // Shifts of datum that a file brings with it are no matter here.
    return try placesAgree(with: found, at: points, within: 1000)
  }
}
