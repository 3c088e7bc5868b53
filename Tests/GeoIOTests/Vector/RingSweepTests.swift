import Foundation
import RasterCore
import TestSupport
import Testing

@testable import GeoIO

@Suite("Polygons that are surely valid") struct RingSweepTests {
  private func ring(_ points: [(Double, Double)]) -> [Point] {
    let ring = points.map { Point(x: $0.0, y: $0.1) }
    return ring.signedArea > 0 ? ring : ring.reversed()
  }

  private func box(_ x: Double, _ y: Double, _ side: Double) -> [Point] {
    Extent(minX: x, minY: y, maxX: x + side, maxY: y + side).corners
  }

  /// Long edges all of whose boxes meet: GEOS 3.11 takes half a minute for ten times as many.
  private func star(_ count: Int) -> [Point] {
    (0..<count).map { index in
      let angle = 2 * Double.pi * Double(index) / Double(count)
      let radius = index % 2 == 0 ? 1 : 0.1
      return Point(x: radius * cos(angle), y: radius * sin(angle))
    }
  }

  @Test("what is plainly valid is known without GEOS")
  func valid() {
    #expect(PolygonShape(rings: [star(20_000)]).isSurelyValid)
    let lake = box(2, 2, 6).reversed() as [Point]
    #expect(
      PolygonShape(rings: [
        box(0, 0, 10), lake, box(3, 3, 2), box(3.5, 3.5, 1).reversed(), box(20, 0, 1),
      ]).isSurelyValid)
    // Many squares in rows: edges on one line that do not meet.
    let squares = (0..<900).map { box(Double($0 % 30), Double($0 / 30), 0.6) }
    #expect(PolygonShape(rings: squares).isSurelyValid)
    #expect(PolygonShape(rings: [box(-1, -1, 40)] + squares.map { $0.reversed() }).isSurelyValid)
  }

  @Test("what touches, crosses or lies where it must not is left to GEOS")
  func doubtful() {
    func isLeft(_ rings: [Point]...) -> Bool { !PolygonShape(rings: rings).isSurelyValid }
    #expect(isLeft(box(0, 0, 2), box(1, 1, 2)))
    #expect(isLeft(box(0, 0, 2), box(2, 2, 2)))
    #expect(isLeft(box(0, 0, 9), box(1, 1, 2)))
    #expect(isLeft(box(0, 0, 9), box(10, 1, 2).reversed()))
    #expect(isLeft(box(0, 0, 9), box(1, 1, 6).reversed(), box(2, 2, 2).reversed()))
    #expect(isLeft(box(0, 0, 2).reversed()))
    #expect(isLeft([Point(x: 0, y: 0), Point(x: 1, y: 1), Point(x: 2, y: 2)]))
    #expect(isLeft([Point(x: 0, y: 0), Point(x: 1, y: .nan), Point(x: 0, y: 2)]))
    var crossed = star(1000)
    crossed.swapAt(10, 700)
    #expect(isLeft(crossed))
  }

  /// On a lattice, where the signs of areas are exact.
  private func meet(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Bool {
    func side(_ p: Point, _ q: Point, _ r: Point) -> Double {
      let area = (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
      return area > 0 ? 1 : area < 0 ? -1 : 0
    }
    func isBetween(_ r: Point, _ p: Point, _ q: Point) -> Bool {
      side(p, q, r) == 0 && min(p.x, q.x) <= r.x && r.x <= max(p.x, q.x)
        && min(p.y, q.y) <= r.y && r.y <= max(p.y, q.y)
    }
    return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
      || isBetween(c, a, b) || isBetween(d, a, b) || isBetween(a, c, d) || isBetween(b, c, d)
  }

  /// Each edge with each other.
  private func hasMeetings(_ shape: PolygonShape) -> Bool {
    var edges: [(ring: Int, index: Int, count: Int, from: Point, to: Point)] = []
    for (number, ring) in shape.rings.enumerated() {
      for index in ring.indices {
        edges.append((number, index, ring.count, ring[index], ring[(index + 1) % ring.count]))
      }
    }
    for (first, one) in edges.enumerated() {
      for other in edges[..<first] {
        let isNext = one.ring == other.ring && one.index == other.index + 1
        let closes = one.ring == other.ring && other.index == 0 && one.index == one.count - 1
        if isNext || closes {
          let (a, b, c) = isNext ? (other.from, one.from, one.to) : (one.from, one.to, other.to)
          // On one line neighbours meet where the ring turns back; one that goes straight on is plain.
          let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
          let ahead = (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y)
          if area == 0, ahead < 0 { return true }
        } else if meet(one.from, one.to, other.from, other.to) {
          return true
        }
      }
    }
    return false
  }

  @Test("what is known to be valid is so to GEOS, and no two edges meet", arguments: UInt64(0)..<8)
  func againstPairs(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var known = 0
    for _ in 0..<400 {
      let side = Int.random(in: 3...14, using: &random)
      let rings = (0..<Int.random(in: 1...3, using: &random)).map { number -> [Point] in
        let points = (0..<Int.random(in: 3...6, using: &random)).map { _ in
          (
            Double(Int.random(in: 0...side, using: &random)),
            Double(Int.random(in: 0...side, using: &random))
          )
        }
        let ring = ring(points)
        return number > 0 && Bool.random(using: &random) ? ring.reversed() : ring
      }
      let shape = PolygonShape(rings: rings)
      guard rings.allSatisfy({ $0.signedArea != 0 }) else { continue }
      let isPlain = !hasMeetings(shape) && Geometry(shape).isValid
      #expect(shape.isSurelyValid == isPlain, "\(rings)")
      if isPlain { known += 1 }
    }
    #expect(known > 20)
  }
}
