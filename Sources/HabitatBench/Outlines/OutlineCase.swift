import Foundation
import GeoIO
import RasterCore

/// Outlines that are large in one way, on a raster that is small: what a run takes is then theirs.
struct OutlineCase: Sendable {
  let name: String
  let count: Int
  /// In a square of 0…1 in both directions.
  let shapes: @Sendable (Int) -> [PolygonShape]

  /// Three sizes of each kind, each twice the one before.
  ///
  /// - Parameter share: of the full sizes.
  static func all(share: Double) -> [[OutlineCase]] {
    let kinds: [(String, Int, @Sendable (Int) -> [PolygonShape])] = [
      ("vertices of a star", 500_000, { [star($0)] }),
      ("parts of a park", 200_000, { [squares($0)] }),
      ("coincident triangles", 1000, { [PolygonShape](repeating: triangle, count: $0) }),
    ]
    return kinds.map { name, most, shapes in
      [4, 2, 1].map { divisor in
        OutlineCase(
          name: name, count: max(8, Int(Double(most / divisor) * share)), shapes: shapes)
      }
    }
  }

  /// Cells along a side of the raster.
  static let size = 200

  func path(in landscape: BenchLandscape) -> String {
    landscape.folder + "/outlines-\(name.replacing(" ", with: "-"))-\(count).gpkg"
  }

  /// Writes the outlines into the middle of a landscape, in its own CRS.
  ///
  /// - Throws: `.cannotWrite`.
  func write(into landscape: BenchLandscape) throws(HabitatError) {
    guard FileSystem.size(of: path(in: landscape)) == .missing else { return }
    let grid = try landscape.grid()
    let box = grid.extent.expanded(byX: -grid.extent.width / 10, y: -grid.extent.height / 10)
    let writer = try VectorWriter(creating: path(in: landscape))
    try writer.addLayer(
      "parks", crs: grid.crs, kind: .polygon, fields: [("park_id", .whole)],
      features: shapes(count).enumerated().map { index, shape in
        let placed = shape.mapped { point in
          Point(x: box.minX + point.x * box.width, y: box.minY + point.y * box.height)
        }
        return (.polygon(placed), [.whole(index + 1)])
      })
    try writer.close()
  }

  // MARK: Shapes

  /// Every second vertex is a tenth nearer to the middle: the boxes of all edges of a side meet.
  private static func star(_ count: Int) -> PolygonShape {
    PolygonShape(rings: [
      (0..<count).map { vertex in
        let angle = 2 * Double.pi * Double(vertex) / Double(count)
        let radius = vertex % 2 == 0 ? 0.5 : 0.45
        return Point(x: 0.5 + radius * cos(angle), y: 0.5 + radius * sin(angle))
      }
    ])
  }

  private static func squares(_ count: Int) -> PolygonShape {
    let across = Int(Double(count).squareRoot().rounded(.up))
    let side = 1 / Double(across)
    return PolygonShape(
      rings: (0..<count).map { number in
        let (x, y) = (Double(number % across) * side, Double(number / across) * side)
        return Extent(minX: x, minY: y, maxX: x + 0.6 * side, maxY: y + 0.6 * side).corners
      })
  }

  private static let triangle = PolygonShape(rings: [
    [Point(x: 0, y: 0), Point(x: 1, y: 0), Point(x: 0.5, y: 1)]
  ])
}
