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

  /// - Parameters:
  ///   - parks: in reporting order.
  ///   - crs: theirs.
  ///   - isCancelled: asked once a park.
  /// - Throws: `.input`, `.interrupted`.
  init(
    _ parks: [Park], crs: CoordinateReferenceSystem, on grid: Grid, threads: Int = 1,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(HabitatError) {
    let turning = try ParkGeometry(parksCRS: crs, grid: grid)
    let overlaps = Overlaps(parks.map { turning.turned($0.shape) })
    let shares = try GroundShares(of: grid, on: crs.geographicBase)
    // Largest first, so that no thread is left with a park of a million points at the end.
    let order = parks.indices.sorted { parks[$0].shape.pointCount > parks[$1].shape.pointCount }
    let parts = try WorkerThreads.map(order, threads: threads) { () throws(HabitatError) in
      // A transform belongs to the thread that made it.
      let geometry = try ParkGeometry(parksCRS: crs, grid: grid)
      return { (index) throws(HabitatError) in
        if isCancelled() { throw .interrupted }
        let own = try geometry.measure(
          parks[index].shape, shares, at: "parks: \(parks[index].name)")
        let shared = try overlaps.sharedPart(of: index)
        return (
          own,
          try shared.map { shape throws(HabitatError) in
            try geometry.measure(shape, shares, at: "parks: shared land of \(parks[index].name)")
          }
        )
      }
    }
    var measured = [(own: ParkGeometry.Measure, shared: ParkGeometry.Measure?)?](
      repeating: nil, count: parks.count)
    for (index, part) in zip(order, parts) { measured[index] = part }
    let measures = measured.compactMap { $0?.own } + measured.compactMap { $0?.shared }
    (coverages, areas, outside) = (
      measures.map(\.coverage), measures.map(\.area), measures.map(\.outside)
    )
    (self.parks, self.crs) = (parks, crs)
  }
}

/// Which parks may share land with earlier ones, found by their boxes from west to east.
private struct Overlaps: Sendable {
  private let shapes: [PolygonShape]
  /// By park, the earlier parks whose boxes its own meets, in reporting order.
  private let earlier: [[Int]]

  /// - Parameter shapes: of the parks, all at the same turn of longitude.
  init(_ shapes: [PolygonShape]) {
    let boxes = shapes.map(\.extent)
    var earlier = [[Int]](repeating: [], count: shapes.count)
    let fromWest = boxes.indices.filter { boxes[$0] != nil }
      .sorted { boxes[$0]!.minX < boxes[$1]!.minX }
    var open: [Int] = []
    for index in fromWest {
      let box = boxes[index]!
      open.removeAll { boxes[$0]!.maxX < box.minX }
      for other in open where box.overlaps(boxes[other]!) {
        earlier[max(index, other)].append(min(index, other))
      }
      open.append(index)
    }
    (self.shapes, self.earlier) = (shapes, earlier.map { $0.sorted() })
  }

  /// The part of a park that earlier ones cover too, `nil` where there is none.
  func sharedPart(of index: Int) throws(HabitatError) -> PolygonShape? {
    var parts: [PolygonShape] = []
    for other in earlier[index] {
      let part = try PolygonOverlay.intersection(shapes[index], shapes[other])
      if !part.isEmpty { parts.append(part) }
    }
    guard let first = parts.first else { return nil }
    let union = parts.count == 1 ? first : try PolygonOverlay.union(parts)
    return union.isEmpty ? nil : union
  }
}

extension PolygonShape {
  fileprivate var pointCount: Int { rings.reduce(0) { $0 + $1.count } }
}
