import RasterCore
import TestSupport
import Testing

@testable import DemoLandscape

@Suite struct PlaneGeometryTests {
  @Test("noise is 0 at whole coordinates and stays within its bounds")
  func noise() {
    let noise = Noise(seed: 1)
    for row in -20...20 {
      for column in -20...20 {
        #expect(noise.value(Double(column), Double(row)) == 0)
        // Unit gradients at four corners reach √½ at most, times 1.5.
        #expect(abs(noise.value(Double(column) + 0.43, Double(row) + 0.71)) <= 1.07)
      }
    }
  }

  @Test("the nearest place of a chain, by hand")
  func nearest() {
    let chain = Chain(points: [Point(x: 0, y: 0), Point(x: 6, y: 0), Point(x: 6, y: 2)])
    // Above the first piece: 3 away; a quarter of the whole length of 8 along.
    let above = chain.nearest(to: Point(x: 2, y: 3))
    #expect(above.distance == 3)
    #expect(above.share == 0.25)
    #expect(chain.nearest(to: Point(x: 9, y: 6)).distance == 5)  // 3, 4, 5
  }

  @Test("a chain encloses what lies within it")
  func encloses() {
    let corner = Chain(
      points: [(0.0, 0.0), (4, 0), (4, 4), (2, 4), (2, 2), (0, 2)].map { Point(x: $0.0, y: $0.1) })
    #expect(corner.encloses(Point(x: 1, y: 1)))
    #expect(corner.encloses(Point(x: 3, y: 3)))
    #expect(!corner.encloses(Point(x: 1, y: 3)))
    #expect(!corner.encloses(Point(x: 5, y: 1)))
  }

  @Test("simplifying keeps the ends and stays within the tolerance", arguments: UInt64(0)..<10)
  func simplifies(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let points = (0..<60).map {
      Point(x: Double($0) * 10, y: Double.random(in: 0...40, using: &random))
    }
    let simple = Chain(points: points).simplified(tolerance: 15)
    #expect(simple.points.first == points.first && simple.points.last == points.last)
    #expect(simple.points.count < points.count)
    for point in points { #expect(simple.nearest(to: point).distance <= 15) }
  }

  @Test("the queue gives rising keys, equal ones by rising node", arguments: UInt64(0)..<10)
  func queue(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var queue = PriorityQueue()
    let items = (0..<200).map { (key: Double(Int.random(in: 0..<20, using: &random)), node: $0) }
    for item in items.shuffled(using: &random) { queue.insert(item.node, key: item.key) }
    var popped: [Int] = []
    while let item = queue.popFirst() { popped.append(item.node) }
    #expect(popped == items.sorted { ($0.key, $0.node) < ($1.key, $1.node) }.map(\.node))
  }

  @Test("interpolation gives the nodes' own values, and a plane everywhere")
  func interpolates() {
    let lattice = Lattice(minX: 100, maxY: 900, step: 10, columns: 12, rows: 9)
    let values = (0..<lattice.count).map { node in
      let point = lattice.point(node)
      return 3 * point.x - 2 * point.y
    }
    for point in [Point(x: 133.7, y: 861.2), Point(x: 150, y: 860), Point(x: 101, y: 899)] {
      let position = LatticePosition(of: point, on: lattice)
      let expected = 3 * point.x - 2 * point.y
      #expect(abs(position.bilinear(values) - expected) < 1e-9)
      #expect(abs(position.cubic(values, on: lattice) - expected) < 1e-9)
    }
  }

  @Test("patches below the limits go, water stays")
  func sieve() {
    // 3 cells of shrub in forest go; a thin river stays; 13 built cells turn to fields, 14 stay.
    var codes = [UInt8](repeating: 1, count: 40 * 12)
    for column in 2...4 { codes[40 + column] = 4 }
    for column in 0..<40 { codes[5 * 40 + column] = 6 }
    for column in 0..<13 { codes[8 * 40 + column] = 10 }
    for column in 20..<34 { codes[8 * 40 + column] = 10 }
    let sieved = Sieve.sieved(codes, columns: 40, rows: 12)
    #expect(sieved[40 + 3] == 1)
    #expect(sieved[5 * 40 + 7] == 6)
    #expect(sieved[8 * 40 + 6] == 8)
    #expect(sieved[8 * 40 + 25] == 10)
  }
}
