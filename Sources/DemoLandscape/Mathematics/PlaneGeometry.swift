import RasterCore

/// A chain of straight pieces; closed where it bounds an area.
struct Chain: Sendable {
  let points: [Point]

  /// The nearest place on the open chain.
  func nearest(to point: Point) -> (distance: Double, share: Double) {
    var best = (square: Double.infinity, along: 0.0)
    var length = 0.0
    for index in 1..<points.count {
      let (a, b) = (points[index - 1], points[index])
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      let squaredLength = dx * dx + dy * dy
      let t = min(max(((point.x - a.x) * dx + (point.y - a.y) * dy) / squaredLength, 0), 1)
      let (ox, oy) = (point.x - a.x - t * dx, point.y - a.y - t * dy)
      let square = ox * ox + oy * oy
      let piece = squaredLength.squareRoot()
      if square < best.square { best = (square, length + t * piece) }
      length += piece
    }
    return (best.square.squareRoot(), best.along / length)
  }

  /// Even-odd rule on the closed chain.
  func encloses(_ point: Point) -> Bool {
    var inside = false
    var previous = points[points.count - 1]
    for current in points {
      if (current.y > point.y) != (previous.y > point.y) {
        let x =
          current.x + (point.y - current.y) / (previous.y - current.y) * (previous.x - current.x)
        if point.x < x { inside.toggle() }
      }
      previous = current
    }
    return inside
  }

  /// Corners cut off twice (Chaikin), the ends kept.
  func smoothed() -> Chain {
    guard points.count > 2 else { return self }
    var line = points
    for _ in 0..<2 {
      var next = [line[0]]
      for index in 1..<line.count {
        let (a, b) = (line[index - 1], line[index])
        next.append(Point(x: 0.75 * a.x + 0.25 * b.x, y: 0.75 * a.y + 0.25 * b.y))
        next.append(Point(x: 0.25 * a.x + 0.75 * b.x, y: 0.25 * a.y + 0.75 * b.y))
      }
      next.append(line[line.count - 1])
      line = next
    }
    return Chain(points: line)
  }

  /// Without the points that lie within `tolerance` of the chain through the others (Douglas and
  /// Peucker, 1973).
  func simplified(tolerance: Double) -> Chain {
    guard points.count > 2 else { return self }
    var keep = [Bool](repeating: false, count: points.count)
    (keep[0], keep[points.count - 1]) = (true, true)
    var pending = [(0, points.count - 1)]
    while let (first, last) = pending.popLast() {
      guard last - first > 1 else { continue }
      let base = Chain(points: [points[first], points[last]])
      var farthest = (distance: tolerance, index: -1)
      for index in (first + 1)..<last {
        // A closed piece has no direction: measure from its end.
        let distance =
          points[first] == points[last]
          ? Self.distance(points[first], points[index])
          : base.nearest(to: points[index]).distance
        if distance > farthest.distance { farthest = (distance, index) }
      }
      guard farthest.index >= 0 else { continue }
      keep[farthest.index] = true
      pending += [(first, farthest.index), (farthest.index, last)]
    }
    return Chain(points: points.indices.filter { keep[$0] }.map { points[$0] })
  }

  static func distance(_ a: Point, _ b: Point) -> Double {
    ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
  }
}
