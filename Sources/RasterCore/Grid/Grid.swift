import Foundation

/// Geometry without values: a lattice of `columns` × `rows` cells, column 0 west and row 0 north.
public struct Grid: Hashable, Sendable {
  public let crs: CoordinateReferenceSystem
  public let geotransform: Geotransform
  public let columns: Int
  public let rows: Int

  public init(
    crs: CoordinateReferenceSystem, geotransform: Geotransform, columns: Int, rows: Int
  ) {
    (self.crs, self.geotransform) = (crs, geotransform)
    (self.columns, self.rows) = (columns, rows)
  }

  public var window: Window { Window(column: 0, row: 0, columns: columns, rows: rows) }
  public var cellCount: Int { columns * rows }

  public var extent: Extent {
    let corners = [(0, 0), (columns, 0), (0, rows), (columns, rows)].map {
      geotransform.point(column: Double($0.0), row: Double($0.1))
    }
    var extent = Extent(
      minX: corners[0].x, minY: corners[0].y, maxX: corners[0].x, maxY: corners[0].y)
    for corner in corners { extent.include(corner) }
    return extent
  }

  /// Columns and rows of a point of the CRS; a longitude is taken at the turn that is nearest to the
  /// grid's middle.
  public func index(ofNearestTurnOf point: Point) -> Point {
    guard let turn = crs.turn else { return geotransform.index(of: point) }
    let middle = geotransform.point(column: Double(columns) / 2, row: Double(rows) / 2)
    let turns = ((point.x - middle.x) / turn).rounded()
    return geotransform.index(of: Point(x: point.x - turn * turns, y: point.y))
  }

  /// About the ground area of the middle cell in m², as a measure of how fine the grid is: projections
  /// are taken as true to scale.
  public var middleCellArea: Double {
    let planar = abs(geotransform.columnStepX * geotransform.rowStepY) * crs.unit * crs.unit
    guard crs.isGeographic else { return planar }
    let middle = geotransform.point(column: Double(columns) / 2, row: Double(rows) / 2)
    let metres = crs.ellipsoid.metresPerRadian(latitude: middle.y * crs.unit)
    return planar * abs(metres.east) * metres.north
  }
}
