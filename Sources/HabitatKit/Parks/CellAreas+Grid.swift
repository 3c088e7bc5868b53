import GeoIO
import RasterCore
import RasterLoader
import ZonalStatistics

extension CellAreas {
  /// The areas of a grid's cells on the ellipsoid of the geographic CRS `ground`.
  ///
  /// On the ground's own datum a geographic grid has a closed form; otherwise the areal scale is measured
  /// at nodes and interpolated.
  ///
  /// - Parameter clipsToEarth: leaves cells beyond the edge of a map of the whole Earth without an area.
  ///   Polygons never reach there, so areas within them are righter with the whole cells of the edge.
  /// - Throws: `.input`, slug `no-transform`.
  init(
    of grid: Grid, on ground: CoordinateReferenceSystem, clipsToEarth: Bool = false
  ) throws(HabitatError) {
    if grid.crs.isSame(as: ground) {
      self.init(geographic: grid)
      return
    }
    // Scale varies on the scale of the Earth's radius: 20 km between nodes leave an error below 1e-12,
    // 200 km (a continent in 64 steps) one below 1e-8.
    let cell = grid.middleCellArea.squareRoot()
    let across = Self.intervals(cells: grid.columns, cell: cell)
    let down = Self.intervals(cells: grid.rows, cell: cell)
    let columns = ArealScaleLattice.nodes(cells: grid.columns, intervals: across)
    let rows = ArealScaleLattice.nodes(cells: grid.rows, intervals: down)
    let nodes = rows.flatMap { row in columns.map { Point(x: $0, y: row) } }
    let metrics = try GroundMetric.measured(at: nodes, of: grid, on: ground)
    let geotransform = grid.geotransform
    guard metrics.contains(where: { $0 != nil }) else {
      throw HabitatError(
        .input, "no-transform", "no place of the grid has an image in \(ground.name)",
        at: "landcover: \(grid.crs.name)", fix: "check its CRS, or set it with --assume-crs")
    }
    if grid.crs.isGeographic {
      let unit = grid.crs.unit
      let steps = abs(geotransform.columnStepX * geotransform.rowStepY) * unit * unit
      let ratios = zip(nodes, metrics).map { node, metric -> Double in
        let latitude = geotransform.point(column: node.x, row: node.y).y * unit
        let metres = ground.ellipsoid.metresPerRadian(latitude: latitude)
        return (metric?.area ?? .nan) / (metres.east * metres.north * steps)
      }
      self.init(
        geographic: grid, ellipsoid: ground.ellipsoid,
        ratio: ArealScaleLattice(columns: columns, rows: rows, values: ratios))
      return
    }
    let planar = abs(geotransform.columnStepX * geotransform.rowStepY)
    self.init(
      grid: grid,
      arealScale: ArealScaleLattice(
        columns: columns, rows: rows, values: metrics.map { ($0?.area ?? .nan) / planar }),
      columnsOnEarth: clipsToEarth ? try EarthEdge(grid).columnsOnEarth(nodes: nodes) : nil)
  }

  private static func intervals(cells: Int, cell: Double) -> Int {
    max(6, min(64, Int((Double(cells) * cell / 20_000).rounded(.up))))
  }
}
