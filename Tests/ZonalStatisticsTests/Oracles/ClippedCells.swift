import RasterCore

/// The slow plain version of coverage: every ring clipped to every cell (Sutherland and Hodgman, 1974),
/// signed areas summed.
enum ClippedCells {
  /// The share of a cell within rings, 0…1; the sign of the rings' total area is taken as inside.
  static func share(of rings: [[Point]], column: Int, row: Int) -> Double {
    let total = rings.reduce(0) { $0 + Shapes.signedArea($1) }
    let (x, y) = (Double(column), Double(row))
    let area = rings.reduce(0) {
      $0 + Shapes.signedArea(clip($1, left: x, top: y, right: x + 1, bottom: y + 1))
    }
    return total < 0 ? -area : area
  }

  static func clip(
    _ ring: [Point], left: Double, top: Double, right: Double, bottom: Double
  ) -> [Point] {
    var ring = ring
    ring = clip(ring, { $0.x - left }, { Point(x: left, y: $0.y) })
    ring = clip(ring, { right - $0.x }, { Point(x: right, y: $0.y) })
    ring = clip(ring, { $0.y - top }, { Point(x: $0.x, y: top) })
    return clip(ring, { bottom - $0.y }, { Point(x: $0.x, y: bottom) })
  }

  private static func clip(
    _ ring: [Point], _ distance: (Point) -> Double, _ snap: (Point) -> Point
  ) -> [Point] {
    guard var previous = ring.last else { return [] }
    var clipped: [Point] = []
    for point in ring {
      let (before, here) = (distance(previous), distance(point))
      if (before < 0) != (here < 0) {
        let share = before / (before - here)
        clipped.append(
          snap(
            Point(
              x: previous.x + share * (point.x - previous.x),
              y: previous.y + share * (point.y - previous.y))))
      }
      if here >= 0 { clipped.append(point) }
      previous = point
    }
    return clipped
  }
}
