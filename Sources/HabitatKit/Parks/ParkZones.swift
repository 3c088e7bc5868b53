import GeoIO
import GroundGeometry
import Machine
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

  /// The cells around all parks; `nil` where none lies on the grid.
  let window: Window?

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
    let overlaps = ParkOverlaps(parks.map { turning.turned($0.shape) })
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
    let places = coverages.filter { !$0.isEmpty }
    window = Self.window(around: places.map(\.columnRange), places.map(\.rowRange))
  }
  private static func window(
    around columns: [Range<Int>], _ rows: [Range<Int>]
  ) -> Window? {
    guard let west = columns.map(\.lowerBound).min(), let east = columns.map(\.upperBound).max(),
      let north = rows.map(\.lowerBound).min(), let south = rows.map(\.upperBound).max()
    else { return nil }
    return Window(column: west, row: north, columns: east - west, rows: south - north)
  }
}
