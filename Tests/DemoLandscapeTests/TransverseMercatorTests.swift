import Foundation
import RasterCore
import Testing

@testable import DemoLandscape

@Suite struct TransverseMercatorTests {
  /// Oracle: PROJ 9.1.1, EPSG:4326 to EPSG:32652, printed to 0.1 mm.
  static let known: [(place: Point, projected: Point)] = [
    (Point(x: 129, y: 0), Point(x: 500_000, y: 0)),
    (Point(x: 129, y: 43), Point(x: 500_000, y: 4_760_814.7961)),
    (Point(x: 130.6, y: 42.47), Point(x: 631_530.1791, y: 4_703_202.1184)),
    (Point(x: 131.7, y: 43.76), Point(x: 717_344.3804, y: 4_848_760.4026)),
    (Point(x: 129.25, y: 44.3), Point(x: 519_942.2587, y: 4_905_224.4445)),
    (Point(x: 132.4, y: 42.2), Point(x: 780_712.7941, y: 4_677_580.5578)),
    (Point(x: 126.1, y: 44.5), Point(x: 269_454.6731, y: 4_931_500.3890)),
  ]

  // The series is cut off where its next term is below a millimetre.
  @Test("a place is projected as PROJ projects it, to a millimetre", arguments: known)
  func projects(place: Point, projected: Point) {
    let point = TransverseMercator.project(place)
    #expect(abs(point.x - projected.x) < 1e-3)
    #expect(abs(point.y - projected.y) < 1e-3)
  }

  // 1e-10 degrees are a hundredth of a millimetre.
  @Test("there and back is the same place", arguments: known)
  func returns(place: Point, projected: Point) {
    let back = TransverseMercator.unproject(TransverseMercator.project(place))
    #expect(abs(back.x - place.x) < 1e-10)
    #expect(abs(back.y - place.y) < 1e-10)
  }

  // Twelve terms leave rounding only: a few units of the last place.
  @Test("the series agree with the library's sine and cosine")
  func trigonometry() {
    for index in -90...90 {
      let angle = Double(index) * Double.pi / 180
      #expect(abs(Trigonometry.sine(angle) - sin(angle)) < 1e-15)
      #expect(abs(Trigonometry.cosine(angle) - cos(angle)) < 1e-15)
    }
  }
}
