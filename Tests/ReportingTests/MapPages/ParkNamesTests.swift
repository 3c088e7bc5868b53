import RasterCore
import TestSupport
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

  @Test("the largest keeps its place, the next move up, down and aside as far as there is room")
  func crowd() {
    let parks = [
      Self.park("D", 200, 150, side: 10), Self.park("A", 200, 150, side: 40),
      Self.park("C", 200, 150, side: 20), Self.park("B", 200, 150, side: 30),
    ]
    let names = Self.names(parks)
    #expect(names.flatMap(\.lines) == ["A", "B", "C"])
    // A line is 11 high, and 3 stay between two.
    #expect(names.map(\.middle.y) == [150, 136, 164])
  }

  @Test("the park of a page keeps its place before a larger neighbour, whose name is less bold")
  func neighbours() {
    let names = ParkNames(
      of: [Self.park("Own", 200, 150, side: 10)], and: [Self.park("Large", 200, 150, side: 90)],
      within: Self.frame, at: { $0 }
    ).names
    #expect(names.flatMap(\.lines) == ["Own", "Large"])
    #expect(names.map(\.middle.y) == [150, 136] && names.map(\.isBold) == [true, false])
  }

  @Test("no two names touch, nor a name and what is there already", arguments: UInt64(0)..<20)
  func apart(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = ["Дальнегорский", "Vladivostok", "东北虎豹国家公园", "Ha", "Красноармейский район"]
    let parks = (0..<34).map { index in
      Self.park(
        "\(words[index % words.count]) \(index)", .random(in: 0...400, using: &random),
        .random(in: 0...300, using: &random), side: .random(in: 1...90, using: &random))
    }
    let taken = [Extent(minX: 180, minY: 0, maxX: 220, maxY: 12)]
    let names = ParkNames(of: parks, within: Self.frame, besides: taken, at: { $0 }).names
    #expect(names.count > 5)
    for (index, name) in names.enumerated() {
      #expect(Self.frame.contains(name.box))
      let room = name.box.expanded(byX: 2.9, y: 2.9)
      #expect(!(names[..<index].map(\.box) + taken).contains { $0.overlaps(room) })
    }
  }

  @Test("a name keeps within the frame, and one of a park beyond it is left out")
  func rim() throws {
    let name = try #require(Self.names([Self.park("Lazovsky", 3, 150, side: 20)]).first)
    let width = PDFDrawing.width(of: "Lazovsky", size: ParkNames.size, isBold: true)
    #expect(abs(name.middle.x - (width / 2 + 2)) < 1e-9)
    #expect(Self.names([Self.park("Lazovsky", -3, 150, side: 20)]).isEmpty)
  }
}
