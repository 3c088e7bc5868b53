import GeoIO
import RasterCore
import ZonalStatistics

extension CellAreas {
  /// Square metres of a grid: of its box or, where the box reaches beyond the edge of a map of the Earth, of
  /// the cells on it.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  func area(
    of grid: Grid, on ground: CoordinateReferenceSystem
  ) throws(HabitatError) -> Double {
    guard cellsBeyondEarth > 0 else { return try grid.area(on: ground) }
    return unit.squareMetres(units(of: grid.window))
  }

  /// What a grid that reaches beyond the edge of a map of the Earth gives reason to say.
  func warnings(about grid: Grid) -> [HabitatWarning] {
    let count = cellsBeyondEarth
    guard count > 0 else { return [] }
    return [
      HabitatWarning(
        "grid-beyond-earth",
        "\(Double(count).grouped(decimals: 0)) of \(Double(grid.cellCount).grouped(decimals: 0)) cells "
          + "lie beyond the edge of the map and have no area",
        at: "landcover: \(grid.crs.name), \(grid.extentText)",
        fix: "nothing, if the raster is of the whole Earth; else check its CRS and geotransform")
    ]
  }
}

extension Grid {
  /// Square metres of the grid's box on the ellipsoid of the geographic CRS `ground`, measured along its
  /// outline and so apart from the cells.
  ///
  /// In pieces, none of which spans half the globe; what lies beyond a pole has no area.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  func area(on ground: CoordinateReferenceSystem) throws(HabitatError) -> Double {
    let geometry = try ParkGeometry(parksCRS: crs, grid: self, ground: ground)
    var box = extent
    if crs.isGeographic {
      let quarter = Double.pi / 2 / crs.unit
      box.minY = max(box.minY, -quarter)
      box.maxY = min(box.maxY, quarter)
    }
    let pieces = 16
    var area = 0.0
    for row in 0..<pieces {
      for column in 0..<pieces {
        func share(_ low: Double, _ high: Double, _ index: Int) -> Double {
          index == pieces ? high : low + (high - low) * Double(index) / Double(pieces)
        }
        let piece = Extent(
          minX: share(box.minX, box.maxX, column), minY: share(box.minY, box.maxY, row),
          maxX: share(box.minX, box.maxX, column + 1), maxY: share(box.minY, box.maxY, row + 1))
        area += try geometry.area(of: PolygonShape(rings: [piece.corners]), at: "landcover")
      }
    }
    return area
  }
}
