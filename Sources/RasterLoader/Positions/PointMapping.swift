import GeoIO
import RasterCore

/// Where positions of one grid lie on another, both in columns and rows; owned by one task.
///
/// Longitudes are brought to within half a turn of the target's middle, so that grids on either side
/// of the antimeridian meet.
struct PointMapping: ~Copyable {
  private let source: Grid
  private let target: Grid
  private let transform: CoordinateTransform

  init(from source: Grid, to target: Grid) throws(HabitatError) {
    self.source = source
    self.target = target
    transform = try CoordinateTransform(from: source.crs, to: target.crs)
  }

  /// Columns and rows of `target` for positions in columns and rows of `source`; NaN where there is
  /// no image.
  func map(_ positions: inout [Point]) {
    for index in positions.indices {
      positions[index] = source.point(column: positions[index].x, row: positions[index].y)
    }
    transform.transform(&positions)
    for index in positions.indices {
      positions[index] = target.index(ofNearestTurnOf: positions[index])
    }
  }
}
