/// The area of a zone: closed rings, the first point not repeated at the end.
///
/// Shells run counter-clockwise (positive signed area with y northwards) and holes clockwise, so the
/// signed areas of the rings sum to the area of the shape. The shape is valid as OGC means it.
public struct PolygonShape: Hashable, Sendable {
  public var rings: [[Point]]
  public init(rings: [[Point]]) { self.rings = rings }
  public var isEmpty: Bool { rings.isEmpty }
  public var pointCount: Int { rings.reduce(0) { $0 + $1.count } }
  public var extent: Extent? { Extent(around: rings.joined()) }

  /// The image of the shape where `image` moves its points. Shells and holes are told apart by the way they
  /// run, so where that mirrors the plane, as between a map and a picture of rows from the top, the rings
  /// are turned round.
  public func mapped(_ image: (Point) -> Point) -> PolygonShape {
    let moved = rings.map { $0.map(image) }
    let isMirrored = moved.reduce(0) { $0 + $1.signedArea } < 0
    return PolygonShape(rings: isMirrored ? moved.map { $0.reversed() } : moved)
  }
}

extension [Point] {
  /// Of a ring, positive where it runs counter-clockwise, y northwards.
  public var signedArea: Double {
    guard let origin = first else { return 0 }
    var sum = 0.0
    var previous = last!
    for point in self {
      sum += (previous.x - origin.x) * (point.y - origin.y)
      sum -= (point.x - origin.x) * (previous.y - origin.y)
      previous = point
    }
    return sum / 2
  }
}
