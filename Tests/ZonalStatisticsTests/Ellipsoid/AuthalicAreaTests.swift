import Foundation
import RasterCore
import Testing
import ZonalStatistics

private let radian = Double.pi / 180

/// The corners of a box of degrees, counter-clockwise, in radians.
private func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> [Point] {
  [(west, south), (east, south), (east, north), (west, north)].map {
    Point(x: $0.0 * radian, y: $0.1 * radian)
  }
}

struct DegreeBox: Sendable {
  let width: Double
  let south: Double
  let height: Double
  /// m².
  let area: Double
}

@Suite("Areas on an ellipsoid")
struct AuthalicAreaTests {
  // The closed form with 45 decimal digits, in Python's decimal module.
  @Test(
    "a box of degrees has the area of the closed form",
    arguments: [
      DegreeBox(width: 360, south: -90, height: 180, area: 510_065_621_724_088.509_3),
      DegreeBox(width: 1, south: 43, height: 1, area: 8_985_483_100.898_603_6),
      DegreeBox(width: 1 / 12e3, south: 43, height: 1 / 12e3, area: 62.906_966_427_313_71),
      DegreeBox(width: 1 / 120, south: 43, height: 1 / 120, area: 629_028.035_374_382_27),
    ])
  func closedForm(expected: DegreeBox) {
    let (width, south, height) = (expected.width, expected.south, expected.height)
    let area = expected.area
    let computed = Ellipsoid.wgs84.area(ofRings: [box(0, south, width, south + height)])
    // Latitudes near 0.75 rad are rounded to 1e-16, which is 1e-10 of the smallest height.
    #expect(abs(computed / area - 1) < 1e-10)
    let band = Ellipsoid.wgs84.authalicFunction(
      from: south * radian, to: (south + height) * radian)
    #expect(abs(width * radian * band / area - 1) < 1e-10)
  }

  @Test("the function of a latitude's sine agrees with its differences")
  func functionAgrees() {
    for latitude in stride(from: -90.0, through: 90, by: 7.5) {
      let function = Ellipsoid.wgs84.authalicFunction(sinLatitude: sin(latitude * radian))
      let difference = Ellipsoid.wgs84.authalicFunction(from: 0, to: latitude * radian)
      #expect(abs(function - difference) < 0.05)  // of 4e13: a few units in the last place
    }
  }

  @Test(
    "nearly a sphere is nearly the sphere's area", arguments: [0.0, 1e-300, 1e-18, 1e-12, -1e-12])
  func tinyFlattening(flattening: Double) {
    let ellipsoid = Ellipsoid(semiMajorAxis: 2, flattening: flattening)
    // 4πa²(1 − 2f/3 + …); the rest is rounding.
    #expect(abs(ellipsoid.surfaceArea / (16 * .pi * (1 - 2 * flattening / 3)) - 1) < 4e-16)
    let octant = ellipsoid.area(ofRings: [box(0, 0, 90, 90)])
    #expect(abs(octant / (2 * .pi * (1 - 2 * flattening / 3)) - 1) < 1e-15)
  }

  @Test("a prolate ellipsoid has its own closed form")
  func prolate() {
    let prolate = Ellipsoid(semiMajorAxis: 3, flattening: -1.0 / 3)  // b = 4
    // 2πa²(1 + c/(a·ε)·arcsin ε), ε² = 1 − a²/c².
    let eccentricity = (1 - 9.0 / 16).squareRoot()
    let surface = 2 * .pi * 9 * (1 + 4 / (3 * eccentricity) * asin(eccentricity))
    #expect(abs(prolate.surfaceArea / surface - 1) < 1e-15)
  }

  @Test("a triangle on the sphere has the integral worked by hand")
  func triangle() {
    // (0,0), (L,0), (0,L): ∫₀ᴸ (L − φ) cos φ dφ = 1 − cos L.
    let sphere = Ellipsoid(semiMajorAxis: 1, flattening: 0)
    for length in [1e-4, 0.003, 0.3, 1.5] {
      let ring = [Point(x: 0, y: 0), Point(x: length, y: 0), Point(x: 0, y: length)]
      let expected = 2 * sin(length / 2) * sin(length / 2)
      #expect(abs(sphere.area(ofRings: [ring]) / expected - 1) < 1e-13)
    }
  }

  @Test("cutting edges into pieces changes nothing", arguments: UInt64(0)..<5)
  func cutEdges(seed: UInt64) {
    let ring = Shapes.star(seed: seed, center: Point(x: 0.3, y: 0.7), radius: 0.5, points: 9)
    let cut = Shapes.cut(ring, pieces: 7)
    let whole = Ellipsoid.wgs84.area(ofRings: [ring])
    #expect(abs(Ellipsoid.wgs84.area(ofRings: [cut]) / whole - 1) < 1e-13)  // rounding
  }

  @Test("holes count against their shells, and a reversed ring is negative")
  func holes() {
    let (shell, hole) = (box(10, 40, 20, 50), box(12, 42, 13, 43))
    let ellipsoid = Ellipsoid.wgs84
    let expected = ellipsoid.area(ofRings: [shell]) - ellipsoid.area(ofRings: [hole])
    let computed = ellipsoid.area(ofRings: [shell, hole.reversed()])
    #expect(abs(computed / expected - 1) < 1e-15)
    #expect(ellipsoid.area(ofRings: [shell.reversed()]) == -ellipsoid.area(ofRings: [shell]))
  }

  @Test("a ring that jumps at the antimeridian is the ring that does not")
  func antimeridian() {
    let jumping = [(179.0, 60.0), (-178, 60), (-178, 65), (179, 65)].map {
      Point(x: $0.0 * radian, y: $0.1 * radian)
    }
    let expected = Ellipsoid.wgs84.area(ofRings: [box(179, 60, 182, 65)])
    let computed = Ellipsoid.wgs84.area(ofRings: [jumping], wrapping: true)
    #expect(abs(computed / expected - 1) < 1e-13)
  }

  @Test("rings round a pole are caps and bands")
  func poles() {
    let ellipsoid = Ellipsoid.wgs84
    func circle(_ latitude: Double) -> [Point] {
      stride(from: -180.0, to: 180, by: 10).map {
        Point(x: $0 * radian, y: latitude * radian)
      }
    }
    func cap(_ latitude: Double) -> Double {
      2 * .pi * ellipsoid.authalicFunction(from: latitude * radian, to: .pi / 2)
    }
    func expect(_ rings: [[Point]], _ expected: Double) {
      let computed = ellipsoid.area(ofRings: rings, wrapping: true)
      #expect(abs(computed - expected) < 1e-14 * ellipsoid.surfaceArea)
    }
    expect([circle(70)], cap(70))
    expect([circle(-70).reversed()], cap(70))
    expect([circle(60), circle(70).reversed()], cap(60) - cap(70))
    expect([circle(-70), circle(-60).reversed()], cap(60) - cap(70))
    expect([circle(70), circle(-70).reversed()], 2 * cap(70))
    // Drawn in the plane, down to the corners of the map, as most files have Antarctica.
    let plane =
      [Point(x: -.pi, y: -.pi / 2), Point(x: .pi, y: -.pi / 2), Point(x: .pi, y: -70 * radian)]
      + circle(-70).reversed()
    expect([plane], cap(70))
    #expect(abs(ellipsoid.area(ofRings: [plane]) / cap(70) - 1) < 1e-13)
  }
}
