package import RasterCore

extension ParkGeometry {
  /// For the areas of `shapes` alone, which do not depend on a grid: any will do.
  ///
  /// - Parameters:
  ///   - crs: of the shapes.
  ///   - tolerance: how far a chord may leave the curve of an edge, in metres.
  package init(
    measuring shapes: [PolygonShape], in crs: CoordinateReferenceSystem,
    tolerance: Double = finestTolerance
  ) throws(HabitatError) {
    let box = Extent(around: shapes.compactMap(\.extent).flatMap(\.corners))
    let extent = box ?? Extent(minX: 0, minY: 0, maxX: 1, maxY: 1)
    let grid = Grid(
      crs: crs,
      geotransform: Geotransform(
        originX: extent.minX, columnStepX: max(extent.width, 1e-6), originY: extent.maxY,
        rowStepY: -max(extent.height, 1e-6)), columns: 1, rows: 1)
    try self.init(parksCRS: crs, grid: grid, tolerance: tolerance)
  }
}
