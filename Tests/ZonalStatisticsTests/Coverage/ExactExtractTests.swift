import Foundation
import RasterCore
import Testing
import ZonalStatistics

/// The cases that exactextract asserts (its commit 3b4926b), kept beside the package, not in it.
private enum Fixtures {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/data/exactextract-coverage")
  static let arePresent = FileManager.default.fileExists(
    atPath: folder.appending(path: "expected.json").path)

  struct Document: Decodable {
    var coverageCases: [Case]
  }
  struct Case: Decodable {
    var name: String
    var grid: [Double]
    var wkt: String?
    var wktFile: String?
    var coverage: [[Double]]?
  }

  static func cases() throws -> [Case] {
    let data = try Data(contentsOf: folder.appending(path: "expected.json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Document.self, from: data).coverageCases
  }

  /// Rings in the index space of a grid given as minimum and maximum x and y and the size of a cell.
  static func indexRings(_ text: String, grid: [Double]) -> [[Point]] {
    WellKnownText.rings(text).map { ring in
      ring.map {
        Point(x: ($0.x - grid[0]) / grid[4], y: (grid[3] - $0.y) / grid[5])
      }
    }
  }
}

@Suite(
  "Coverage as exactextract asserts it",
  .enabled(if: Fixtures.arePresent, "needs shared/data/exactextract-coverage beside the package"))
struct ExactExtractTests {
  @Test("every case has the coverage asserted")
  func cases() throws {
    let cases = try Fixtures.cases().filter { $0.wkt != nil }
    #expect(cases.count == 16)
    for test in cases {
      let columns = Int(((test.grid[2] - test.grid[0]) / test.grid[4]).rounded())
      let rows = Int(((test.grid[3] - test.grid[1]) / test.grid[5]).rounded())
      let rings = Fixtures.indexRings(test.wkt ?? "", grid: test.grid)
      let coverage = ZoneCoverage(indexRings: rings, columns: columns, rows: rows)
      // Expected values are trimmed to the cells that the geometry's box touches.
      let box = try #require(Extent(around: rings.joined()))
      let left = max(Int(box.minX.rounded(.down)), 0)
      let top = max(Int(box.minY.rounded(.down)), 0)
      let expected = try #require(test.coverage)
      var sum = 0.0
      for (row, line) in expected.enumerated() {
        for (column, share) in line.enumerated() {
          let computed = coverage.coverageFraction(column: left + column, row: top + row)
          // Shares are whole numbers of 2⁻³⁰.
          #expect(abs(computed - share) < 1e-9, "\(test.name), column \(column), row \(row)")
          sum += computed
        }
      }
      #expect(coverage.coveredCells == sum, "\(test.name): nothing lies beyond the expected cells")
    }
  }

  @Test("the polygon on which floating point failed has its own area")
  func robustness() throws {
    let test = try #require(try Fixtures.cases().first { $0.wktFile != nil })
    let file = Fixtures.folder.appending(path: try #require(test.wktFile))
    let rings = Fixtures.indexRings(try String(contentsOf: file, encoding: .utf8), grid: test.grid)
    let columns = Int(((test.grid[2] - test.grid[0]) / test.grid[4]).rounded())
    let rows = Int(((test.grid[3] - test.grid[1]) / test.grid[5]).rounded())
    let coverage = ZoneCoverage(indexRings: rings, columns: columns, rows: rows)
    let clipped = rings.map {
      ClippedCells.clip($0, left: 0, top: 0, right: Double(columns), bottom: Double(rows))
    }
    let area = abs(clipped.reduce(0) { $0 + Shapes.signedArea($1) })
    #expect(area > 1)
    // Half a unit of 2⁻³⁰ for each cell at the border, of which there are fewer than points.
    let points = Double(rings.joined().count)
    #expect(abs(coverage.coveredCells - area) < points * 2 / Double(CoverageRun.whole))
  }
}
