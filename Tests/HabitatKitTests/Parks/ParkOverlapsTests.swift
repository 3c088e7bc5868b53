import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Land that parks share with earlier ones") struct ParkOverlapsTests {
  private func square(_ x: Double, _ y: Double, side: Double) -> PolygonShape {
    PolygonShape(rings: [
      Extent(minX: x, minY: y, maxX: x + side, maxY: y + side).corners
    ])
  }

  private func area(of shape: PolygonShape?) -> Double {
    (shape?.rings ?? []).reduce(0) { $0 + $1.signedArea }
  }

  @Test("a park that is there many times shares all of itself but the first time")
  func copies() throws {
    let shapes = (0..<40).map { square($0 % 2 == 0 ? 0 : 10, 0, side: 3) }
    let overlaps = ParkOverlaps(shapes)
    for index in shapes.indices {
      #expect(area(of: try overlaps.sharedPart(of: index)) == (index < 2 ? 0 : 9))
    }
  }

  @Test("of squares on whole numbers as much is shared as counting unit squares tells")
  func counted() throws {
    var random = SeededGenerator(seed: 5)
    // Crowded in the west, apart in the east; more than can be looked at one by one.
    let places = (0..<120).map { index -> (Int, Int, Int) in
      let reach = index % 3 == 0 ? 60 : 12
      return (
        Int.random(in: 0..<reach, using: &random), Int.random(in: 0..<9, using: &random),
        Int.random(in: 1...5, using: &random)
      )
    }
    let overlaps = ParkOverlaps(
      places.map { square(Double($0.0), Double($0.1), side: Double($0.2)) })
    var covered: Set<SIMD2<Int>> = []
    for (index, (x, y, side)) in places.enumerated() {
      let own = (x..<x + side).flatMap { x in (y..<y + side).map { SIMD2(x, $0) } }
      let shared = own.filter(covered.contains).count
      #expect(abs(area(of: try overlaps.sharedPart(of: index)) - Double(shared)) < 1e-9)
      covered.formUnion(own)
    }
  }
}
