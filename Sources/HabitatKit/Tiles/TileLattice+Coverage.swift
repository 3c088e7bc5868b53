import GeoIO
import RasterCore
import RasterLoader

extension [TileLattice] {
  /// Whether each point lies on a tile of any of the lattices, whatever the tile's cells hold.
  ///
  /// - Parameter crs: that of the points.
  /// - Throws: `.input`, slug `no-transform`.
  private func hold(
    _ points: [Point], in crs: CoordinateReferenceSystem
  ) throws(HabitatError) -> [Bool] {
    var areHeld = [Bool](repeating: false, count: points.count)
    for lattice in self {
      let grid = lattice.grid
      var images = points
      try CoordinateTransform(from: crs, to: grid.crs).transform(&images)
      for (index, point) in images.enumerated() where point.x.isFinite && !areHeld[index] {
        let place = grid.index(ofNearestTurnOf: point)
        guard abs(place.x) < 1e9, abs(place.y) < 1e9 else { continue }
        let (column, row) = (Int(place.x.rounded(.down)), Int(place.y.rounded(.down)))
        areHeld[index] = lattice.placements.contains {
          $0.window.columnRange.contains(column) && $0.window.rowRange.contains(row)
        }
      }
    }
    return areHeld
  }

  /// The share of 200 × 200 cells spread over a grid whose centre lies on a tile.
  func shareOfCells(of grid: Grid) throws(HabitatError) -> Double {
    let steps = 200
    let points = (0..<steps * steps).map { index in
      grid.point(
        column: Double(grid.columns) * (Double(index % steps) + 0.5) / Double(steps),
        row: Double(grid.rows) * (Double(index / steps) + 0.5) / Double(steps))
    }
    return Double(try hold(points, in: grid.crs).count { $0 }) / Double(points.count)
  }
}
