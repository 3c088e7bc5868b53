import CGDAL
import RasterCore

extension Geometry {
  /// What keeps a geometry from being taken as it stands, for the end of a sentence; `nil` where it is sound.
  ///
  /// Points must be pairs of finite numbers, and rings closed: GEOS, which tells valid polygons from others,
  /// takes only such, and nobody else may guess the rest.
  ///
  /// - Parameter ringsMustClose: also that each ring of a polygon ends where it begins.
  static func fault(in geometry: OGRGeometryH, ringsMustClose: Bool) -> String? {
    unsafe fault(in: geometry, ringsMustClose, at: [])
  }

  /// - Parameter path: the numbers of the parts around this one, from 0.
  private static func fault(
    in geometry: OGRGeometryH, _ ringsMustClose: Bool, at path: [Int]
  ) -> String? {
    let type = unsafe OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))
    let count = unsafe Int(OGR_G_GetGeometryCount(geometry))
    if count > 0 {
      let areRings = type == wkbPolygon || type == wkbTriangle
      for index in 0..<count {
        guard let part = unsafe OGR_G_GetGeometryRef(geometry, Int32(index)) else { continue }
        let found =
          unsafe areRings
          ? ringFault(in: part, ringsMustClose, number: index + 1, at: path)
          : fault(in: part, ringsMustClose, at: path + [index])
        if let found { return found }
      }
      return nil
    }
    guard unsafe OGR_G_IsEmpty(geometry) == 0 else { return nil }
    let points = unsafe points(of: geometry)
    return points.fault.map { $0 + place(path) }
  }

  private static func ringFault(
    in ring: OGRGeometryH, _ mustClose: Bool, number: Int, at path: [Int]
  ) -> String? {
    let points = unsafe points(of: ring)
    let place = " in ring \(number)" + place(path)
    if let fault = points.fault { return fault + place }
    guard mustClose, let first = points.first, let last = points.last else { return nil }
    if first != last {
      return "it does not end where it begins (\(first.x) \(first.y), but \(last.x) \(last.y))"
        + place
    }
    return points.count < 4 ? "fewer than four points" + place : nil
  }

  private static func place(_ path: [Int]) -> String {
    path.isEmpty ? "" : " of part " + path.map { String($0 + 1) }.joined(separator: ".")
  }
}

extension [Point] {
  /// The first point that is no place.
  fileprivate var fault: String? {
    guard let index = firstIndex(where: { !$0.x.isFinite || !$0.y.isFinite }) else { return nil }
    return "point \(index + 1) is no place (\(self[index].x) \(self[index].y))"
  }
}

/// What is said of a feature that cannot be taken as the file has it.
func unreadableFeature(_ what: String, _ fault: String, at path: String) -> HabitatError {
  HabitatError(
    .input, "unreadable-features", "\(what) cannot be taken: \(fault)", at: path,
    fix: "mend it in the file, or take the feature out of it")
}

/// What the shape of a feature is called in a message where no field names it.
func unnamedShape(_ feature: OGRFeatureH) -> String {
  "the shape of feature \(unsafe OGR_F_GetFID(feature))"
}
