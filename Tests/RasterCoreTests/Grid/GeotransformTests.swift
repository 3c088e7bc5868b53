import RasterCore
import TestSupport
import Testing

@Suite("Geotransforms, extents and windows")
struct GeotransformTests {
  static let northUp = Geotransform(originX: 100, columnStepX: 10, originY: 50, rowStepY: -5)

  @Test("the centre of the first cell is half a step from the corner")
  func centre() {
    #expect(Self.northUp.point(column: 0.5, row: 0.5) == Point(x: 105, y: 47.5))
  }

  @Test("moving the origin by cells moves the point under a cell with it")
  func moved() {
    let moved = Self.northUp.moved(column: 3, row: -2)
    #expect(moved.point(column: 0, row: 0) == Self.northUp.point(column: 3, row: -2))
    #expect(moved.columnStepX == 10 && moved.rowStepY == -5)
  }

  @Test("position and point are inverse to one another, rotated or not", arguments: UInt64(0)..<20)
  func inverse(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func number(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &random) }
    let geotransform = Geotransform(
      originX: number(-1e6...1e6), columnStepX: number(1...100), rowStepX: number(-30...30),
      originY: number(-1e6...1e6), columnStepY: number(-30...30), rowStepY: number(-200 ... -60))
    let index = Point(x: number(-1000...1000), y: number(-1000...1000))
    let back = geotransform.index(of: geotransform.point(column: index.x, row: index.y))
    // Coordinates of 1e6 hold 1e-10; over a cell of at least one unit that is 1e-9 cells.
    #expect(abs(back.x - index.x) < 1e-8 && abs(back.y - index.y) < 1e-8)
  }

  @Test(
    "only columns eastwards and rows southwards are north up",
    arguments: [
      (10.0, 0.0, 0.0, -5.0, true), (-10, 0, 0, -5, false), (10, 0, 0, 5, false),
      (10, 1, 0, -5, false), (10, 0, 1, -5, false),
    ])
  func northUp(columnX: Double, rowX: Double, columnY: Double, rowY: Double, expected: Bool) {
    let geotransform = Geotransform(
      originX: 0, columnStepX: columnX, rowStepX: rowX, originY: 0, columnStepY: columnY,
      rowStepY: rowY)
    #expect(geotransform.isNorthUp == expected)
  }

  @Test("GDAL's six numbers keep their order")
  func coefficients() {
    let geotransform = Geotransform(
      originX: 1, columnStepX: 2, rowStepX: 3, originY: 4, columnStepY: 5, rowStepY: 6)
    #expect(geotransform.coefficients == [1, 2, 3, 4, 5, 6])
  }

  @Test("the extent of a rotated grid holds its four corners")
  func rotatedExtent() {
    // Steps (1, 1) along the row and (1, −1) down the column: a square on its tip.
    let grid = Grid(
      crs: .none,
      geotransform: Geotransform(
        originX: 0, columnStepX: 1, rowStepX: 1, originY: 0, columnStepY: 1, rowStepY: -1),
      columns: 2, rows: 3)
    #expect(grid.extent == Extent(minX: 0, minY: -3, maxX: 5, maxY: 2))
  }

  @Test("windows that only touch share no cell")
  func windows() {
    let window = Window(column: 2, row: 3, columns: 4, rows: 5)
    #expect(window.intersection(Window(column: 6, row: 3, columns: 1, rows: 1)) == nil)
    #expect(
      window.intersection(Window(column: 0, row: 7, columns: 3, rows: 9))
        == Window(column: 2, row: 7, columns: 1, rows: 1))
  }

  @Test("boxes that only touch do not overlap, and each holds itself")
  func boxes() {
    let box = Extent(minX: 0, minY: 0, maxX: 2, maxY: 1)
    #expect(!box.overlaps(Extent(minX: 2, minY: 0, maxX: 3, maxY: 1)))
    #expect(box.overlaps(Extent(minX: 1.5, minY: 0.5, maxX: 3, maxY: 3)))
    #expect(box.contains(box))
    #expect(Extent(around: [Point]()) == nil)
  }

  @Test("a cell at the equator is its angle times the Earth's radii")
  func middleCell() throws {
    let grid = try Grid.northUp("EPSG:4326", west: 0, north: 0.5, step: 1, columns: 1, rows: 1)
    // WGS 84 at latitude 0: radii a along the equator and b²/a along the meridian, so a square degree
    // is (π/180 · b)² with b = 6 356 752.3142 m, given to a tenth of a millimetre.
    #expect(abs(grid.middleCellArea - 12_309_072_079.3) < 1)
  }
}
