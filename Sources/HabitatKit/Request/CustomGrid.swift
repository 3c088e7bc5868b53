import GeoIO
public import RasterCore

/// An analysis grid of the user's making, in whole or in part.
public struct CustomGrid: Hashable, Sendable {
  public var crs: CoordinateReferenceSystem?
  /// Units of the CRS, across and down.
  public var resolution: Point?
  public var extent: GridExtent?
  /// Tiles farther than this from every park are not scored.
  public var mask: ParkReach?

  public init(
    crs: CoordinateReferenceSystem? = nil, resolution: Point? = nil, extent: GridExtent? = nil
  ) {
    (self.crs, self.resolution, self.extent) = (crs, resolution, extent)
  }

  /// The user asks for nothing: the grid is the land cover's own.
  var isOfLandCover: Bool { crs == nil && resolution == nil && extent == nil }

  /// The analysis grid as it would be without an extent: the land cover's own unless the user asked for
  /// another, which then holds the land cover's box.
  ///
  /// Without a resolution cells are about as large as the land cover's, on the ground.
  ///
  /// - Throws: `.input`, slug `no-transform`; `.usage`, slug `bad-grid`.
  func unrestricted(of own: Grid) throws(HabitatError) -> Grid {
    guard crs != nil || resolution != nil else { return own }
    let target = crs ?? own.crs
    var steps = Point(x: own.geotransform.columnStepX, y: -own.geotransform.rowStepY)
    if !target.isSame(as: own.crs) {
      let side = own.middleCellArea.squareRoot()
      let step =
        target.isGeographic ? side / 111_320 / (target.unit * 180 / .pi) : side / target.unit
      steps = Point(x: step, y: step)
    }
    steps = resolution ?? steps
    let box = try box(of: own, in: target)
    // Where the extent says how large the grid is, this one only says where its cells lie.
    let size = try size(of: box, steps, target, most: extent == nil ? Self.mostCells : .infinity)
    return Grid(
      crs: target,
      geotransform: Geotransform(
        originX: box.minX, columnStepX: steps.x, originY: box.maxY, rowStepY: -steps.y),
      columns: size.columns, rows: size.rows)
  }

  /// The extent's cells, those of `unrestricted` where the extent's corner lies on a corner of cells, to a
  /// hundredth of a cell: files round their geotransforms, and people their extents. Elsewhere the whole that
  /// they are a part of lies by as much beside it.
  ///
  /// So all extents whose corners lie whole cells apart are parts of one whole.
  ///
  /// - Throws: `.usage`, slug `bad-grid`.
  func restricted(
    _ unrestricted: Grid, to extent: Extent
  ) throws(HabitatError) -> Grid {
    let steps = Point(
      x: unrestricted.geotransform.columnStepX, y: -unrestricted.geotransform.rowStepY)
    let size = try size(of: extent, steps, unrestricted.crs, most: Self.mostCells)
    var written = unrestricted.geotransform
    (written.originX, written.originY) = (extent.minX, extent.maxY)
    var corner = Point(x: extent.minX, y: extent.maxY)
    // The turn of longitude that is nearest to the whole.
    if let turn = unrestricted.crs.turn {
      let middle = (extent.minX + extent.maxX) / 2
      corner.x -= turn * ((middle - unrestricted.middle.x) / turn).rounded()
    }
    let offset = unrestricted.index(of: corner)
    let (across, down) = (CellOffset(offset.x), CellOffset(offset.y))
    guard let across, let down, max(unrestricted.columns, unrestricted.rows) < CellOffset.limit
    else {
      // So far away that there is nothing to share.
      return Grid(
        crs: unrestricted.crs, geotransform: written, columns: size.columns, rows: size.rows)
    }
    var whole = unrestricted
    if across.share != 0 || down.share != 0 {
      var moved = unrestricted.geotransform
      let corner = moved.point(column: across.share, row: down.share)
      (moved.originX, moved.originY) = (corner.x, corner.y)
      whole = Grid(
        crs: whole.crs, geotransform: moved, columns: whole.columns, rows: whole.rows)
    }
    let window = Window(
      column: across.cells, row: down.cells, columns: size.columns, rows: size.rows)
    if window == whole.window, corner.x == extent.minX { return whole }
    guard across.isExact, down.isExact else {
      // What was meant are the corners of cells.
      let place = whole.geotransform.moved(column: window.column, row: window.row)
      (written.originX, written.originY) = (
        place.originX + (extent.minX - corner.x), place.originY
      )
      return whole.part(window, geotransform: written)
    }
    return whole.part(window, geotransform: written)
  }

  /// Cells that a grid may have.
  static let mostCells = 1e13

  private func size(
    of box: Extent, _ steps: Point, _ crs: CoordinateReferenceSystem, most: Double
  ) throws(HabitatError) -> (columns: Int, rows: Int) {
    let columns = ((box.width / steps.x) - 1e-6).rounded(.up)
    let rows = ((box.height / steps.y) - 1e-6).rounded(.up)
    // Written so that NaN fails too.
    let metres = crs.isGeographic ? crs.unit * crs.ellipsoid.semiMajorAxis : crs.unit
    guard max(steps.x, steps.y) * metres < 4e7, columns >= 1, rows >= 1, columns < 1e15,
      rows < 1e15, columns * rows < most,
      most == .infinity || max(columns, rows) < 1e9
    else {
      throw HabitatError(
        .usage, "bad-grid", "the extent and the resolution do not make a grid",
        at: "--extent, --resolution",
        fix: "give W,S,E,N and a cell size in units of the CRS \(crs.name)")
    }
    return (Int(columns), Int(rows))
  }

  private func box(
    of own: Grid, in target: CoordinateReferenceSystem
  ) throws(HabitatError) -> Extent {
    let transform = try CoordinateTransform(from: own.crs, to: target)
    var points = own.places(steps: 64, onLinesEvery: 16).map {
      own.geotransform.point(column: $0.x, row: $0.y)
    }
    transform.transform(&points)
    guard let box = Extent(around: points.lazy.filter(\.x.isFinite)) else {
      throw HabitatError(
        .input, "no-transform", "the land cover has no image in \(target.name)", at: "--crs",
        fix: "choose a CRS of the region")
    }
    return box
  }
}

/// How far along an axis an extent's corner lies from that of a grid: whole cells and a share of one, which is
/// the same for all corners that lie whole cells apart, though computed numbers do not.
private struct CellOffset {
  let cells: Int
  /// A multiple of 2⁻¹⁶; 0 within a hundredth of a cell.
  let share: Double
  /// Nothing was rounded that matters.
  let isExact: Bool

  /// Cells a grid may be away, and have.
  static let limit = 1 << 30
  private static let parts = 65_536.0

  /// `nil` beyond the limit.
  init?(_ offset: Double) {
    // Written so that NaN fails too.
    guard abs(offset) < Double(Self.limit) else { return nil }
    let rounded = (offset * Self.parts).rounded() / Self.parts
    let nearest = rounded.rounded()
    if abs(rounded - nearest) < 0.01 {
      (cells, share) = (Int(nearest), 0)
    } else {
      cells = Int(rounded.rounded(.down))
      share = rounded - rounded.rounded(.down)
    }
    isExact = abs(offset - Double(cells) - share) < 1e-5
  }
}
