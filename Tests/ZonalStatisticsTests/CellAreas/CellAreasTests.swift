import Foundation
import RasterCore
import TestSupport
import Testing

@testable import ZonalStatistics

@Suite("Areas of cells")
struct CellAreasTests {
  @Test("a cell of a geographic grid has the area of the closed form")
  func geographic() {
    let grid = Shapes.geographicGrid(west: 129, north: 43.5, step: 1 / 120.0, columns: 9, rows: 60)
    let areas = CellAreas(geographic: grid)
    let computed = areas.unit.squareMetres(areas.area(column: 4, row: 59))
    // 30 arc seconds from 43 N: 0.629028 km² (species-models.md §7), here with all its digits.
    #expect(abs(computed / 629_028.035_374_382_27 - 1) < 1e-10)
    #expect(areas.uniformArea(row: 59) == areas.area(column: 0, row: 59))
  }

  @Test("the cells of the Earth sum to the Earth, in units of 2⁻¹² m²")
  func wholeEarth() {
    let grid = Shapes.geographicGrid(west: -180, north: 90, step: 1, columns: 360, rows: 180)
    let areas = CellAreas(geographic: grid)
    #expect(areas.unit == AreaUnit(exponent: -12))
    let sum = (0..<180).reduce(Int64(0)) { $0 + 360 * areas.area(column: 7, row: $1) }
    // Half a unit a cell.
    #expect(abs(areas.unit.squareMetres(sum) - 510_065_621_724_088.5) < 64_800 / 8192.0)
  }

  @Test("cells beyond the poles have no area, and those across are cut there")
  func beyondPoles() {
    let grid = Shapes.geographicGrid(west: 0, north: 90.5, step: 1, columns: 2, rows: 183)
    let areas = CellAreas(geographic: grid)
    let half = Ellipsoid.wgs84.authalicFunction(from: 89.5 * .pi / 180, to: .pi / 2) * .pi / 180
    #expect(abs(areas.unit.squareMetres(areas.area(column: 0, row: 0)) - half) < 1e-3)
    #expect(areas.area(column: 0, row: 0) == areas.area(column: 0, row: 180))
    #expect(areas.area(column: 1, row: 181) == 0)
  }

  @Test("an equal-area grid has cells alike, and south up is north up")
  func uniform() {
    let lattice = ArealScaleLattice(columns: [0, 5], rows: [0], values: [2, 2])
    let north = CellAreas(
      grid: Shapes.planarGrid(step: 10, columns: 5, rows: 4), arealScale: lattice)
    #expect(north.unit.squareMetres(north.area(column: 3, row: 2)) == 200)
    #expect(north.uniformArea(row: 0) != nil)
    let upward = Grid(
      crs: Shapes.plane,
      geotransform: Geotransform(originX: 0, columnStepX: 10, originY: 0, rowStepY: 10),
      columns: 5, rows: 4)
    #expect(
      CellAreas(grid: upward, arealScale: lattice).area(column: 0, row: 0)
        == north.area(column: 0, row: 0))
  }

  @Test("a window has the area of its cells, whether those of a row are alike or not")
  func windows() {
    let window = Window(column: 2, row: 1, columns: 5, rows: 3)
    let alike = CellAreas(
      geographic: Shapes.geographicGrid(west: 129, north: 43, step: 1, columns: 9, rows: 6))
    for areas in [alike, Shapes.unevenAreas(seed: 1, columns: 9, rows: 6)] {
      let sum = window.rowRange.reduce(Int64(0)) { sum, row in
        window.columnRange.reduce(sum) { $0 + areas.area(column: $1, row: row) }
      }
      #expect(areas.units(of: window) == sum)
    }
  }

  @Test("Web Mercator cells have the area between their parallels")
  func webMercator() {
    let mercator = WebMercator(north: 60, step: 25_000, columns: 16, rows: 200)
    let areas = CellAreas(grid: mercator.grid, arealScale: mercator.lattice(intervals: 40))
    for row in 0..<200 {
      let (upper, lower) = (mercator.latitude(Double(row)), mercator.latitude(Double(row + 1)))
      let band = Ellipsoid.wgs84.authalicFunction(from: lower, to: upper)
      let exact = mercator.longitude(1) * band
      let computed = areas.unit.squareMetres(areas.area(column: 9, row: row))
      // The scale at the centre for the mean of the cell: (25 km ÷ 6,378 km)² · 4/24 = 2.6e-6.
      #expect(abs(computed / exact - 1) < 3e-6)
    }
  }

  @Test(
    "prefix sums in pieces and single cells are the same whole numbers", arguments: UInt64(0)..<8)
  func pieces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let areas = Shapes.unevenAreas(seed: seed, columns: 57, rows: 23)
    #expect(areas.uniformArea(row: 0) == nil)
    let row = Int.random(in: 0..<23, using: &random)
    var whole: [Int64] = []
    areas.prefixSums(row: row, columns: 0..<57, into: &whole)
    #expect(whole.first == 0 && whole.count == 58)
    for column in 0..<57 {
      #expect(areas.area(column: column, row: row) == whole[column + 1] - whole[column])
    }
    var piece: [Int64] = [1, 2, 3]
    for _ in 0..<20 {
      let start = Int.random(in: 0...57, using: &random)
      let end = Int.random(in: start...57, using: &random)
      areas.prefixSums(row: row, columns: start..<end, into: &piece)
      #expect(Array(piece.prefix(end - start + 1)) == whole[start...end].map { $0 - whole[start] })
    }
  }

  @Test("cells cut by the edge of the map have the area of their part on the Earth")
  func partsOnEarth() {
    let grid = Shapes.geographicGrid(west: 0, north: 50, step: 1, columns: 5, rows: 2)
    let flat = ArealScaleLattice(columns: [0, 5], rows: [0, 2], values: [1e6, 1e6, 1e6, 1e6])
    let strips = [
      // From the middle of column 1, and in the lower half up to a quarter of column 3.
      [
        CellAreas.Strip(height: 0.5, columns: [1.5..<5]),
        CellAreas.Strip(height: 0.5, columns: [1.5..<3.25]),
      ], [],
    ]
    let areas = CellAreas(grid: grid, arealScale: flat, partsOnEarth: strips)
    let row = (0..<5).map { areas.unit.squareMetres(areas.area(column: $0, row: 0)) }
    #expect(row == [0, 0.5e6, 1e6, 0.625e6, 0.5e6])
    #expect((0..<5).allSatisfy { areas.area(column: $0, row: 1) == 0 })
    #expect(areas.cellsBeyondEarth == 6)
    var sums: [Int64] = []
    areas.prefixSums(row: 0, columns: 2..<4, into: &sums)
    #expect(sums[0..<3].map(areas.unit.squareMetres) == [0, 1e6, 1.625e6])
  }

  @Test("a ratio of datums scales the closed form")
  func ratio() {
    let grid = Shapes.geographicGrid(west: 0, north: 50, step: 0.1, columns: 8, rows: 6)
    let ratio = ArealScaleLattice(columns: [0, 8], rows: [0], values: [1, 1.8])
    let (plain, scaled) = (CellAreas(geographic: grid), CellAreas(geographic: grid, ratio: ratio))
    for column in 0..<8 {
      let expected =
        plain.unit.squareMetres(plain.area(column: column, row: 3)) * (1.05 + 0.1 * Double(column))
      let computed = scaled.unit.squareMetres(scaled.area(column: column, row: 3))
      #expect(abs(computed / expected - 1) < 1e-12)  // two roundings to units of 2⁻²⁹ m² or less
    }
  }

  @Test(
    "four times the total fits 64 bits, eight times that does not",
    arguments: [1.0, 3.999, 4, 5.1e14, 300])
  func unit(total: Double) {
    let unit = AreaUnit(total: total, cell: total * 1e-6).squareMetres
    #expect(4 * total / unit < 0x1p63)
    #expect(8 * total / unit >= 0x1p63)
  }

  @Test("a cell that is all of its grid keeps 50 bits, and nothing at all has a unit, too")
  func unitOfOneCell() {
    let unit = AreaUnit(total: 900, cell: 900).squareMetres
    #expect(900 / unit < 0x1p50 && 900 / unit >= 0x1p49)
    #expect(AreaUnit(total: 0, cell: 0).exponent == -60)
  }
}
