import GeoIO
import GroundGeometry
import RasterCore

extension ParkGeometry {
  /// A polygon cut by ground on the grid's side.
  struct Cut {
    /// Square metres on that ground.
    let area: Double
    /// What is left of the polygon near the grid, in the grid's CRS.
    let near: PolygonShape
    /// What is left far from it, in the parks' CRS.
    let far: PolygonShape
  }

  /// - Parameter footprint: of tiles on the grid.
  func cut(
    _ shape: PolygonShape, by footprint: TileFootprint, at location: String
  ) throws(HabitatError) -> Cut {
    let (near, far) = try split(turned(shape), at: location)
    let placed = try place(near, at: location)
    guard let box = placed.extent, !footprint.holds(box) else {
      return Cut(
        area: try areaOnGround(placed, at: location), near: PolygonShape(rings: []), far: far)
    }
    let held = try PolygonOverlay.intersection(placed, footprint.outline)
    return Cut(
      area: try areaOnGround(held, at: location),
      near: try PolygonOverlay.difference(placed, footprint.outline), far: far)
  }
}
