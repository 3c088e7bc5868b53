import GeoIO
import RasterCore

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
