import Foundation
import GeoIO
package import RasterCore
package import ZonalStatistics

/// How much of each cell a zone covers.
///
/// A cell's share is one of its plane. In coarse cells the ground is not spread evenly over the plane: there
/// shares of a finer grid, each times its area, make the share of the ground. So they do near a pole, where
/// the ground in a cell of degrees narrows from one edge to the other.
package struct GroundShares: Sendable {
  private let grid: Grid
  private let ground: CoordinateReferenceSystem
  /// Along each axis of a cell.
  private let parts: Int
  /// Of the parts, where there are any.
  private let areas: CellAreas?

  /// Sides in metres. The share of the ground differs from that of the plane by less than 2e-4 in a cell of
  /// 10 km below 60° of latitude, and by the square of that in its parts.
  private static let (coarse, fine) = (10_000.0, 2500.0)
  private static let mostParts = 32
  /// How often longer than wide a square of degrees is near a pole: beyond 84° of latitude.
  private static let muchStretched = 10.0
  /// What a planar share may be off there, in cells, before parts are needed: the table's bound is 1e-4.
  private static let planarError = 8e-5

  /// - Parameter ground: the geographic CRS on whose ellipsoid areas are.
  /// - Throws: `.input`, slug `no-transform`.
  package init(of grid: Grid, on ground: CoordinateReferenceSystem) throws(HabitatError) {
    (self.grid, self.ground) = (grid, ground)
    let side = grid.longestSide
    parts =
      side > Self.coarse ? min(Self.mostParts, Int(bounded: (side / Self.fine).rounded(.up))) : 1
    areas = parts > 1 ? try CellAreas(of: grid.divided(by: parts), on: ground) : nil
  }

  /// - Parameter rings: in columns and rows of the grid.
  /// - Throws: `.input`, slug `no-transform`.
  package func coverage(of rings: [[Point]]) throws(HabitatError) -> ZoneCoverage {
    let (columns, rows) = (grid.columns, grid.rows)
    var (parts, areas) = (parts, areas)
    let partsNearPole = partsNearPole(rings)
    if partsNearPole > parts {
      parts = partsNearPole
      areas = try CellAreas(of: grid.divided(by: parts), on: ground)
    }
    guard let areas else { return ZoneCoverage(indexRings: rings, columns: columns, rows: rows) }
    let factor = Double(parts)
    let finer = rings.map { ring in ring.map { Point(x: $0.x * factor, y: $0.y * factor) } }
    return ZoneCoverage(indexRings: finer, columns: columns * parts, rows: rows * parts)
      .coarsened(by: parts, areas: areas)
  }

  /// A share of the plane is off by an eighth of the change of width over a cell, at the most: where an edge
  /// runs along its middle. In parts it is off by the square of that.
  private func partsNearPole(_ rings: [[Point]]) -> Int {
    guard grid.crs.isGeographic, let box = Extent(around: rings.joined()) else { return 1 }
    let height = -grid.geotransform.rowStepY * grid.crs.unit
    let poleward =
      [max(box.minY, 0), min(box.maxY, Double(grid.rows))].map { row in
        abs(grid.point(column: 0, row: row).y * grid.crs.unit)
      }.max() ?? 0
    let latitude = min(poleward, .pi / 2 - height / 2)
    // Elsewhere what planar shares are off evens out along an outline.
    guard abs(tan(latitude)) > Self.muchStretched else { return 1 }
    let error = abs(tan(latitude)) * height / 8
    let parts = (error / Self.planarError).squareRoot().rounded(.up)
    return max(1, min(Self.mostParts, Int(parts)))
  }
}

extension Grid {
  /// Metres of the longer side of a cell, in the widest row of the grid's whole; projections are taken as true
  /// to scale.
  fileprivate var longestSide: Double {
    let (width, height) = (geotransform.columnStepX * crs.unit, -geotransform.rowStepY * crs.unit)
    guard crs.isGeographic else { return max(width, height) }
    let box = whole.extent
    let nearest = min(max(0, box.minY), box.maxY) * crs.unit
    let metres = crs.ellipsoid.metresPerRadian(latitude: nearest)
    return max(width * abs(metres.east), height * metres.north)
  }

  /// The same ground in cells of which so many make one along each axis.
  fileprivate func divided(by parts: Int) -> Grid {
    let (whole, place) = (self.whole, self.place)
    var finer = whole.geotransform
    finer.columnStepX /= Double(parts)
    finer.rowStepY /= Double(parts)
    return Grid(
      crs: crs, geotransform: finer, columns: whole.columns * parts, rows: whole.rows * parts
    ).part(
      Window(
        column: place.column * parts, row: place.row * parts, columns: columns * parts,
        rows: rows * parts))
  }
}
