import CostDistance
import RasterCore
import TestSupport
import Testing

@Suite("Outlines of cores") struct OutlineTests {
  private static func ring(_ points: (Double, Double)...) -> [Point] {
    points.map { Point(x: $0.0, y: $0.1) }
  }

  /// Even-odd by the cell's centre alone.
  private static func isInside(_ shape: PolygonShape, _ x: Double, _ y: Double) -> Bool {
    var crossings = 0
    for ring in shape.rings {
      for (index, to) in ring.enumerated() {
        let from = ring[(index + ring.count - 1) % ring.count]
        guard (from.y > y) != (to.y > y) else { continue }
        if x < from.x + (y - from.y) * (to.x - from.x) / (to.y - from.y) { crossings += 1 }
      }
    }
    return crossings % 2 == 1
  }

  @Test("a cell belongs to a core by its centre, one by one", arguments: UInt64(0)..<60)
  func byCentre(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let shape = PolygonShape(
      rings: (0..<Int.random(in: 1...3, using: &random)).map { _ in
        (0..<Int.random(in: 3...9, using: &random)).map { _ in
          Point(
            x: Double.random(in: -4...20, using: &random),
            y: Double.random(in: -4...16, using: &random))
        }
      })
    let core = Core(id: 1, outline: shape, columns: 17, rows: 12)
    for row in 0..<12 {
      for column in 0..<17 {
        let expected = Self.isInside(shape, Double(column) + 0.5, Double(row) + 0.5)
        #expect(core.contains(GridCell(row: row, column: column)) == expected)
      }
    }
    #expect(core.cellCount == core.cells.reduce(0) { count, _ in count + 1 })
  }

  @Test("edges on centres: neighbours share all cells and none twice") func seam() {
    let west = PolygonShape(rings: [Self.ring((0, 0), (2.5, 0), (2.5, 4), (0, 4))])
    let east = PolygonShape(rings: [Self.ring((2.5, 0), (5, 0), (5, 4), (2.5, 4))])
    let cores = [west, east].map { Core(id: 1, outline: $0, columns: 5, rows: 4) }
    #expect(cores.map(\.cellCount) == [8, 12])
    let upper = PolygonShape(rings: [Self.ring((0, 0), (5, 0), (5, 1.5), (0, 1.5))])
    #expect(Core(id: 1, outline: upper, columns: 5, rows: 4).cellCount == 5)
    let sliver = PolygonShape(rings: [Self.ring((1.6, 0), (2.4, 0), (2.4, 4), (1.6, 4))])
    #expect(Core(id: 1, outline: sliver, columns: 5, rows: 4).runs.isEmpty)
    let hole = PolygonShape(rings: [
      Self.ring((0, 0), (5, 0), (5, 4), (0, 4)), Self.ring((1, 1), (4, 1), (4, 3), (1, 3)),
    ])
    #expect(Core(id: 1, outline: hole, columns: 5, rows: 4).cellCount == 14)
    #expect(Core(id: 1, outline: PolygonShape(rings: [[]]), columns: 5, rows: 4).runs.isEmpty)
  }

  @Test("a core without a centre has the cell that it covers the most of") func coverage() {
    func most(_ rings: [Point]...) -> GridCell? {
      Core.mostCoveredCell(by: PolygonShape(rings: rings), columns: 5, rows: 4)
    }
    // 0.45 of each cell of a column, and 0.3 of the next.
    #expect(
      most(Self.ring((1.55, 0.2), (2.3, 0.2), (2.3, 2.7), (1.55, 2.7)))
        == GridCell(row: 1, column: 1))
    // Wholly in one cell, and between two: 0.09 of the upper one, 0.06 of the lower.
    #expect(most(Self.ring((3.1, 3.2), (3.2, 3.2), (3.1, 3.3))) == GridCell(row: 3, column: 3))
    #expect(
      most(Self.ring((3.1, 0.7), (3.4, 0.7), (3.4, 1.2), (3.1, 1.2))) == GridCell(row: 0, column: 3)
    )
    // A bracket open to the east: both arms lie in column 2, its back in column 1.
    #expect(
      most(
        Self.ring(
          (1.8, 1.1), (2.9, 1.1), (2.9, 1.3), (1.9, 1.3), (1.9, 1.7), (2.9, 1.7), (2.9, 1.9),
          (1.8, 1.9))) == GridCell(row: 1, column: 2))
    // A hole takes off what it covers: a frame around cell (1, 1).
    #expect(
      most(
        Self.ring((0.9, 0.9), (2.3, 0.9), (2.3, 2.1), (0.9, 2.1)),
        Self.ring((1, 1), (1, 2), (2, 2), (2, 1))) == GridCell(row: 1, column: 2))
    #expect(most(Self.ring((-3, -3), (-1, -3), (-1, -1))) == nil)
    #expect(most(Self.ring((-3, 1.2), (0.1, 1.2), (0.1, 1.4))) == GridCell(row: 1, column: 0))
    #expect(most(Self.ring((7, 1), (9, 1), (9, 2))) == nil && most([]) == nil)
    #expect(most(Self.ring((1, 1), (2, 2))) == nil)
  }

  @Test("distances of outlines are those worked by hand") func byHand() {
    let square = PolygonShape(rings: [Self.ring((0, 0), (2, 0), (2, 2), (0, 2))])
    func distance(_ points: (Double, Double)...) -> Double {
      let other = PolygonShape(rings: [points.map { Point(x: $0.0, y: $0.1) }])
      #expect(other.planeDistance(to: square) == square.planeDistance(to: other))
      return square.planeDistance(to: other)
    }
    #expect(distance((5, 0), (6, 1), (5, 2)) == 3)
    #expect(distance((5, 6), (9, 6), (9, 9)) == 5)
    // A corner before the middle of a slanted edge.
    #expect(abs(distance((4, 2), (2, 4), (9, 9)) - 2.0.squareRoot()) < 1e-15)
    #expect(distance((2, 2), (3, 3), (2, 3)) == 0)
    #expect(distance((1, -1), (1.5, 5), (9, 9)) == 0)
    #expect(distance((0.5, 0.5), (1, 0.5), (1, 1)) == 0)
    // In a hole it lies outside.
    let frame = PolygonShape(rings: [
      Self.ring((-9, -9), (9, -9), (9, 9), (-9, 9)), Self.ring((-4, -4), (5, -4), (5, 5), (-4, 5)),
    ])
    #expect(frame.planeDistance(to: square) == 3)
  }

  @Test("a distance is no longer than between any two points, and shrinks by what one is moved")
  func laws() {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<50 {
      func shape(_ shift: Double) -> PolygonShape {
        PolygonShape(rings: [
          (0..<5).map { _ in
            Point(
              x: shift + Double.random(in: 0...4, using: &random),
              y: Double.random(in: 0...4, using: &random))
          }
        ])
      }
      let (one, other) = (shape(0), shape(7))
      let distance = one.planeDistance(to: other)
      let samples = one.rings[0].flatMap { point in
        other.rings[0].map { ($0.x - point.x, $0.y - point.y) }
      }
      #expect(samples.allSatisfy { ($0.0 * $0.0 + $0.1 * $0.1).squareRoot() >= distance })
      #expect(samples.map(\.0).min()! <= distance)
      let moved = other.mapped { Point(x: $0.x + 1, y: $0.y) }
      let change = one.planeDistance(to: moved) - distance
      #expect(change >= 0 && change <= 1 + 1e-12)
    }
  }
}
