import Foundation

/// Geometry without values: a lattice of `columns` × `rows` cells, column 0 west and row 0 north.
///
/// A grid may be a part of another one, its `whole`. Its cells then are cells of the whole: `point` and `index`
/// count them from the whole's corner, so that where a cell lies is the same to the last bit whichever part
/// it is asked of, and what is laid over a grid in pieces (polynomials, nodes, edges of pieces) is laid over the
/// whole. The geotransform is what files hold.
public struct Grid: Hashable, Sendable {
  public let crs: CoordinateReferenceSystem
  public let geotransform: Geotransform
  public let columns: Int
  public let rows: Int
  /// `nil` where the grid is its own whole.
  private let origin: Origin?

  /// What a part knows of its whole.
  private struct Origin: Hashable, Sendable {
    let geotransform: Geotransform
    let columns: Int
    let rows: Int
    /// The whole's cell in which the part begins.
    let column: Int
    let row: Int
  }

  public init(
    crs: CoordinateReferenceSystem, geotransform: Geotransform, columns: Int, rows: Int
  ) {
    self.init(crs, geotransform, columns, rows, nil)
  }

  private init(
    _ crs: CoordinateReferenceSystem, _ geotransform: Geotransform, _ columns: Int, _ rows: Int,
    _ origin: Origin?
  ) {
    (self.crs, self.geotransform, self.origin) = (crs, geotransform, origin)
    (self.columns, self.rows) = (columns, rows)
  }

  /// The cells of a window, which may reach beyond the grid, as a part of the grid's whole.
  ///
  /// - Parameter geotransform: what files shall hold, where that is not the window's own to the last digit.
  public func part(_ window: Window, geotransform: Geotransform? = nil) -> Grid {
    if window == self.window, geotransform == nil { return self }
    let (whole, place) = (self.whole, self.place)
    let (column, row) = (place.column + window.column, place.row + window.row)
    return Grid(
      crs, geotransform ?? whole.geotransform.moved(column: column, row: row), window.columns,
      window.rows,
      Origin(
        geotransform: whole.geotransform, columns: whole.columns, rows: whole.rows,
        column: column, row: row))
  }

  /// The grid that this one is a part of, itself unless `part` made it.
  public var whole: Grid {
    guard let origin else { return self }
    return Grid(
      crs: crs, geotransform: origin.geotransform, columns: origin.columns, rows: origin.rows)
  }

  /// The grid as files hold it, its own whole.
  public var alone: Grid {
    Grid(crs: crs, geotransform: geotransform, columns: columns, rows: rows)
  }

  /// The grid's cells, counted from the corner of its whole.
  public var place: Window {
    Window(column: origin?.column ?? 0, row: origin?.row ?? 0, columns: columns, rows: rows)
  }

  /// A position in columns and rows in CRS units; of a part at the turn of longitude of its whole.
  public func point(column: Double, row: Double) -> Point {
    guard let origin else { return geotransform.point(column: column, row: row) }
    return origin.geotransform.point(
      column: column + Double(origin.column), row: row + Double(origin.row))
  }

  /// Columns and rows of a point in CRS units.
  public func index(of point: Point) -> Point {
    guard let origin else { return geotransform.index(of: point) }
    let index = origin.geotransform.index(of: point)
    return Point(x: index.x - Double(origin.column), y: index.y - Double(origin.row))
  }

  public var window: Window { Window(column: 0, row: 0, columns: columns, rows: rows) }
  public var cellCount: Int { columns * rows }

  public var extent: Extent {
    let corners = [(0, 0), (columns, 0), (0, rows), (columns, rows)].map {
      point(column: Double($0.0), row: Double($0.1))
    }
    var extent = Extent(
      minX: corners[0].x, minY: corners[0].y, maxX: corners[0].x, maxY: corners[0].y)
    for corner in corners { extent.include(corner) }
    return extent
  }

  /// Columns and rows of a point of the CRS; a longitude is taken at the turn that is nearest to the
  /// grid's middle.
  public func index(ofNearestTurnOf point: Point) -> Point {
    guard let turn = crs.turn else { return index(of: point) }
    let turns = ((point.x - middle.x) / turn).rounded()
    return index(of: Point(x: point.x - turn * turns, y: point.y))
  }

  /// In CRS units.
  public var middle: Point { point(column: Double(columns) / 2, row: Double(rows) / 2) }

  /// About the ground area of the middle cell in m², as a measure of how fine the grid is, of a part that of
  /// its whole: projections are taken as true to scale.
  public var middleCellArea: Double {
    let planar = abs(geotransform.columnStepX * geotransform.rowStepY) * crs.unit * crs.unit
    guard crs.isGeographic else { return planar }
    let metres = crs.ellipsoid.metresPerRadian(latitude: whole.middle.y * crs.unit)
    return planar * abs(metres.east) * metres.north
  }
}
