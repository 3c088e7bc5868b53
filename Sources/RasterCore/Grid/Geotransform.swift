/// The affine map from (column, row) to (x, y); whole numbers are cell *edges*, so the centre of
/// the first cell is (0.5, 0.5).
///
/// The order of the six numbers is GDAL's.
public struct Geotransform: Hashable, Sendable {
  public var originX: Double
  public var columnStepX: Double
  public var rowStepX: Double
  public var originY: Double
  public var columnStepY: Double
  public var rowStepY: Double

  public init(
    originX: Double, columnStepX: Double, rowStepX: Double = 0, originY: Double,
    columnStepY: Double = 0, rowStepY: Double
  ) {
    (self.originX, self.columnStepX, self.rowStepX) = (originX, columnStepX, rowStepX)
    (self.originY, self.columnStepY, self.rowStepY) = (originY, columnStepY, rowStepY)
  }

  /// Neither rotated nor sheared, columns running east and rows running south.
  public var isNorthUp: Bool {
    rowStepX == 0 && columnStepY == 0 && columnStepX > 0 && rowStepY < 0
  }

  @inlinable public func point(column: Double, row: Double) -> Point {
    Point(
      x: originX + column * columnStepX + row * rowStepX,
      y: originY + column * columnStepY + row * rowStepY)
  }

  /// Columns (x) and rows (y) of a point in CRS units.
  @inlinable public func index(of point: Point) -> Point {
    let determinant = columnStepX * rowStepY - rowStepX * columnStepY
    let (dx, dy) = (point.x - originX, point.y - originY)
    return Point(
      x: (dx * rowStepY - dy * rowStepX) / determinant,
      y: (dy * columnStepX - dx * columnStepY) / determinant)
  }

  /// The same lattice with its origin moved to a corner of another cell.
  public func moved(column: Int, row: Int) -> Geotransform {
    let origin = point(column: Double(column), row: Double(row))
    var moved = self
    (moved.originX, moved.originY) = (origin.x, origin.y)
    return moved
  }

  /// GDAL's six numbers.
  public var coefficients: [Double] {
    [originX, columnStepX, rowStepX, originY, columnStepY, rowStepY]
  }
}
