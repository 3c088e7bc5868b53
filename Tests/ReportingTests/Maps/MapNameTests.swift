import RasterCore
import TestSupport
import Testing

@testable import Reporting

@Suite("The name of a park on a map of the report") struct MapNameTests {
  private static func markup(_ name: String, x: Double, y: Double) -> String {
    let outline = ReportMap.Outline(
      anchor: "park-1", name: name, shape: PolygonShape(rings: []), label: Point(x: x, y: y),
      ground: .init(metresPerUnit: 1, north: 0))
    let view = Extent(minX: 0, minY: 0, maxX: 1000, maxY: 1000)
    return MapName(of: outline, in: view).markup.source
  }

  @Test("in the middle it stands at its place, the lines about it")
  func middle() {
    let text = Self.markup("Northeast Tiger and Leopard National Park", x: 500, y: 400)
    #expect(text.contains("x=\"50%\" y=\"40%\" data-x=\"500\" data-y=\"400\""))
    // 0.35 − 1.2 ÷ 2 = −0.25 for the first of two feet.
    #expect(text.contains("<tspan x=\"50%\" dy=\"-0.25em\">Northeast Tiger and </tspan>"))
    #expect(text.contains("<tspan x=\"50%\" dy=\"1.2em\">Leopard National Park</tspan>"))
  }

  @Test(
    "at an edge it keeps within the frame, and clear of arrow and scale",
    arguments: [(0.0, 500.0), (1000, 500), (500, 0), (500, 1000), (1000, 0), (0, 1000)])
  func rim(x: Double, y: Double) throws {
    let text = Self.markup("Land of the Leopard", x: x, y: y)
    let match = try #require(text.firstMatch(of: /x="([0-9.]+)%" y="([0-9.]+)%"/))
    let (left, top) = (try #require(Double(match.1)), try #require(Double(match.2)))
    // On a small screen of 340 × 340 pixels; one line is 16.2 high.
    let half = PDFDrawing.width(of: "Land of the Leopard", size: 13.5, isBold: true) / 2
    let middle = Point(x: 3.4 * left, y: 3.4 * top)
    #expect(middle.x >= half && middle.x <= 340 - half)
    #expect(middle.y >= 8.1 && middle.y <= 340 - 8.1)
    #expect(middle.x + half < 340 - 56 || middle.y - 8.1 > 78)
    #expect(middle.x - half > 16 + 0.3 * 340 || middle.y + 8.1 < 340 - 56)
  }

  @Test("names that are shown without scripts do not touch", arguments: UInt64(0)..<20)
  func apart(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let outlines = (0..<34).map { index in
      ReportMap.Outline(
        anchor: "park-\(index)", name: "Партизанский район \(index)",
        shape: PolygonShape(rings: []),
        label: Point(
          x: .random(in: 0...1000, using: &random), y: .random(in: 0...900, using: &random)),
        ground: .init(metresPerUnit: 1, north: 0))
    }
    let view = Extent(minX: 0, minY: 0, maxX: 1000, maxY: 900)
    let shown = MapName.names(of: outlines, in: view).filter { !$0.isHidden }.map(\.name.box)
    #expect(shown.count > 3)
    for (index, box) in shown.enumerated() {
      #expect(!shown[..<index].contains { $0.overlaps(box) })
    }
  }
}
