import Foundation
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

  @Test("the largest keeps its place, the next move up and down, and then elsewhere in their parks")
  func crowd() throws {
    let parks = [
      Self.park("D", 200, 150, side: 60), Self.park("A", 200, 150, side: 90),
      Self.park("C", 200, 150, side: 70), Self.park("B", 200, 150, side: 80),
    ]
    let names = Self.names(parks)
    #expect(names.flatMap(\.lines) == ["A", "B", "C", "D"])
    // A line is 11 high, and 3 stay between two.
    #expect(names.prefix(3).map(\.middle.y) == [150, 136, 164])
    #expect(Extent(minX: 170, minY: 120, maxX: 230, maxY: 180).contains(names[3].box))
    #expect(abs(names[3].middle.x - 200) > 5)
  }

  @Test("the park of a page keeps its place before a larger neighbour, whose name is less bold")
  func neighbours() {
    let names = ParkNames(
      of: [Self.park("Own", 200, 150, side: 40)], and: [Self.park("Large", 200, 150, side: 190)],
      within: Self.frame, at: { $0 }
    ).names
    #expect(names.flatMap(\.lines) == ["Own", "Large"])
    #expect(names.map(\.isBold) == [true, false] && names[0].middle == Point(x: 200, y: 150))
    // Beyond the outline of the other, and within its own.
    #expect(abs(names[1].middle.y - 150) > 20 + 5.5 || abs(names[1].middle.x - 200) > 20 + 10)
    #expect(Extent(minX: 105, minY: 55, maxX: 295, maxY: 245).contains(names[1].box))
  }

  private static func outline(_ name: String, _ ring: [Point], label: Point) -> ReportMap.Outline {
    ReportMap.Outline(
      anchor: name, name: name, shape: PolygonShape(rings: [ring]), label: label,
      ground: .init(metresPerUnit: 1, north: 0))
  }

  @Test("of a park narrower than its name it stands beside it, and in no other park")
  func narrow() throws {
    let long = [(195, 60), (205, 60), (205, 240), (195, 240)].map { Point(x: $0.0, y: $0.1) }
    let park = Self.outline("Land of the Leopard", long, label: Point(x: 200, y: 150))
    let half = PDFDrawing.width(of: "Land of the Leopard", size: ParkNames.size, isBold: true) / 2
    let alone = try #require(Self.names([park]).first)
    #expect(abs(alone.middle.x - (205 + ParkNames.gap + half)) < 1e-9 && alone.middle.y == 150)
    // On the right there is another.
    let other = [(206, 40), (390, 40), (390, 260), (206, 260)].map { Point(x: $0.0, y: $0.1) }
    let names = Self.names([park, Self.outline("Other", other, label: Point(x: 300, y: 150))])
    let left = try #require(names.first { $0.lines == ["Land of the Leopard"] })
    #expect(abs(left.middle.x - (195 - ParkNames.gap - half)) < 1e-9)
  }

  @Test("of a park as wide as half of its name the name stands in it, in two lines")
  func lines() throws {
    let ring = [(160, 80), (230, 80), (230, 220), (160, 220)].map { Point(x: $0.0, y: $0.1) }
    let name = try #require(
      Self.names([Self.outline("Land of the Leopard", ring, label: Point(x: 195, y: 150))]).first)
    #expect(name.lines.count == 2 && name.lines.joined().contains("Leopard"))
    #expect(Extent(minX: 160, minY: 80, maxX: 230, maxY: 220).contains(name.box))
  }

  @Test("where the place of a name is too narrow, it stands where its park is wide")
  func wide() throws {
    // A spit in the south, 8 wide, and a body of 150 × 60 in the north.
    let ring = [
      (196, 20), (204, 20), (204, 200), (300, 200), (300, 260), (150, 260), (150, 200), (196, 200),
    ].map { Point(x: $0.0, y: $0.1) }
    let name = try #require(
      Self.names([Self.outline("Lazovsky", ring, label: Point(x: 200, y: 110))]).first)
    #expect(Extent(minX: 150, minY: 200, maxX: 300, maxY: 260).contains(name.box))
  }

  @Test("a name crosses no outline where there is room for it anywhere", arguments: UInt64(0)..<20)
  func clear(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // A few parks of all shapes on a page that has room.
    let parks = (0..<3).map { index in
      let (x, y) = (100.0 + 100 * Double(index), Double.random(in: 80...220, using: &random))
      let ring = (0..<9).map { corner in
        let (angle, radius) = (
          Double(corner) * 0.698, Double.random(in: 3...40, using: &random)
        )
        return Point(x: x + radius * cos(angle), y: y + radius * sin(angle))
      }
      return Self.outline("Park \(index)", ring, label: Point(x: x, y: y))
    }
    let names = Self.names(parks)
    #expect(names.count == 3)
    for name in names {
      for ring in parks.flatMap(\.shape.rings) {
        for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
          for step in 0...400 {
            let share = Double(step) / 400
            let place = Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))
            let isWithin =
              name.box.minX < place.x && place.x < name.box.maxX && name.box.minY < place.y
              && place.y < name.box.maxY
            #expect(!isWithin, "\(name.lines) \(place)")
            if isWithin { return }
          }
        }
      }
    }
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
    let name = try #require(Self.names([Self.park("Lazovsky", 3, 150, side: 200)]).first)
    let width = PDFDrawing.width(of: "Lazovsky", size: ParkNames.size, isBold: true)
    #expect(abs(name.middle.x - (width / 2 + 2)) < 1e-9)
    #expect(Self.names([Self.park("Lazovsky", -3, 150, side: 20)]).isEmpty)
  }
}
