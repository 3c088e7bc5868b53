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
    let geometry = try ParkGeometry(parksCRS: crs, grid: grid)
    var boxes: [Extent] = []
    for shape in shapes {
      guard let corners = geometry.imageNearGrid(of: shape)?.extent?.corners,
        let box = Extent(around: corners.map { grid.index(of: $0) })
      else { continue }
      boxes.append(box)
    }
    if boxes.count > Self.most { boxes = [boxes.dropFirst().reduce(boxes[0]) { $0.union($1) }] }
    return TileRegion.regions(of: boxes.compactMap { $0.cells(of: grid) }, in: grid.window)
      .filter { !$0.tiles.isEmpty }.map(\.window)
  }

  private static let most = 1000
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
