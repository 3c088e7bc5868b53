package import RasterCore

extension PolygonShape {
  /// The least distance between two outlines on the plane of their coordinates; 0 where they meet or one lies in the
  /// other.
  ///
  /// - Complexity: O(*n m*) for *n* and *m* points; rings whose boxes lie too far apart are passed over.
  package func planeDistance(to other: PolygonShape) -> Double {
    var least = Double.infinity
    for ring in rings {
      guard let box = Extent(around: ring) else { continue }
      for otherRing in other.rings {
        guard let otherBox = Extent(around: otherRing), box.apart(from: otherBox) < least else {
          continue
        }
        least = min(least, ring.distance(to: otherRing, below: least))
      }
    }
    if least > 0, contains(other) || other.contains(self) { return 0 }
    return least
  }

  /// Whether a point of the other lies inside; where outlines do not meet that is so of all of a ring or of none.
  private func contains(_ other: PolygonShape) -> Bool {
    other.rings.contains { ring in
      guard let point = ring.first else { return false }
      return rings.reduce(false) { $0 != $1.surrounds(point) }
    }
  }
}

extension Extent {
  fileprivate func apart(from other: Extent) -> Double {
    let east = max(0, other.minX - maxX, minX - other.maxX)
    let north = max(0, other.minY - maxY, minY - other.maxY)
    return (east * east + north * north).squareRoot()
  }
}

extension [Point] {
  /// Closed or not, the ring's last point is joined to its first.
  fileprivate func distance(to other: [Point], below bound: Double) -> Double {
    var least = bound
    var from = self[count - 1]
    for to in self {
      var otherFrom = other[other.count - 1]
      for otherTo in other {
        if Segment(from, to).mayBeNearer(to: Segment(otherFrom, otherTo), than: least) {
          least = Swift.min(least, Segment(from, to).distance(to: Segment(otherFrom, otherTo)))
        }
        otherFrom = otherTo
      }
      from = to
    }
    return least
  }

  /// Even-odd, by the crossings of the line to the east.
  fileprivate func surrounds(_ point: Point) -> Bool {
    guard var from = last else { return false }
    var isInside = false
    for to in self {
      if (from.y > point.y) != (to.y > point.y),
        point.x < from.x + (point.y - from.y) / (to.y - from.y) * (to.x - from.x)
      {
        isInside.toggle()
      }
      from = to
    }
    return isInside
  }
}

private struct Segment {
  let from: Point
  let to: Point

  init(_ from: Point, _ to: Point) { (self.from, self.to) = (from, to) }

  /// By their boxes.
  func mayBeNearer(to other: Segment, than bound: Double) -> Bool {
    func apart(_ coordinate: (Point) -> Double) -> Double {
      let (one, two) = (coordinate(from), coordinate(to))
      let (three, four) = (coordinate(other.from), coordinate(other.to))
      return max(min(three, four) - max(one, two), min(one, two) - max(three, four))
    }
    return apart(\.x) < bound && apart(\.y) < bound
  }

  func distance(to other: Segment) -> Double {
    if crosses(other) { return 0 }
    return min(
      distance(to: other.from), distance(to: other.to), other.distance(to: from),
      other.distance(to: to))
  }

  private func distance(to point: Point) -> Double {
    let (alongX, alongY) = (to.x - from.x, to.y - from.y)
    let squared = alongX * alongX + alongY * alongY
    let projected =
      squared > 0 ? ((point.x - from.x) * alongX + (point.y - from.y) * alongY) / squared : 0
    let share = max(0, min(1, projected))
    let (east, north) = (point.x - from.x - share * alongX, point.y - from.y - share * alongY)
    return (east * east + north * north).squareRoot()
  }

  /// Whether they cross inside of both; where they touch, an end has distance 0.
  private func crosses(_ other: Segment) -> Bool {
    side(of: other.from) * side(of: other.to) < 0 && other.side(of: from) * other.side(of: to) < 0
  }

  /// Positive on the left.
  private func side(of point: Point) -> Double {
    let turn =
      (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)
    return turn > 0 ? 1 : turn < 0 ? -1 : 0
  }
}
