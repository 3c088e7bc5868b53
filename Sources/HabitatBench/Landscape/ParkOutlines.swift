import Foundation
import RasterCore

/// The parks of a bench landscape, in metres of the land cover's CRS.
///
/// Parks 1 and 2 overlap, park 3 hangs over the east edge, park 4 is smaller than a cell, and every
/// third has a hole.
struct ParkOutlines {
  static let count = 31

  private let noise = HashNoise(seed: 31)
  private let grid: Grid

  init(on grid: Grid) { self.grid = grid }

  /// The shapes of all parks, the first of them park 1.
  var shapes: [PolygonShape] { (1...Self.count).map(shape) }

  private func shape(_ number: Int) -> PolygonShape {
    let extent = grid.extent
    let (width, height) = (extent.maxX - extent.minX, extent.maxY - extent.minY)
    var radius = width * (0.03 + 0.04 * share(number, 1))
    // One of six by six squares each, so that only the pair that should overlaps.
    let square = number * 7 % 36
    var centre = Point(
      x: extent.minX + width * (Double(square % 6) + 0.5) / 6,
      y: extent.minY + height * (Double(square / 6) + 0.5) / 6)
    switch number {
    case 2:
      let first = 7
      centre.x = extent.minX + width * (Double(first % 6) + 0.5) / 6 + width * 0.04
      centre.y = extent.minY + height * (Double(first / 6) + 0.5) / 6
    case 3: centre.x = extent.maxX - radius / 3
    case 4: radius = 10
    default: break
    }
    var rings = [ring(number, around: centre, radius, vertices: number == 4 ? 8 : 1_500)]
    if number % 3 == 0 {
      rings.append(ring(number + 100, around: centre, radius / 4, vertices: 200).reversed())
    }
    return PolygonShape(rings: rings)
  }

  /// A star of counter-clockwise points, 0.7…1 of the radius from the middle.
  private func ring(
    _ number: Int, around centre: Point, _ radius: Double, vertices: Int
  ) -> [Point] {
    (0..<vertices).map { vertex in
      let angle = 2 * .pi * Double(vertex) / Double(vertices)
      let waves = 0.1 * sin(3 * angle + Double(number)) + 0.03 * share(number, vertex)
      let distance = radius * (0.85 + waves)
      return Point(
        x: centre.x + distance * cos(angle), y: centre.y + distance * sin(angle))
    }
  }

  private func share(_ number: Int, _ part: Int) -> Double {
    Double(noise.hash(number, part)) / Double(UInt32.max)
  }
}
