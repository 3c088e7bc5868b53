import GeoIO
import RasterCore

extension CustomGrid {
  /// An extent in the CRS of the grid. Of one that is given in another CRS it is the box of whole cells around
  /// its image: no corner of cells can be meant, so none is moved.
  ///
  /// - Throws: `.usage`, slug `bad-grid`, for numbers that are of another kind of CRS; `.input`, slug
  ///   `no-transform`.
  static func extent(
    _ extent: Extent, in crs: CoordinateReferenceSystem?, on grid: Grid
  ) throws(HabitatError) -> Extent {
    guard let crs, !crs.isSame(as: grid.crs) else {
      try refuseOtherUnits(extent, on: grid)
      return extent
    }
    var box = try image(of: extent, from: crs, to: grid.crs)
    if let turn = grid.crs.turn {
      // The turn of longitude that is nearest to the grid.
      let turns = (((box.minX + box.maxX) / 2 - grid.middle.x) / turn).rounded()
      box = box.moved(byX: -turn * turns)
    }
    let (first, last) = (
      grid.index(of: Point(x: box.minX, y: box.maxY)),
      grid.index(of: Point(x: box.maxX, y: box.minY))
    )
    let place = grid.geotransform
    let corner = place.point(
      column: (first.x + tolerance).rounded(.down),
      row: (first.y + tolerance).rounded(.down))
    let opposite = place.point(
      column: (last.x - tolerance).rounded(.up), row: (last.y - tolerance).rounded(.up))
    return Extent(minX: corner.x, minY: opposite.y, maxX: opposite.x, maxY: corner.y)
  }

  /// Of a cell: nearer to an edge of cells than this lies on it.
  private static let tolerance = 0.01

  /// Lines across a box whose crossings stand for it; between them an edge of a degree bends by metres.
  private static let lines = 64

  private static func image(
    of extent: Extent, from crs: CoordinateReferenceSystem, to target: CoordinateReferenceSystem
  ) throws(HabitatError) -> Extent {
    let transform = try CoordinateTransform(from: crs, to: target)
    var points: [Point] = []
    for row in 0...lines {
      for column in 0...lines {
        let (across, down) = (Double(column) / Double(lines), Double(row) / Double(lines))
        points.append(
          Point(x: extent.minX + across * extent.width, y: extent.minY + down * extent.height))
      }
    }
    transform.transform(&points)
    guard let box = Extent(around: points.lazy.filter { $0.x.isFinite && $0.y.isFinite }) else {
      throw HabitatError(
        .input, "no-transform", "the extent has no image in \(target.name)",
        at: "--extent, --extent-crs \(crs.name)",
        fix: "check the numbers and their CRS; longitude comes before latitude")
    }
    return box
  }

  /// Degrees on a grid of metres, and the reverse, where the extent lies beside the grid, or is less than a cell of
  /// it: a grid of the whole Earth has metres that look like degrees.
  private static func refuseOtherUnits(_ extent: Extent, on grid: Grid) throws(HabitatError) {
    let isBeside = !extent.overlaps(grid.extent)
    let (cellWidth, cellHeight) = (
      grid.extent.width / Double(grid.columns), grid.extent.height / Double(grid.rows)
    )
    guard isBeside || extent.width < cellWidth && extent.height < cellHeight else { return }
    func fits(_ x: Double, _ y: Double) -> Bool {
      max(abs(extent.minX), abs(extent.maxX)) <= x && max(abs(extent.minY), abs(extent.maxY)) <= y
    }
    let looksLikeDegrees = fits(360, 90)
    guard looksLikeDegrees != grid.crs.isGeographic, looksLikeDegrees || !fits(720, 360) else {
      return
    }
    let (look, unit) = looksLikeDegrees ? ("degrees", "metres") : ("metres", "degrees")
    throw HabitatError(
      .usage, "bad-grid",
      "the extent looks like \(look), and \(isBeside ? "lies beside" : "is less than a cell of") the grid, "
        + "which counts \(unit)",
      at: "--extent, grid in \(grid.crs.name)",
      fix: looksLikeDegrees
        ? "add --extent-crs EPSG:4326" : "add --extent-crs with the CRS of these numbers")
  }
}
