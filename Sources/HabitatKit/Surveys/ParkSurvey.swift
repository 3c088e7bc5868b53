import GeoIO
import GroundGeometry
import RasterCore
import RasterLoader
import ZonalStatistics

/// A park as the rasters see it; areas in km² on the ellipsoid of the parks' datum.
public struct ParkSurvey: Hashable, Sendable {
  public let id: String
  public let name: String
  public let area: Double
  /// The outline was invalid and has been repaired.
  public let wasRepaired: Bool
  public let isEmpty: Bool
  /// On the land cover's tiles, gaps between them left out; `nil` where there is no land cover.
  public internal(set) var landCoverArea: Double?
  /// On the DEM's tiles, whatever their cells hold; `nil` where there is no DEM.
  public internal(set) var elevationArea: Double?
  /// On the tiles of each refinement layer, by its name.
  public internal(set) var refinementAreas: [String: Double] = [:]
}

/// Land that two parks share.
public struct ParkOverlap: Hashable, Sendable {
  public let first: String
  public let second: String
  /// Square kilometres.
  public let area: Double
}

/// Measures parks against tiles.
struct ParkSurveyor {
  private let parks: [Park]
  private let crs: CoordinateReferenceSystem
  /// Longitude and latitude on the parks' datum.
  private let ground: CoordinateReferenceSystem

  init(_ parks: [Park], crs: CoordinateReferenceSystem) {
    (self.parks, self.crs, ground) = (parks, crs, crs.geographicBase)
  }

  init(_ collection: ParkCollection) { self.init(collection.parks, crs: collection.crs) }

  /// The parks in reporting order, not yet laid on any raster.
  func surveys() throws(HabitatError) -> [ParkSurvey] {
    var surveys: [ParkSurvey] = []
    let geometry = try ownGeometry()
    for park in parks {
      let area = try geometry.area(of: park.shape, at: "parks: \(park.name)")
      surveys.append(
        ParkSurvey(
          id: park.id, name: park.name, area: area / 1e6, wasRepaired: park.wasRepaired,
          isEmpty: park.shape.isEmpty))
    }
    return surveys
  }

  /// km² of each park on tiles.
  ///
  /// - Throws: `.input`: `no-transform`, `polygon-overlay`.
  func areas(on footprints: [TileFootprint]) throws(HabitatError) -> [Double] {
    try TileCover(footprints, ground: ground).areas(
      of: parks.map(\.shape), in: crs
    ) { "parks: \(parks[$0].name)" }.map { $0 / 1e6 }
  }

  /// km² of each park on the tiles of a land cover, within the grid of the analysis.
  ///
  /// Tiles on lattices of their own are laid where they are: what lies on them and on the grid is what lies on
  /// either, less what lies on any of both.
  ///
  /// - Throws: `.input`: `no-transform`, `polygon-overlay`.
  func areas(on landCover: LandCoverSource) throws(HabitatError) -> [Double] {
    guard !landCover.sampledTiles.isEmpty else {
      return try areas(on: [TileFootprint(on: landCover.grid, windows: landCover.windows)])
    }
    let tiles = try TileLattice.lattices(of: landCover.tiles).footprints
    let grid = try TileFootprint(on: landCover.grid, windows: [landCover.grid.window])
    let (onTiles, onGrid) = (try areas(on: tiles), try areas(on: [grid]))
    let onAny = try areas(on: tiles + [grid])
    return onTiles.indices.map { onTiles[$0] + onGrid[$0] - onAny[$0] }
  }

  /// Pairs of parks that share land.
  func overlaps() throws(HabitatError) -> [ParkOverlap] {
    let geometry = try ownGeometry()
    let boxes = parks.map(\.shape.extent)
    var overlaps: [ParkOverlap] = []
    for (index, park) in parks.enumerated() {
      guard let box = boxes[index] else { continue }
      for earlier in 0..<index {
        guard let other = boxes[earlier], box.overlaps(other) else { continue }
        let shared = try PolygonOverlay.intersection(park.shape, parks[earlier].shape)
        guard !shared.isEmpty else { continue }
        let area = try geometry.area(of: shared, at: "parks: \(park.name)") / 1e6
        // Neighbours digitised apart share slivers that no table shows.
        guard area >= AreaTable.leastShown else { continue }
        overlaps.append(ParkOverlap(first: parks[earlier].name, second: park.name, area: area))
      }
    }
    return overlaps
  }

  private func ownGeometry() throws(HabitatError) -> ParkGeometry {
    try ParkGeometry(measuring: parks.map(\.shape), in: crs)
  }
}
