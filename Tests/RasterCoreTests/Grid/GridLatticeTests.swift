import RasterCore
import TestSupport
import Testing

@Suite("Places spread over a grid")
struct GridLatticeTests {
  private static let grid = Grid(
    crs: .none, geotransform: GeotransformTests.northUp, columns: 8, rows: 4)

  @Test("they reach from rim to rim, row by row")
  func all() {
    let places = Self.grid.places(steps: 2)
    #expect(places.map(\.x) == [0, 4, 8, 0, 4, 8, 0, 4, 8])
    #expect(places.map(\.y) == [0, 0, 0, 2, 2, 2, 4, 4, 4])
  }

  @Test("those on some lines are the rim and lines across")
  func lines() {
    let places = Self.grid.places(steps: 4, onLinesEvery: 2)
    // All but the middles of the four quarters.
    #expect(places.count == 25 - 4)
    #expect(!places.contains(Point(x: 2, y: 1)))
    #expect(places.contains(Point(x: 4, y: 1)) && places.contains(Point(x: 8, y: 3)))
    #expect(Self.grid.places(steps: 4, onLinesEvery: 4).count == 16)
  }
}
