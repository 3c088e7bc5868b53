import GeoIO
package import RasterCore

/// Squares of cells of a grid that polygons touch, or that come near them on the ground.
///
/// Where the shrinking of cells within a square leaves a doubt, the square counts as near.
package struct NearbyTiles: Hashable, Sendable {
  /// Cells along a side; squares are counted from the grid's corner.
  package let side: Int
  private let columns: Int
  private var isNear: [Bool]

  /// - Parameters:
  ///   - shapes: in the CRS of the grid.
  ///   - metres: 0 or more, on the ellipsoid of `ground`.
  ///   - ground: a geographic CRS.
  /// - Throws: `.input`, slug `no-transform`.
  package init(
    _ shapes: [PolygonShape], within metres: Double, of grid: Grid, side: Int,
    ground: CoordinateReferenceSystem
  ) throws(HabitatError) {
    self.side = side
    columns = (grid.columns + side - 1) / side
    isNear = [Bool](repeating: false, count: columns * ((grid.rows + side - 1) / side))
    let transform = try CoordinateTransform(from: grid.crs, to: ground)
    for shape in shapes {
      let inCells = shape.mapped { grid.index(of: $0) }
      for turned in inCells.turns(of: grid) {
        guard let box = turned.extent?.outward,
          let reach = try box.expanded(byMetres: metres, on: grid, ground)
        else { continue }
        for place in places(in: reach) where !isNear[place] {
          let square = window(of: place, in: grid)
          isNear[place] = square.comesNear(turned, metres, of: grid, ground, by: transform)
        }
      }
    }
  }

  /// Whether the square in which a window begins is near; the window lies within one square.
  package func holds(_ window: Window) -> Bool {
    isNear[window.row / side * columns + window.column / side]
  }

  /// How many squares are near.
  package var count: Int { isNear.count { $0 } }

  private func places(in window: Window) -> [Int] {
    (window.row / side...(window.rowRange.upperBound - 1) / side).flatMap { row in
      (window.column / side...(window.columnRange.upperBound - 1) / side).map {
        row * columns + $0
      }
    }
  }

  private func window(of place: Int, in grid: Grid) -> Window {
    Window(
      column: place % columns * side, row: place / columns * side, columns: side, rows: side
    ).intersection(grid.window)!
  }
}

extension Extent {
  /// The cells that a box in columns and rows touches.
  fileprivate var outward: Window? {
    guard let west = Int(exactly: minX.rounded(.down)), let east = Int(exactly: maxX.rounded(.up)),
      let north = Int(exactly: minY.rounded(.down)), let south = Int(exactly: maxY.rounded(.up))
    else { return nil }
    return Window(
      column: west, row: north, columns: max(1, east - west), rows: max(1, south - north))
  }
}

extension PolygonShape {
  /// The shape in columns and rows, on a grid in degrees that goes round the Earth also a turn to either side.
  fileprivate func turns(of grid: Grid) -> [PolygonShape] {
    guard let turn = grid.crs.turn else { return [self] }
    let columns = turn / grid.geotransform.columnStepX
    guard Double(grid.columns) > columns / 2 else { return [self] }
    return [0, -columns, columns].map { shift in mapped { Point(x: $0.x + shift, y: $0.y) } }
  }
}

extension Window {
  /// Whether a shape in columns and rows may lie within `metres` of ground of the window.
  fileprivate func comesNear(
    _ shape: PolygonShape, _ metres: Double, of grid: Grid, _ ground: CoordinateReferenceSystem,
    by transform: borrowing CoordinateTransform
  ) -> Bool {
    let (west, east) = (Double(column), Double(columnRange.upperBound))
    let (north, south) = (Double(row), Double(rowRange.upperBound))
    let square = PolygonShape(rings: [
      [
        Point(x: west, y: south), Point(x: east, y: south), Point(x: east, y: north),
        Point(x: west, y: north),
      ]
    ])
    let apart = PolygonOverlay.distance(square, shape)
    guard apart > 0 else { return true }
    let places = [0, 0.5, 1].flatMap { down in
      [0, 0.5, 1].map { Point(x: west + $0 * (east - west), y: north + down * (south - north)) }
    }
    let metrics = GroundMetric.measured(at: places, of: grid, on: ground, by: transform)
      .compactMap(\.self)
    guard let least = metrics.map(\.leastStep).min(), let most = metrics.map(\.greatestStep).max()
    else { return true }
    if apart * most <= metres { return true }
    if apart * least > metres { return false }
    // Between both it hangs on the direction.
    return metrics.contains { metric in
      PolygonOverlay.distance(square.mapped(metric.metres), shape.mapped(metric.metres)) <= metres
    }
  }
}

extension GroundMetric {
  /// Metres of a step of one cell in the direction in which it is shortest.
  fileprivate var leastStep: Double { max(0, middle - spread).squareRoot() }
  /// And longest.
  fileprivate var greatestStep: Double { (middle + spread).squareRoot() }

  // Eigenvalues of the first fundamental form.
  private var middle: Double { (columnSquared + rowSquared) / 2 }
  private var spread: Double {
    let half = (columnSquared - rowSquared) / 2
    return (half * half + product * product).squareRoot()
  }

  /// A position in columns and rows in metres on the tangent plane.
  fileprivate func metres(_ position: Point) -> Point {
    let across = columnSquared.squareRoot()
    return Point(
      x: position.x * across + position.y * product / across, y: position.y * area / across)
  }
}
