/// The area of a zone: closed rings, the first point not repeated at the end.
///
/// Shells run counter-clockwise (positive signed area with y northwards) and holes clockwise, so the
/// signed areas of the rings sum to the area of the shape. The shape is valid as OGC means it.
public struct PolygonShape: Hashable, Sendable {
  public var rings: [[Point]]
  public init(rings: [[Point]]) { self.rings = rings }
  public var isEmpty: Bool { rings.isEmpty }
  public var extent: Extent? { Extent(around: rings.joined()) }
}
