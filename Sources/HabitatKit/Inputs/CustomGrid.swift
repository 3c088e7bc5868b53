import GeoIO
public import RasterCore

/// An analysis grid of the user's making, in whole or in part.
public struct CustomGrid: Hashable, Sendable {
  public var crs: CoordinateReferenceSystem?
  /// Units of the CRS, across and down.
  public var resolution: Point?
  /// In the CRS of the grid.
  public var extent: Extent?

  public init(
    crs: CoordinateReferenceSystem? = nil, resolution: Point? = nil, extent: Extent? = nil
  ) {
    (self.crs, self.resolution, self.extent) = (crs, resolution, extent)
  }

  /// The user asks for nothing: the grid is the land cover's own.
  var isOfLandCover: Bool { crs == nil && resolution == nil && extent == nil }

  /// The grid that stands in for the land cover's own, `nil` where the user asked for nothing.
  ///
  /// Without an extent it holds the land cover's box; without a resolution cells are about as large as
  /// the land cover's, on the ground.
  func grid(replacing own: Grid) throws(HabitatError) -> Grid? {
    guard !isOfLandCover else { return nil }
    let target = crs ?? own.crs
    let isOther = !target.isSame(as: own.crs)
    var steps = Point(x: own.geotransform.columnStepX, y: -own.geotransform.rowStepY)
    if isOther {
      let side = own.middleCellArea.squareRoot()
      let step =
        target.isGeographic ? side / 111_320 / (target.unit * 180 / .pi) : side / target.unit
      steps = Point(x: step, y: step)
    }
    steps = resolution ?? steps
    let box: Extent
    if let extent { box = extent } else { box = try self.box(of: own, in: target) }
    let columns = ((box.width / steps.x) - 1e-6).rounded(.up)
    let rows = ((box.height / steps.y) - 1e-6).rounded(.up)
    guard columns >= 1, rows >= 1, columns < 1e9, rows < 1e9, columns * rows < 1e13 else {
      throw HabitatError(
        .usage, "bad-grid", "the extent and the resolution do not make a grid",
        at: "--extent, --resolution",
        fix: "give W,S,E,N and a cell size in units of the CRS \(target.name)")
    }
    return Grid(
      crs: target,
      geotransform: Geotransform(
        originX: box.minX, columnStepX: steps.x, originY: box.maxY, rowStepY: -steps.y),
      columns: Int(columns), rows: Int(rows))
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
