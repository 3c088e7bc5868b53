import GeoIO
import GroundGeometry
import RasterCore

extension ParkCollection {
  /// What making outlines valid did to each park: its area as drawn, holes taken off, and as it is used.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  static func repairs(
    of layer: PolygonLayer, _ crs: CoordinateReferenceSystem, _ location: String
  ) throws(HabitatError) -> [HabitatWarning] {
    let repaired = layer.features.filter { $0.drawn != nil }
    guard !repaired.isEmpty else { return [] }
    let geometry = try ParkGeometry(
      measuring: repaired.map(\.shape), in: crs, tolerance: tolerance)
    var (changed, unchanged): ([String], [String]) = ([], [])
    for feature in repaired {
      let place = "parks: \(feature.name)"
      let before = try feature.drawn.map { shape throws(HabitatError) in
        try geometry.area(of: shape, at: place)
      }
      let after = try geometry.area(of: feature.shape, at: place)
      let (drawn, used) = ((before ?? 0).squareKilometres, after.squareKilometres)
      if drawn == used {
        unchanged.append("\(feature.name) (\(used))")
      } else {
        changed.append("\(feature.name) (\(drawn) → \(used))")
      }
    }
    // Each that changes is named, however many there are.
    let parts = [
      changed.isEmpty ? nil : "km² as drawn → as used: \(changed.joined(separator: ", "))",
      unchanged.isEmpty ? nil : "with the km² they have as drawn: \(unchanged.listed)",
    ]
    return [
      HabitatWarning(
        "park-repaired",
        "invalid polygons were made valid, " + parts.compactMap(\.self).joined(separator: "; "),
        at: location, fix: "check their outlines; ogr2ogr -makevalid writes the repaired ones")
    ]
  }

  /// Metres: a park with a border of 400 km is then right to 0.0003 km², less than is told.
  private static let tolerance = 1e-3
}

extension Double {
  /// Of square metres, with the digits of the tables.
  fileprivate var squareKilometres: String { (self / 1e6).grouped(decimals: 3) }
}
