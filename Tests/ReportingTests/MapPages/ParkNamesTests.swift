import RasterCore
import Testing

@testable import Reporting

@Suite("Names of parks on a printed map") struct ParkNamesTests {
  private static let frame = Extent(minX: 0, minY: 0, maxX: 400, maxY: 300)

  /// A square park with its label in its middle, on a page that is the map.
  private static func park(_ name: String, _ x: Double, _ y: Double, side: Double)
    -> ReportMap
    .Outline
  {
    let box = Extent(
      minX: x - side / 2, minY: y - side / 2, maxX: x + side / 2, maxY: y + side / 2)
    return ReportMap.Outline(
      anchor: name, name: name, shape: PolygonShape(rings: [box.corners]), label: Point(x: x, y: y),
      ground: .init(metresPerUnit: 1, north: 0))
  }

  private static func names(_ parks: [ReportMap.Outline]) -> [ParkNames.Name] {
    ParkNames(of: parks, within: frame, at: { $0 }).names
  }

  @Test("a name alone stands at its place, in lines")
  func alone() throws {
    let name = try #require(Self.names([Self.park("Taiga", 200, 150, side: 50)]).first)
    #expect(name.lines == ["Taiga"] && name.middle == Point(x: 200, y: 150))
    let long = Self.names([
      Self.park("Northeast Tiger and Leopard National Park", 200, 150, side: 50)
    ])
    #expect(long[0].lines.count == 2)
  }

  @Test("the largest keeps its place, the next move up or down, and then there is no room")
  func crowd() {
    let parks = [
      Self.park("D", 200, 150, side: 10), Self.park("A", 200, 150, side: 40),
      Self.park("C", 200, 150, side: 20), Self.park("B", 200, 150, side: 30),
    ]
    let names = Self.names(parks)
    #expect(names.flatMap(\.lines) == ["A", "B", "C"])
    #expect(names.map(\.middle.y) == [150, 139, 161])
  }

  @Test("a name keeps within the frame, and one of a park beyond it is left out")
  func rim() throws {
    let name = try #require(Self.names([Self.park("Lazovsky", 3, 150, side: 20)]).first)
    let width = PDFDrawing.width(of: "Lazovsky", size: ParkNames.size, isBold: true)
    #expect(abs(name.middle.x - (width / 2 + 2)) < 1e-9)
    #expect(Self.names([Self.park("Lazovsky", -3, 150, side: 20)]).isEmpty)
  }
}
