import Foundation
import RasterCore
import Testing

@testable import DemoLandscape

@Suite struct ParkTests {
  // NEASPEC (2026), Table 8; the demonstration promises half a per cent.
  @Test(
    "a park has its published area",
    arguments: [
      (name: "Land of the Leopard", squareKilometres: 3_705.0),
      (name: "Northeast Tiger and Leopard National Park", squareKilometres: 14_838.0),
    ])
  func area(name: String, squareKilometres: Double) throws {
    let park = try #require(Park.all.first { $0.name == name })
    let area = Self.area(of: park.outline) / 1e6
    #expect(abs(area / squareKilometres - 1) < 0.005)
  }

  // Species models, section 7: "1x1 deg at 43-44 N 8,985.483 km2".
  @Test("the test's own integral gives the area of a square degree")
  func squareDegree() {
    let square = Park.places([(130, 43), (131, 43), (131, 44), (130, 44)])
    #expect(abs(Self.area(of: square) / 1e6 - 8_985.483) < 5e-4)
  }

  @Test("no point of one park lies in the other")
  func doNotOverlap() {
    let chains = Park.all.map { Chain(points: $0.outline) }
    var shared = 0
    for row in 0..<400 {
      for column in 0..<560 {
        let place = Point(x: 129 + 0.005 * Double(column), y: 42.4 + 0.005 * Double(row))
        if chains.allSatisfy({ $0.encloses(place) }) { shared += 1 }
      }
    }
    #expect(shared == 0)
  }

  @Test("the parks lie within the land cover")
  func framed() {
    for place in Park.all.flatMap(\.outline) {
      let point = TransverseMercator.project(place)
      #expect(point.x > Frame.minX + 9_000 && point.x < Frame.maxX - 9_000)
      #expect(point.y > Frame.minY + 9_000 && point.y < Frame.maxY - 9_000)
    }
  }

  /// m² on WGS 84 within edges that are straight in degrees: the integral of the area south of the
  /// edge, by the formula of the species models, section 7, over 200 pieces an edge.
  static func area(of ring: [Point]) -> Double {
    let (b, e2) = (Ellipsoid.wgs84.semiMinorAxis, Ellipsoid.wgs84.squaredEccentricity)
    let e = e2.squareRoot()
    func south(_ latitude: Double) -> Double {
      let s = sin(latitude * .pi / 180)
      return b * b / 2 * (s / (1 - e2 * s * s) + log((1 + e * s) / (1 - e * s)) / (2 * e))
    }
    var sum = 0.0
    for (index, start) in ring.enumerated() {
      let end = ring[(index + 1) % ring.count]
      for piece in 0..<200 {
        let share = (Double(piece) + 0.5) / 200
        sum += (end.x - start.x) / 200 * .pi / 180 * south(start.y + share * (end.y - start.y))
      }
    }
    return abs(sum)
  }
}
