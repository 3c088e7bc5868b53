import RasterCore
import Testing

@testable import ZonalStatistics

@Suite("Shares of the ground")
struct GroundCoverageTests {
  /// Two rows of two coarse cells, of 2 × 2 parts each; a part's area is 1 in the west column and 3 in all
  /// others.
  private let areas: CellAreas = {
    let grid = Shapes.geographicGrid(west: 0, north: 50, step: 1, columns: 4, rows: 4)
    // Through the middles of the columns, so that the polynomial meets each value.
    let lattice = ArealScaleLattice(
      columns: [0.5, 1.5, 2.5, 3.5], rows: [0], values: [1, 3, 3, 3])
    return CellAreas(grid: grid, arealScale: lattice)
  }()

  private func box(_ west: Double, _ north: Double, _ east: Double, _ south: Double) -> [Point] {
    [(west, north), (west, south), (east, south), (east, north)].map { Point(x: $0.0, y: $0.1) }
  }

  @Test("a share is that of the parts' areas")
  func shares() {
    let zone = ZoneCoverage(indexRings: [box(0, 0, 1.5, 1)], columns: 4, rows: 4)
    let coarse = zone.coarsened(by: 2, areas: areas)
    #expect(coarse.columns == 2 && coarse.rows == 2)
    // (1 + 3 / 2) of (1 + 3) · 2.
    #expect(abs(coarse.coverageFraction(column: 0, row: 0) - 2.5 / 8) < 1e-8)
    #expect(coarse.cellCount == 1)
  }

  @Test("whole cells are whole, and neighbours alike make one run")
  func whole() {
    let zone = ZoneCoverage(indexRings: [box(0, 1, 4, 4)], columns: 4, rows: 4)
    let coarse = zone.coarsened(by: 2, areas: areas)
    #expect(coarse.rowRange == 0..<2 && coarse.columnRange == 0..<2)
    #expect(
      Array(coarse.runs(inRow: 1)) == [CoverageRun(start: 0, end: 2, share: CoverageRun.whole)])
    #expect(coarse.coverageFraction(column: 1, row: 0) == 0.5)
  }

  @Test("nothing stays nothing, and everything everything")
  func extremes() {
    let nothing = ZoneCoverage(indexRings: [], columns: 4, rows: 4).coarsened(by: 2, areas: areas)
    #expect(nothing.isEmpty && nothing.runs(inRow: 0).isEmpty)
    let all = ZoneCoverage.wholeRaster(columns: 4, rows: 4).coarsened(by: 2, areas: areas)
    #expect(all == .wholeRaster(columns: 2, rows: 2))
  }
}
