import RasterCore
import Testing

@testable import Reporting

@Suite("Where a line of the graticule is labelled") struct GraticuleLineLabelTests {
  private static let view = Extent(minX: 0, minY: 0, maxX: 100, maxY: 80)

  private static func place(isMeridian: Bool, _ points: [Point]) -> Point? {
    let line = ReportMap.GraticuleLine(isMeridian: isMeridian, minutes: 0, level: 0, points: points)
    return line.labelPlace(in: view, clear: (5, 10))
  }

  @Test("where it leaves the view: a meridian below, a parallel on the left")
  func crossing() {
    // From (−10, 20) to (110, 32) it climbs a tenth: at 0 it is 21.
    #expect(
      Self.place(isMeridian: false, [Point(x: -10, y: 20), Point(x: 110, y: 32)])
        == Point(x: 0, y: 21))
    #expect(
      Self.place(isMeridian: true, [Point(x: 50, y: -10), Point(x: 50, y: 90)])
        == Point(x: 50, y: 80))
  }

  @Test("where it ends, on a map that does not fill the view")
  func end() {
    #expect(
      Self.place(isMeridian: false, [Point(x: 15, y: 40), Point(x: 85, y: 40)])
        == Point(x: 15, y: 40))
    #expect(
      Self.place(isMeridian: true, [Point(x: 50, y: 70), Point(x: 50, y: 10)])
        == Point(x: 50, y: 70))
  }

  @Test(
    "not where it is near a corner, or beyond the view",
    arguments: [
      [Point(x: -10, y: 4), Point(x: 110, y: 4)], [Point(x: -10, y: 71), Point(x: 110, y: 71)],
      [Point(x: 15, y: 71), Point(x: 85, y: 71)], [Point(x: 101, y: 40), Point(x: 120, y: 40)],
      [Point(x: 15, y: -40), Point(x: 85, y: -40)],
    ])
  func none(points: [Point]) {
    #expect(Self.place(isMeridian: false, points) == nil)
  }
}
