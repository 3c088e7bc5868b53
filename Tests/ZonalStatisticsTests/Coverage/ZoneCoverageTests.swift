import Foundation
import RasterCore
import TestSupport
import Testing

@testable import ZonalStatistics

private let unit = 1 / Double(CoverageRun.whole)

/// All shares of a grid, row by row.
private func shares(_ coverage: ZoneCoverage) -> [[Double]] {
  (0..<coverage.rows).map { row in
    (0..<coverage.columns).map { coverage.coverageFraction(column: $0, row: row) }
  }
}

/// A ring over 3 × 3 cells and the shares it must have.
struct HandworkedCase: Sendable {
  let ring: [Point]
  let shares: [[Double]]

  init(_ ring: [(Double, Double)], _ shares: [[Double]]) {
    self.ring = ring.map { Point(x: $0.0, y: $0.1) }
    self.shares = shares
  }

  static let all: [HandworkedCase] = [
    // A box on cell borders: whole cells only.
    HandworkedCase([(1, 0), (3, 0), (3, 2), (1, 2)], [[0, 1, 1], [0, 1, 1], [0, 0, 0]]),
    // Half a cell in from each side.
    HandworkedCase(
      [(0.5, 0.5), (2.5, 0.5), (2.5, 2.5), (0.5, 2.5)],
      [[0.25, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 0.25]]),
    // The lower left half, its diagonal through the corners of cells.
    HandworkedCase([(0, 0), (3, 3), (0, 3)], [[0.5, 0, 0], [1, 0.5, 0], [1, 1, 0.5]]),
    // A wedge: below y = x/3 in the first row: thirds of a cell, 1/6, 3/6 and 5/6.
    HandworkedCase([(0, 0), (3, 1), (3, 0)], [[1 / 6.0, 0.5, 5 / 6.0], [0, 0, 0], [0, 0, 0]]),
    // Far larger than the raster.
    HandworkedCase(
      [(-9, -9), (99, -9), (99, 99), (-9, 99)], [[1, 1, 1], [1, 1, 1], [1, 1, 1]]),
    // Reaching out to the left and the right in the second row only.
    HandworkedCase(
      [(-5, 1), (7, 1), (7, 1.5), (-5, 1.5)], [[0, 0, 0], [0.5, 0.5, 0.5], [0, 0, 0]]),
    // Left of, right of, above and below the raster.
    HandworkedCase([(-5, 0), (0, 0), (0, 3), (-5, 3)], [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
    HandworkedCase([(3, 0), (5, 0), (5, 3), (3, 3)], [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
    HandworkedCase([(0, -2), (3, -2), (3, 0), (0, 0)], [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
    HandworkedCase([(0, 3), (3, 3), (3, 5), (0, 5)], [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
    // A triangle with its apex left of the raster, its border x = 0.8·|y − 1.5| − 1 within only
    // above y = 0.25 and below 2.75: a triangle of 0.2 × 0.25 ÷ 2 is missing there.
    HandworkedCase([(1, -1), (-1, 1.5), (1, 4)], [[0.975, 0, 0], [1, 0, 0], [0.975, 0, 0]]),
    // Nothing at all.
    HandworkedCase([(0, 0), (3, 3)], [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
  ]
}

@Suite("The share of each cell within a zone")
struct ZoneCoverageTests {
  @Test("shares are those worked by hand", arguments: HandworkedCase.all)
  func byHand(expected: HandworkedCase) {
    for ring in [expected.ring, expected.ring.reversed()] {
      let computed = shares(ZoneCoverage(indexRings: [ring], columns: 3, rows: 3))
      for (line, wanted) in zip(computed, expected.shares) {
        for (share, want) in zip(line, wanted) { #expect(abs(share - want) <= unit / 2) }
      }
    }
  }

  @Test("a hole is left out and an island in it counts")
  func holes() {
    let rings = [
      Shapes.box(0, 0, 5, 5), Shapes.box(1, 1, 4, 4).reversed(), Shapes.box(2, 2, 2.5, 3),
    ]
    let coverage = ZoneCoverage(indexRings: rings, columns: 5, rows: 5)
    #expect(shares(coverage)[1] == [1, 0, 0, 0, 1])
    #expect(shares(coverage)[2] == [1, 0, 0.5, 0, 1])
    #expect(coverage.coveredCells == 16.5)
    #expect(coverage.cellCount == 17)
  }

  @Test("long spans are one run, whole or in part")
  func runs() {
    let coverage = ZoneCoverage(
      indexRings: [Shapes.box(0.5, 0.25, 999.5, 3)], columns: 1000, rows: 1000)
    #expect(coverage.rowRange == 0..<3 && coverage.columnRange == 0..<1000)
    let whole = CoverageRun.whole
    #expect(
      Array(coverage.runs(inRow: 0)) == [
        CoverageRun(start: 0, end: 1, share: whole / 8 * 3),
        CoverageRun(start: 1, end: 999, share: whole / 4 * 3),
        CoverageRun(start: 999, end: 1000, share: whole / 8 * 3),
      ])
    #expect(coverage.runs(inRow: 1).map(\.share) == [whole / 2, whole, whole / 2])
    #expect(coverage.runs(inRow: 3).isEmpty && coverage.runs(inRow: -1).isEmpty)
  }

  @Test("shares are those of polygons clipped cell by cell", arguments: UInt64(0)..<40)
  func clipped(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Partly beyond the raster, from tiny to larger than it.
    let center = Point(
      x: .random(in: -2...14, using: &random), y: .random(in: -2...10, using: &random))
    let radius = exp(Double.random(in: -3...3, using: &random))
    let rings = Shapes.starWithHole(seed: seed, center: center, radius: radius)
    let coverage = ZoneCoverage(indexRings: rings, columns: 12, rows: 8)
    var (sum, expectedSum) = (0.0, 0.0)
    for row in 0..<8 {
      for column in 0..<12 {
        let expected = ClippedCells.share(of: rings, column: column, row: row)
        let computed = coverage.coverageFraction(column: column, row: row)
        #expect(abs(computed - expected) <= unit)  // rounding to the nearest unit is half of it
        sum += computed
        expectedSum += expected
      }
    }
    #expect(abs(coverage.coveredCells - sum) < 1e-12)
    #expect(abs(sum - expectedSum) < 96 * unit)
  }

  @Test("the sum of shares is the area within the raster", arguments: UInt64(0)..<10)
  func total(seed: UInt64) {
    let ring = Shapes.star(seed: seed, center: Point(x: 50, y: 20), radius: 45, points: 300)
    let coverage = ZoneCoverage(indexRings: [ring], columns: 100, rows: 40)
    let clipped = ClippedCells.clip(ring, left: 0, top: 0, right: 100, bottom: 40)
    // At most some 1,000 cells at the border, each off by half a unit.
    #expect(abs(coverage.coveredCells - Shapes.signedArea(clipped)) < 1000 * unit / 2)
  }

  @Test(
    "both parts of a polygon cut in two sum to the whole in every cell", arguments: UInt64(0)..<10)
  func cut(seed: UInt64) {
    let ring = Shapes.star(seed: seed, center: Point(x: 10, y: 10), radius: 9.5, points: 40)
    // From point 0 to point 17 by way of the centre, from which a star sees all its points.
    let center = Point(x: 10, y: 10)
    let parts = [Array(ring[0...17]) + [center], Array(ring[17...]) + [ring[0], center]]
    let whole = ZoneCoverage(indexRings: [ring], columns: 20, rows: 20)
    let halves = parts.map { ZoneCoverage(indexRings: [$0], columns: 20, rows: 20) }
    for row in 0..<20 {
      for column in 0..<20 {
        let sum = halves.reduce(0) { $0 + $1.coverageFraction(column: column, row: row) }
        // A shared edge is cut alike from both sides, so only the rounding of shares is left.
        #expect(abs(sum - whole.coverageFraction(column: column, row: row)) <= 2 * unit)
      }
    }
  }

  @Test("moved by whole cells the shares move along", arguments: UInt64(0)..<5)
  func translation(seed: UInt64) {
    let rings = Shapes.starWithHole(seed: seed, center: Point(x: 8, y: 8), radius: 7)
    let moved = rings.map { $0.map { Point(x: $0.x + 5000, y: $0.y + 7000) } }
    let here = ZoneCoverage(indexRings: rings, columns: 16, rows: 16)
    let there = ZoneCoverage(indexRings: moved, columns: 5016, rows: 7016)
    #expect(there.rowRange == here.rowRange.lowerBound + 7000..<here.rowRange.upperBound + 7000)
    #expect(
      there.columnRange == here.columnRange.lowerBound + 5000..<here.columnRange.upperBound + 5000)
    for row in 0..<16 {
      for column in 0..<16 {
        let difference =
          here.coverageFraction(column: column, row: row)
          - there.coverageFraction(column: column + 5000, row: row + 7000)
        #expect(abs(difference) <= unit)  // points near 7,000 are rounded to 1e-12
      }
    }
  }

  @Test(
    "mirrored and transposed shapes have mirrored and transposed shares", arguments: UInt64(0)..<5)
  func mirrors(seed: UInt64) {
    let rings = Shapes.starWithHole(seed: seed, center: Point(x: 8, y: 8), radius: 9)
    func coverage(_ map: (Point) -> Point) -> ZoneCoverage {
      ZoneCoverage(indexRings: rings.map { $0.map(map) }, columns: 16, rows: 16)
    }
    let plain = coverage { $0 }
    let (left, down) = (
      coverage { Point(x: 16 - $0.x, y: $0.y) }, coverage { Point(x: $0.x, y: 16 - $0.y) }
    )
    let transposed = coverage { Point(x: $0.y, y: $0.x) }
    for row in 0..<16 {
      for column in 0..<16 {
        let share = plain.coverageFraction(column: column, row: row)
        #expect(abs(left.coverageFraction(column: 15 - column, row: row) - share) <= unit)
        #expect(abs(down.coverageFraction(column: column, row: 15 - row) - share) <= unit)
        #expect(abs(transposed.coverageFraction(column: row, row: column) - share) <= unit)
      }
    }
  }

  @Test("order of rings, first points and direction are no matter", arguments: UInt64(0)..<5)
  func order(seed: UInt64) {
    let rings = Shapes.starWithHole(seed: seed, center: Point(x: 8, y: 8), radius: 9)
    let other = rings.reversed().map { ring in Array(ring[5...] + ring[..<5]) }
    let coverage = ZoneCoverage(indexRings: rings, columns: 16, rows: 16)
    #expect(ZoneCoverage(indexRings: other, columns: 16, rows: 16) == coverage)
    #expect(
      ZoneCoverage(indexRings: rings.map { $0.reversed() }, columns: 16, rows: 16) == coverage)
  }
}
