import Foundation
import GeoIO
package import RasterCore

extension Grid {
  /// A ring of longitudes and latitudes (WGS 84, degrees) around the grid: its rim, counter-clockwise where the
  /// grid is north-up, longitudes running on; the box of what lies on the Earth where the rim does not.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  package func ringInDegrees() throws(HabitatError) -> [Point] {
    let locator = try GridLocator(self)
    return locator.outline() ?? locator.surroundingBox()
  }
}

/// Finds longitude and latitude (WGS 84) of places of a grid.
private struct GridLocator: ~Copyable {
  private let grid: Grid
  private let toDegrees: CoordinateTransform
  private let fromDegrees: CoordinateTransform
  /// Pieces of an edge: a 256th of 1000 km is 4 km long and bends by less than a metre.
  private static let pieces = 256
  /// Degrees, about a metre: what a piece may bend to be left out.
  private static let tolerance = 1e-5

  init(_ grid: Grid) throws(HabitatError) {
    let degrees = try CoordinateReferenceSystem(userInput: "EPSG:4326")
    let toDegrees = try CoordinateTransform(from: grid.crs, to: degrees)
    let fromDegrees = try CoordinateTransform(from: degrees, to: grid.crs)
    self.grid = grid
    self.toDegrees = toDegrees
    self.fromDegrees = fromDegrees
  }

  /// The rim, counter-clockwise where the grid is north-up, longitudes running on; `nil` where a place of it
  /// is nowhere on Earth or it goes round a pole.
  func outline() -> [Point]? {
    let (columns, rows) = (Double(grid.columns), Double(grid.rows))
    let corners = [(0, 0), (0, rows), (columns, rows), (columns, 0)].map { Point(x: $0.0, y: $0.1) }
    let places = corners.indices.flatMap { index in
      let (a, b) = (corners[index], corners[(index + 1) % 4])
      return (0..<Self.pieces).map { step in
        let share = Double(step) / Double(Self.pieces)
        return Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))
      }
    }
    var rim = locate(places)
    guard rim.allSatisfy(\.x.isFinite) else { return nil }
    rim.append(rim[0])
    for index in rim.indices.dropFirst() {
      rim[index].x = rim[index].x.nearest(to: rim[index - 1].x)
    }
    guard abs(rim[rim.count - 1].x - rim[0].x) < 180 else { return nil }
    return corners.indices.flatMap { index in
      let edge = rim[index * Self.pieces...(index + 1) * Self.pieces]
      return edge.withoutStraightPieces(tolerance: Self.tolerance).dropLast()
    }
  }

  /// What holds every place of the grid that is on Earth, whatever its shape; all round where it goes round
  /// a pole, or lies across both ends of the longitudes.
  func surroundingBox() -> [Point] {
    let found = locate(grid.places(steps: 128)).filter(\.x.isFinite)
    guard var box = Extent(around: found) else { return [] }
    if box.width > 180 { (box.minX, box.maxX) = (-180, 180) }
    for pole in [-90.0, 90] where holds(Point(x: 0, y: pole)) {
      (box.minX, box.maxX) = (-180, 180)
      (box.minY, box.maxY) = (min(box.minY, pole), max(box.maxY, pole))
    }
    return box.corners
  }

  private func holds(_ place: Point) -> Bool {
    let point = fromDegrees.transform(place)
    guard point.x.isFinite else { return false }
    let index = grid.index(of: point)
    return (0...Double(grid.columns)).contains(index.x) && (0...Double(grid.rows)).contains(index.y)
  }

  /// Columns and rows on the Earth, NaN for those beyond the edge of a map: these have an image too, but one
  /// that leads elsewhere.
  private func locate(_ places: [Point]) -> [Point] {
    let points = places.map { grid.point(column: $0.x, row: $0.y) }
    var images = points
    toDegrees.transform(&images)
    if grid.crs.isGeographic { return images }
    var back = images
    fromDegrees.transform(&back)
    return zip(zip(places, images), back).map { pair, point in
      let (place, image) = pair
      let index = grid.index(of: point)
      let isOnEarth = abs(index.x - place.x) < 0.5 && abs(index.y - place.y) < 0.5
      return isOnEarth ? image : Point(x: .nan, y: .nan)
    }
  }
}

extension Double {
  /// The longitude [°] of the same meridian that is nearest to another.
  fileprivate func nearest(to other: Double) -> Double {
    self - 360 * ((self - other) / 360).rounded()
  }
}

extension ArraySlice<Point> {
  /// The line with as few of its points as keep it within the tolerance (Douglas and Peucker).
  fileprivate func withoutStraightPieces(tolerance: Double) -> [Point] {
    guard count > 2, let a = first, let b = last else { return Array(self) }
    let length = hypot(b.x - a.x, b.y - a.y)
    func distance(_ point: Point) -> Double {
      let (dx, dy) = (point.x - a.x, point.y - a.y)
      return length > 0 ? abs((b.x - a.x) * dy - (b.y - a.y) * dx) / length : hypot(dx, dy)
    }
    let inner = indices.dropFirst().dropLast()
    guard let farthest = inner.max(by: { distance(self[$0]) < distance(self[$1]) }),
      distance(self[farthest]) > tolerance
    else { return [a, b] }
    return self[startIndex...farthest].withoutStraightPieces(tolerance: tolerance).dropLast()
      + self[farthest..<endIndex].withoutStraightPieces(tolerance: tolerance)
  }
}
