import GeoIO
package import RasterCore
package import ZonalStatistics

extension CellAreas {
  /// Square metres of a grid: of its box or, where the box reaches beyond the edge of a map of the Earth, of
  /// the cells on it.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  package func area(
    of grid: Grid, on ground: CoordinateReferenceSystem
  ) throws(HabitatError) -> Double {
    guard reachesBeyondEarth else { return try grid.area(on: ground) }
    return unit.squareMetres(units(of: grid.window))
  }
}

extension Grid {
  /// Square metres of the grid's box on the ellipsoid of the geographic CRS `ground`, measured along its
  /// outline and so apart from the cells.
  ///
  /// In pieces, none of which spans half the globe; what lies beyond a pole has no area.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  package func area(on ground: CoordinateReferenceSystem) throws(HabitatError) -> Double {
    // All along the rim this leaves a billionth of a square's area.
    let tolerance = max(ParkGeometry.finestTolerance, 4e-10 * max(length(columns), length(rows)))
    let geometry = try ParkGeometry(
      parksCRS: crs, grid: self, ground: ground, tolerance: tolerance)
    var box = extent
    if crs.isGeographic {
      let quarter = Double.pi / 2 / crs.unit
      box.minY = max(box.minY, -quarter)
      box.maxY = min(box.maxY, quarter)
    }
    let (across, down) = (pieces(columns), pieces(rows))
    var area = 0.0
    for row in 0..<down {
      for column in 0..<across {
        func share(_ low: Double, _ high: Double, _ index: Int, of pieces: Int) -> Double {
          index == pieces ? high : low + (high - low) * Double(index) / Double(pieces)
        }
        let piece = Extent(
          minX: share(box.minX, box.maxX, column, of: across),
          minY: share(box.minY, box.maxY, row, of: down),
          maxX: share(box.minX, box.maxX, column + 1, of: across),
          maxY: share(box.minY, box.maxY, row + 1, of: down))
        area += try geometry.area(of: PolygonShape(rings: [piece.corners]), at: "landcover")
      }
    }
    return area
  }

  /// So many that none is longer than about 2000 km.
  private func pieces(_ cells: Int) -> Int {
    max(1, min(16, Int(bounded: (length(cells) / 2e6).rounded(.up))))
  }

  /// About so many metres.
  private func length(_ cells: Int) -> Double { Double(cells) * middleCellArea.squareRoot() }
}
