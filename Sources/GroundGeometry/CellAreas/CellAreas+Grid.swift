import GeoIO
package import RasterCore
package import ZonalStatistics

extension CellAreas {
  /// The areas of a grid's cells on the ellipsoid of the geographic CRS `ground`.
  ///
  /// On the ground's own datum a geographic grid has a closed form; on another it is scaled by the ratio of
  /// the two, which varies little. Of a projected grid the areal scale is measured.
  ///
  /// - Parameter clipsToEarth: leaves what lies beyond the edge of a map of the whole Earth without an area.
  ///   Polygons never reach there, so areas within them are righter with the whole cells of the edge.
  /// - Throws: `.input`, slug `no-transform`.
  package init(
    of grid: Grid, on ground: CoordinateReferenceSystem, clipsToEarth: Bool = false
  ) throws(HabitatError) {
    if grid.crs.isSame(as: ground) {
      self.init(geographic: grid)
      return
    }
    guard grid.crs.isGeographic else {
      let scale = try ArealScaleLattice(of: grid, on: ground)
      self.init(
        grid: grid, arealScale: scale,
        partsOnEarth: clipsToEarth ? try EarthEdge(grid).partsOnEarth : nil)
      return
    }
    let intervals = 64
    let whole = grid.whole
    let columns = LatticeNodes(
      ArealScaleLattice.nodes(cells: whole.columns, intervals: intervals),
      reaching: grid.place.columnRange)
    let rows = LatticeNodes(
      ArealScaleLattice.nodes(cells: whole.rows, intervals: intervals),
      reaching: grid.place.rowRange)
    let nodes = rows.positions.flatMap { row in
      columns.positions.map { Point(x: $0, y: row) }
    }
    let metrics = try GroundMetric.measured(at: nodes, of: whole, on: ground)
    guard metrics.contains(where: { $0 != nil }) else {
      throw ArealScaleLattice.noImage(of: grid, ground)
    }
    let unit = grid.crs.unit
    let geotransform = whole.geotransform
    let steps = abs(geotransform.columnStepX * geotransform.rowStepY) * unit * unit
    let ratios = zip(nodes, metrics).map { node, metric -> Double in
      let latitude = geotransform.point(column: node.x, row: node.y).y * unit
      let metres = ground.ellipsoid.metresPerRadian(latitude: latitude)
      return (metric?.area ?? .nan) / (metres.east * metres.north * steps)
    }
    self.init(
      geographic: grid, ellipsoid: ground.ellipsoid,
      ratio: ArealScaleLattice(columns: columns, rows: rows, values: ratios))
  }
}
