import Foundation
import RasterCore
import TestSupport
import Testing
import ZonalStatistics

private let unit = 1 / Double(CoverageRun.whole)

@Suite("Coverage where rounding is tempted")
struct ZoneCoverageNoiseTests {
  @Test("a ring of many points leaves no noise within, without or on cell borders")
  func noNoise() {
    // A box whose sides have irrational points, its top and bottom on the borders of rows.
    var random = SeededGenerator(seed: 5)
    let lines = (0..<20_000).map { _ in Double.random(in: 1...9, using: &random) }.sorted()
    let ring =
      [Point(x: 1, y: 1)] + lines.map { Point(x: $0, y: 1) } + [Point(x: 9, y: 1)]
      + lines.map { Point(x: 9, y: $0) } + [Point(x: 9, y: 9)]
      + lines.reversed().map { Point(x: $0, y: 9) } + [Point(x: 1, y: 9)]
      + lines.reversed().map { Point(x: 1, y: $0) }
    let coverage = ZoneCoverage(indexRings: [ring], columns: 10, rows: 10)
    #expect(coverage.rowRange == 1..<9)
    for row in 1..<9 {
      #expect(
        Array(coverage.runs(inRow: row)) == [
          CoverageRun(start: 1, end: 9, share: CoverageRun.whole)
        ])
    }
  }

  @Test("a georeference that misses cell borders by a hair makes no slivers")
  func nearBorders() {
    let hair = 1e-12
    let ring = Shapes.box(1 - hair, 1 + hair, 4 + hair, 3 - hair)
    let coverage = ZoneCoverage(indexRings: [ring], columns: 6, rows: 6)
    #expect(coverage == ZoneCoverage(indexRings: [Shapes.box(1, 1, 4, 3)], columns: 6, rows: 6))
  }

  @Test("a sliver keeps its share down to half a unit", arguments: [1e-3, 1e-6, 2e-9])
  func slivers(height: Double) {
    let ring = Shapes.box(0, 2.5, 1000, 2.5 + height)
    let coverage = ZoneCoverage(indexRings: [ring], columns: 1000, rows: 4)
    #expect(coverage.runs(inRow: 2).count == 1)
    #expect(abs(coverage.coverageFraction(column: 500, row: 2) - height) <= unit / 2)
  }

  @Test("an edge that is nearly level crosses a thousand cells")
  func nearlyLevel() {
    // From (0, 1) down to (1000, 1 + 1e-3): the share of column c below it in row 1.
    let ring = [
      Point(x: 0, y: 1), Point(x: 1000, y: 1.001), Point(x: 1000, y: 2), Point(x: 0, y: 2),
    ]
    let coverage = ZoneCoverage(indexRings: [ring], columns: 1000, rows: 3)
    for column in [0, 1, 499, 999] {
      let expected = 1 - 1e-6 * (Double(column) + 0.5)
      #expect(abs(coverage.coverageFraction(column: column, row: 1) - expected) <= unit)
    }
  }

  @Test("a triangle that reaches a hundred million cells away is exact within the raster")
  func longEdges() {
    let ring = [Point(x: -1e8, y: 1), Point(x: 1e8, y: 1), Point(x: 1e8, y: 3)]
    let coverage = ZoneCoverage(indexRings: [ring], columns: 4, rows: 4)
    // y = 2 + x/1e8 bounds it below.
    #expect(coverage.coverageFraction(column: 0, row: 1) == 1)
    #expect(coverage.coverageFraction(column: 3, row: 2) == 3.5e-8.rounded(toUnits: unit))
  }

  @Test("a million points in a few cells sum to their polygon")
  func manyPoints() {
    let count = 200_000
    let ring = (0..<count).map { index in
      let angle = 2 * Double.pi * Double(index) / Double(count)
      let radius = 1.4 + 0.05 * sin(40 * angle)
      return Point(x: 2 + radius * cos(angle), y: 2 + radius * sin(angle))
    }
    let coverage = ZoneCoverage(indexRings: [ring], columns: 4, rows: 4)
    #expect(abs(coverage.coveredCells - Shapes.signedArea(ring)) < 16 * unit)
  }

  @Test("a grid without cells has no coverage, and neither has no ring")
  func empty() {
    #expect(ZoneCoverage(indexRings: [], columns: 3, rows: 3).isEmpty)
    #expect(ZoneCoverage(indexRings: [[]], columns: 3, rows: 3).isEmpty)
    #expect(ZoneCoverage(indexRings: [Shapes.box(0, 0, 1, 1)], columns: 0, rows: 0).isEmpty)
  }
}

extension Double {
  fileprivate func rounded(toUnits unit: Double) -> Double { (self / unit).rounded() * unit }
}
