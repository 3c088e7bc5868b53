import RasterCore
import Testing

@Suite("Shapes of zones") struct PolygonShapeTests {
  /// A square of 10 with a hole of 2, and another square of 1 beside it.
  private static let shape = PolygonShape(rings: [
    Extent(minX: 0, minY: 0, maxX: 10, maxY: 10).corners.runningAgainstTheClock,
    Extent(minX: 4, minY: 4, maxX: 6, maxY: 6).corners.runningAgainstTheClock.reversed(),
    Extent(minX: 20, minY: 0, maxX: 21, maxY: 1).corners.runningAgainstTheClock,
  ])

  @Test(
    "shells and holes stay such wherever their points go, mirrored or not",
    arguments: [
      (x: 1.0, y: 1.0), (x: 1, y: -1), (x: -1, y: 1), (x: -2, y: -3), (x: 0.01, y: -0.02),
    ])
  func mapped(scale: (x: Double, y: Double)) {
    let image = Self.shape.mapped { Point(x: $0.x * scale.x + 7, y: $0.y * scale.y - 3) }
    let unit = abs(scale.x * scale.y)
    #expect(image.rings.count == 3)
    // 100, less 4 for the hole, and 1.
    for (ring, area) in zip(image.rings, [100.0, -4, 1]) {
      #expect(abs(ring.signedArea - area * unit) < 1e-9 * unit)
    }
  }

  @Test("the signed area of a ring is that of the shoelace formula") func area() {
    let triangle = [Point(x: 0, y: 0), Point(x: 4, y: 0), Point(x: 0, y: 3)]
    #expect(triangle.signedArea == 6 && Array(triangle.reversed()).signedArea == -6)
    #expect([Point]().signedArea == 0)
  }
}

extension [Point] {
  fileprivate var runningAgainstTheClock: [Point] { signedArea < 0 ? reversed() : self }
}
