/// A bounding box in CRS units, of cell *edges* where it is a raster's.
public struct Extent: Hashable, Sendable {
  public var minX: Double
  public var minY: Double
  public var maxX: Double
  public var maxY: Double

  public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
    (self.minX, self.minY, self.maxX, self.maxY) = (minX, minY, maxX, maxY)
  }

  /// The box around `points`, `nil` when there are none.
  public init?(around points: some Sequence<Point>) {
    var box = Extent(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
    for point in points { box.include(point) }
    guard box.minX <= box.maxX, box.minY <= box.maxY else { return nil }
    self = box
  }

  /// Grows the box so that it holds a point.
  mutating func include(_ point: Point) {
    minX = min(minX, point.x)
    maxX = max(maxX, point.x)
    minY = min(minY, point.y)
    maxY = max(maxY, point.y)
  }

  public var width: Double { maxX - minX }
  public var height: Double { maxY - minY }

  public func contains(_ other: Extent) -> Bool {
    other.minX >= minX && other.maxX <= maxX && other.minY >= minY && other.maxY <= maxY
  }

  /// Whether the two share more than an edge.
  public func overlaps(_ other: Extent) -> Bool {
    other.minX < maxX && minX < other.maxX && other.minY < maxY && minY < other.maxY
  }

  public func union(_ other: Extent) -> Extent {
    Extent(
      minX: min(minX, other.minX), minY: min(minY, other.minY),
      maxX: max(maxX, other.maxX), maxY: max(maxY, other.maxY))
  }

  /// East by so much, as to another turn of longitude.
  public func moved(byX shift: Double) -> Extent {
    Extent(minX: minX + shift, minY: minY, maxX: maxX + shift, maxY: maxY)
  }

  /// The box with a margin on every side.
  public func expanded(byX marginX: Double, y marginY: Double) -> Extent {
    Extent(
      minX: minX - marginX, minY: minY - marginY, maxX: maxX + marginX, maxY: maxY + marginY)
  }

  /// The four corners, counter-clockwise from the lower left, not closed.
  public var corners: [Point] {
    [
      Point(x: minX, y: minY), Point(x: maxX, y: minY),
      Point(x: maxX, y: maxY), Point(x: minX, y: maxY),
    ]
  }
}
