import GeoIO
import RasterCore

/// Where positions of one grid lie on another, both in columns and rows; owned by one task.
///
/// Longitudes are brought to within half a turn of the target's middle, so that grids on either side
/// of the antimeridian meet.
struct PointMapping: ~Copyable {
  private let source: Geotransform
  private let target: Geotransform
  private let transform: CoordinateTransform
  private let turn: Double?
  private let middleX: Double

  init(from source: Grid, to target: Grid) throws(HabitatError) {
    self.source = source.geotransform
    self.target = target.geotransform
    transform = try CoordinateTransform(from: source.crs, to: target.crs)
    turn = target.crs.isGeographic ? 2 * Double.pi / target.crs.unit : nil
    middleX = (target.extent.minX + target.extent.maxX) / 2
  }

  /// Columns and rows of `target` for positions in columns and rows of `source`; NaN where there is
  /// no image.
  func map(_ positions: inout [Point]) {
    for index in positions.indices {
      positions[index] = source.point(column: positions[index].x, row: positions[index].y)
    }
    transform.transform(&positions)
    for index in positions.indices {
      if let turn {
        positions[index].x -= turn * ((positions[index].x - middleX) / turn).rounded()
      }
      positions[index] = target.index(of: positions[index])
    }
  }
}
