import GeoIO
import RasterCore
import RasterLoader

/// The ground under tiles of one grid, whatever their cells hold.
struct TileFootprint: Sendable {
  let grid: Grid
  /// In the grid's CRS; where that counts degrees, one turn to the west and one to the east as well, for a
  /// place may be met at any of them.
  let outline: PolygonShape
  private let rectangles: [Extent]

  /// - Parameter windows: where tiles lie on the grid; what reaches beyond it is left out.
  /// - Throws: `.input`, slug `polygon-overlay`.
  init(on grid: Grid, windows: [Window]) throws(HabitatError) {
    let isWhole = TileRegion.regions(of: windows, in: grid.window).allSatisfy { !$0.tiles.isEmpty }
    let held = isWhole ? [grid.window] : windows.compactMap { $0.intersection(grid.window) }
    let shifts: [Double] = grid.crs.turn.map { [-$0, 0, $0] } ?? [0]
    var rectangles: [Extent] = []
    for window in held {
      let box = grid.extent(of: window)
      rectangles += shifts.map(box.moved(byX:))
    }
    outline = try PolygonOverlay.union(rectangles.map { PolygonShape(rings: [$0.corners]) })
    (self.grid, self.rectangles) = (grid, rectangles)
  }

  /// One rectangle holds all of a box.
  func holds(_ box: Extent) -> Bool { rectangles.contains { $0.contains(box) } }
}

extension [TileLattice] {
  /// - Throws: `.input`, slug `polygon-overlay`.
  var footprints: [TileFootprint] {
    get throws(HabitatError) {
      var footprints: [TileFootprint] = []
      for lattice in self {
        footprints.append(
          try TileFootprint(on: lattice.grid, windows: lattice.placements.map(\.window)))
      }
      return footprints
    }
  }
}

extension Grid {
  /// The box of a window; neighbours have the same numbers where they meet.
  func extent(of window: Window) -> Extent {
    let northWest = point(column: Double(window.column), row: Double(window.row))
    let southEast = point(
      column: Double(window.column + window.columns), row: Double(window.row + window.rows))
    return Extent(
      minX: northWest.x, minY: southEast.y, maxX: southEast.x, maxY: northWest.y)
  }
}
