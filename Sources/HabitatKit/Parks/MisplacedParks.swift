import GeoIO
import RasterCore

/// Guesses why no park lies on the land cover.
struct MisplacedParks {
  private let parks: [Park]
  private let crs: CoordinateReferenceSystem
  private let grid: Grid

  init(_ parks: [Park], _ crs: CoordinateReferenceSystem, _ grid: Grid) {
    (self.parks, self.crs, self.grid) = (parks, crs, grid)
  }

  /// - Parameter path: the file of the parks.
  func refusal(of path: String) -> HabitatError {
    HabitatError(
      .input, "parks-elsewhere", "no park lies on the land cover",
      at: "parks: \(path); land cover: \(grid.crs.name), \(grid.extentText)", fix: fix)
  }

  /// What would bring the parks onto the grid, in words.
  private var fix: String {
    let general = "check the CRS of both (--assume-crs), and that they are of one region"
    for guess in Self.guesses where parks.contains(where: { lies($0.shape, guess.change) }) {
      return "\(guess.words); else \(general)"
    }
    return general
  }

  private static let guesses: [(words: String, change: @Sendable (Point) -> Point)] = [
    (
      "with x and y swapped the parks would lie on the land cover: swap their coordinates",
      { Point(x: $0.y, y: $0.x) }
    ),
    (
      "with the sign of the latitude changed the parks would lie on the land cover: they are on the "
        + "wrong hemisphere", { Point(x: $0.x, y: -$0.y) }
    ),
    (
      "with the sign of the longitude changed the parks would lie on the land cover: they are on the "
        + "wrong hemisphere", { Point(x: -$0.x, y: $0.y) }
    ),
  ]

  /// Whether the middle of the changed outline's box lies on the grid.
  private func lies(_ shape: PolygonShape, _ change: (Point) -> Point) -> Bool {
    guard let box = shape.extent,
      let transform = try? CoordinateTransform(from: crs, to: grid.crs)
    else { return false }
    let middle = change(Point(x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2))
    let place = grid.index(of: transform.transform(middle))
    return place.x >= 0 && place.y >= 0 && place.x <= Double(grid.columns)
      && place.y <= Double(grid.rows)
  }
}
