import GeoIO
import RasterCore
import ZonalStatistics

/// The zones of a run: each park in full, and what parks share with those before them, so that the
/// total counts shared land once.
///
/// The total is the sum of the parks less the shared land; without overlaps it is their sum to the last
/// unit.
struct ParkZones: Sendable {
  /// Parks in reporting order, then the shared parts.
  let coverages: [ZoneCoverage]
  /// Square metres, in the same order.
  let areas: [Double]
  let outside: [Double]
  let parks: [Park]
  let crs: CoordinateReferenceSystem

  /// The zones that hold land shared with an earlier park.
  var sharedZones: Range<Int> { parks.count..<coverages.count }

  init(_ collection: ParkCollection, on grid: Grid) throws(HabitatError) {
    let geometry = try ParkGeometry(parksCRS: collection.crs, grid: grid)
    var coverages: [ZoneCoverage] = []
    var areas: [Double] = []
    var outside: [Double] = []
    let shared = try Self.sharedParts(of: collection.parks)
    for (index, shape) in (collection.parks.map(\.shape) + shared).enumerated() {
      let name = index < collection.parks.count ? collection.parks[index].name : "shared land"
      let measure = try geometry.measure(shape, at: "parks: \(name)")
      coverages.append(measure.coverage)
      areas.append(measure.area)
      outside.append(measure.outside)
    }
    (self.coverages, self.areas, self.outside) = (coverages, areas, outside)
    (parks, crs) = (collection.parks, collection.crs)
  }

  /// Of each park the part that earlier ones cover too, where there is any.
  private static func sharedParts(of parks: [Park]) throws(HabitatError) -> [PolygonShape] {
    let boxes = parks.map(\.shape.extent)
    var shared: [PolygonShape] = []
    for (index, park) in parks.enumerated() {
      guard let box = boxes[index] else { continue }
      var parts: [PolygonShape] = []
      for earlier in 0..<index {
        guard let other = boxes[earlier], box.overlaps(other) else { continue }
        let part = try PolygonOverlay.intersection(park.shape, parks[earlier].shape)
        if !part.isEmpty { parts.append(part) }
      }
      guard !parts.isEmpty else { continue }
      let union = parts.count == 1 ? parts[0] : try PolygonOverlay.union(parts)
      if !union.isEmpty { shared.append(union) }
    }
    return shared
  }
}
