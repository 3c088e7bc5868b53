import GeoIO
import RasterCore
import ZonalStatistics

/// How much of each cell a zone covers.
///
/// A cell's share is one of its plane. In coarse cells the ground is not spread evenly over the plane: there
/// shares of a finer grid, each times its area, make the share of the ground.
struct GroundShares: Sendable {
  private let columns: Int
  private let rows: Int
  /// Along each axis of a cell.
  private let parts: Int
  /// Of the parts, where there are any.
  private let areas: CellAreas?

  /// Sides in metres. The share of the ground differs from that of the plane by less than 2e-4 in a cell of
  /// 10 km below 60° of latitude, and by the square of that in its parts.
  private static let (coarse, fine) = (10_000.0, 2500.0)
  private static let mostParts = 32

  /// - Parameter ground: the geographic CRS on whose ellipsoid areas are.
  /// - Throws: `.input`, slug `no-transform`.
  init(of grid: Grid, on ground: CoordinateReferenceSystem) throws(HabitatError) {
    (columns, rows) = (grid.columns, grid.rows)
    let side = grid.longestSide
    parts = side > Self.coarse ? min(Self.mostParts, Int((side / Self.fine).rounded(.up))) : 1
    areas = parts > 1 ? try CellAreas(of: grid.divided(by: parts), on: ground) : nil
  }

  /// - Parameter rings: in columns and rows of the grid.
  func coverage(of rings: [[Point]]) -> ZoneCoverage {
    guard let areas else { return ZoneCoverage(indexRings: rings, columns: columns, rows: rows) }
    let factor = Double(parts)
    let finer = rings.map { ring in ring.map { Point(x: $0.x * factor, y: $0.y * factor) } }
    return ZoneCoverage(indexRings: finer, columns: columns * parts, rows: rows * parts)
      .coarsened(by: parts, areas: areas)
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
