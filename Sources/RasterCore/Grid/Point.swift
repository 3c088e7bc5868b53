/// A position in a plane: CRS units, or columns and rows where a name says so.
public struct Point: Hashable, Sendable {
  public var x: Double
  public var y: Double
  @inlinable public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
}
