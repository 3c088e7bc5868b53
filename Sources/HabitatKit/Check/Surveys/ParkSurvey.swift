import GeoIO
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
  let collection: ParkCollection
  /// Longitude and latitude on the parks' datum.
  private let ground: CoordinateReferenceSystem

  init(_ collection: ParkCollection) {
    (self.collection, ground) = (collection, collection.crs.geographicBase)
  }

  /// The parks in reporting order, not yet laid on any raster.
  func surveys() throws(HabitatError) -> [ParkSurvey] {
    var surveys: [ParkSurvey] = []
    let geometry = try ownGeometry()
    for park in collection.parks {
      let area = try geometry.area(of: park.shape, at: "parks: \(park.name)")
      surveys.append(
        ParkSurvey(
          id: park.id, name: park.name, area: area / 1e6, wasRepaired: park.wasRepaired,
          isEmpty: park.shape.isEmpty))
    }
    return surveys
  }

  /// km² of each park on tiles of a grid.
  func areas(on grid: Grid, tiles: [Window]) throws(HabitatError) -> [Double] {
    let areas = try CellAreas(of: grid, on: ground)
    let regions = TileRegion.regions(of: tiles, in: grid.window)
    let gaps = regions.filter { $0.tiles.isEmpty }.map(\.window)
    let geometry = try ParkGeometry(parksCRS: collection.crs, grid: grid)
    var inside: [Double] = []
    for park in collection.parks {
      let measure = try geometry.measure(park.shape, at: "parks: \(park.name)")
      let missing = gaps.reduce(0) { $0 + areas.squareMetres(of: measure.coverage, in: $1) }
      inside.append(max(0, measure.area - measure.outside - missing) / 1e6)
    }
    return inside
  }

  /// km² of each park on tiles of any of the lattices; exact on one, on several the share of 200 × 200 places
  /// spread over the park's box.
  func areas(onTilesOf lattices: [TileLattice]) throws(HabitatError) -> [Double] {
    if lattices.count == 1 {
      return try areas(on: lattices[0].grid, tiles: lattices[0].placements.map(\.window))
    }
    let whole = try surveys().map(\.area)
    var areas: [Double] = []
    for (park, area) in zip(collection.parks, whole) {
      areas.append(area * (try share(of: park.shape, onTilesOf: lattices)))
    }
    return areas
  }

  private func share(
    of shape: PolygonShape, onTilesOf lattices: [TileLattice]
  ) throws(HabitatError) -> Double {
    guard let box = shape.extent, box.width > 0, box.height > 0 else { return 0 }
    let steps = 200
    let grid = Grid(
      crs: collection.crs,
      geotransform: Geotransform(
        originX: box.minX, columnStepX: box.width / Double(steps), originY: box.maxY,
        rowStepY: -box.height / Double(steps)), columns: steps, rows: steps)
    let coverage = ZoneCoverage(of: shape, in: grid)
    var (places, weights): ([Point], [Double]) = ([], [])
    for row in coverage.rowRange {
      for run in coverage.runs(inRow: row) {
        for column in run.columns {
          places.append(
            grid.geotransform.point(column: Double(column) + 0.5, row: Double(row) + 0.5))
          weights.append(run.fraction)
        }
      }
    }
    let areHeld = try lattices.hold(places, in: collection.crs)
    let held = zip(areHeld, weights).reduce(0) { $1.0 ? $0 + $1.1 : $0 }
    let all = weights.reduce(0, +)
    return all > 0 ? held / all : 0
  }

  /// Pairs of parks that share land.
  func overlaps() throws(HabitatError) -> [ParkOverlap] {
    let geometry = try ownGeometry()
    let parks = collection.parks
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
        guard area >= 5e-7 else { continue }
        overlaps.append(ParkOverlap(first: parks[earlier].name, second: park.name, area: area))
      }
    }
    return overlaps
  }

  /// Areas do not depend on a grid: any will do.
  private func ownGeometry() throws(HabitatError) -> ParkGeometry {
    let box = Extent(around: collection.parks.compactMap(\.shape.extent).flatMap(\.corners))
    let extent = box ?? Extent(minX: 0, minY: 0, maxX: 1, maxY: 1)
    return try ParkGeometry(
      parksCRS: collection.crs,
      grid: Grid(
        crs: collection.crs,
        geotransform: Geotransform(
          originX: extent.minX, columnStepX: max(extent.width, 1e-6), originY: extent.maxY,
          rowStepY: -max(extent.height, 1e-6)), columns: 1, rows: 1))
  }
}

extension CellAreas {
  /// Square metres of the part of a zone that lies in a window.
  fileprivate func squareMetres(of zone: ZoneCoverage, in window: Window) -> Double {
    var sum = 0.0
    var sums: [Int64] = []
    for row in window.rowRange.clamped(to: zone.rowRange) {
      for run in zone.runs(inRow: row) {
        let columns = run.columns.clamped(to: window.columnRange)
        guard !columns.isEmpty else { continue }
        prefixSums(row: row, columns: columns, into: &sums)
        sum += unit.squareMetres(sums[columns.count]) * run.fraction
      }
    }
    return sum
  }
}
