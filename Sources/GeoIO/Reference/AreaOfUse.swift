import CGDAL
import CPROJ
package import RasterCore

/// The box of longitudes and latitudes that an operation or a CRS is meant for; west lies east of east where it goes
/// over the antimeridian.
package struct AreaOfUse: Hashable, Sendable {
  package let (west, south, east, north): (Double, Double, Double, Double)
  /// In the words of the authority, which may be a sentence.
  package let name: String

  /// - Parameters:
  ///   - place: longitude and latitude in degrees.
  ///   - margin: degrees that it may lie beyond.
  package func holds(_ place: Point, margin: Double = 0) -> Bool {
    guard (south - margin...north + margin).contains(place.y) else { return false }
    let width = east >= west ? east - west : east - west + 360
    let offset = (place.x - west + margin).truncatingRemainder(dividingBy: 360)
    return (offset < 0 ? offset + 360 : offset) <= width + 2 * margin
  }

  /// - Parameter name: `nil` where the authority has none.
  fileprivate init?(_ box: (Double, Double, Double, Double), _ name: UnsafePointer<CChar>?) {
    // −1000 stands for what is unknown.
    guard box.0 > -1000 else { return nil }
    (west, south, east, north) = box
    self.name = unsafe name.map { unsafe String(cString: $0) } ?? "another area"
  }
}

extension ProjObject {
  func area(in context: borrowing ProjContext) -> AreaOfUse? {
    var box = (0.0, 0.0, 0.0, 0.0)
    var name: UnsafePointer<CChar>?
    let isKnown = unsafe proj_get_area_of_use(
      context.handle, handle, &box.0, &box.1, &box.2, &box.3, &name)
    return unsafe isKnown != 0 ? AreaOfUse(box, name) : nil
  }
}

extension CoordinateReferenceSystem {
  /// What the CRS is meant for; `nil` where its definition does not say.
  package var areaOfUse: AreaOfUse? {
    guard let reference = SpatialReference(userInput: wkt) else { return nil }
    var box = (0.0, 0.0, 0.0, 0.0)
    var name: UnsafePointer<CChar>?
    let isKnown = unsafe OSRGetAreaOfUse(
      reference.handle, &box.0, &box.1, &box.2, &box.3, &name)
    return unsafe isKnown != 0 ? AreaOfUse(box, name) : nil
  }
}
