import GeoIO
import GroundGeometry
import RasterCore

/// Boxes around parks, for what is to be said of the land of the parks and need not be cut to their outlines.
struct ParkBoxes: Sendable {
  private let shapes: [PolygonShape]
  private let crs: CoordinateReferenceSystem

  init(_ parks: [Park], crs: CoordinateReferenceSystem) {
    (shapes, self.crs) = (parks.map(\.shape), crs)
  }

  /// The cells of a grid around each park: rectangles that do not overlap, none where no park lies on it; of very
  /// many parks the one rectangle around all.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  func windows(on grid: Grid) throws(HabitatError) -> [Window] {
    var boxes = try boxes(on: grid)
    if boxes.count > Self.most { boxes = [boxes.dropFirst().reduce(boxes[0]) { $0.union($1) }] }
    return TileRegion.regions(of: boxes.compactMap { $0.cells(of: grid) }, in: grid.window)
      .filter { !$0.tiles.isEmpty }.map(\.window)
  }

  private static let most = 1000

  /// The cells of a grid around all parks and the land within reach of them, out to whole tiles of the grid's
  /// whole; `nil` where no park lies on the grid.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  func window(within reach: ParkReach, on grid: Grid) throws(HabitatError) -> Window? {
    let boxes = try boxes(on: grid).compactMap { $0.cells(of: grid) }
    guard let first = boxes.first else { return nil }
    let box = boxes.dropFirst().reduce(first) { $0.union($1) }
    let around = try box.expanded(
      byMetres: reach.kilometres * 1000, on: grid, crs.geographicBase)
    return around?.outToSquares(of: Strip.tile).intersection(grid.window)
  }

  /// The output tiles of a grid within reach of any park.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  func tiles(within reach: ParkReach, on grid: Grid) throws(HabitatError) -> NearbyTiles {
    let geometry = try ParkGeometry(parksCRS: crs, grid: grid)
    return try NearbyTiles(
      shapes.compactMap { geometry.imageNearGrid(of: $0) }, within: reach.kilometres * 1000,
      of: grid, side: Strip.tile, ground: crs.geographicBase)
  }

  /// Around each park that has an image near the grid, in columns and rows.
  private func boxes(on grid: Grid) throws(HabitatError) -> [Extent] {
    let geometry = try ParkGeometry(parksCRS: crs, grid: grid)
    return shapes.compactMap { shape in
      geometry.imageNearGrid(of: shape)?.extent.flatMap { box in
        Extent(around: box.corners.map { grid.index(of: $0) })
      }
    }
  }
}

extension Extent {
  /// The cells that a box in columns and rows touches; `nil` where it lies beyond the grid.
  fileprivate func cells(of grid: Grid) -> Window? {
    let (west, east) = (max(0, minX.rounded(.down)), min(Double(grid.columns), maxX.rounded(.up)))
    let (north, south) = (max(0, minY.rounded(.down)), min(Double(grid.rows), maxY.rounded(.up)))
    guard west < east, north < south else { return nil }
    return Window(
      column: Int(west), row: Int(north), columns: Int(east - west), rows: Int(south - north))
  }
}
