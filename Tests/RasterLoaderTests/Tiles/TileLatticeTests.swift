import GeoIO
import RasterCore
import RasterLoader
import TestSupport
import Testing

@Suite("Lattices of tiles")
struct TileLatticeTests {
  static func tile(_ grid: Grid, _ name: String, in folder: TemporaryFolder) throws -> RasterTile {
    try Raster(columns: grid.columns, rows: grid.rows, filledWith: UInt8(1))
      .tile(name, in: folder, on: grid)
  }

  @Test("tiles side by side make one lattice, whose box holds them all")
  func mosaic() throws {
    try TemporaryFolder.with { folder in
      let whole = try Grid.northUp(
        "EPSG:4326", west: 130, north: 44, step: 1.0 / 1200, columns: 20, rows: 12)
      let windows = [
        Window(column: 9, row: 7, columns: 11, rows: 5),
        Window(column: 0, row: 0, columns: 9, rows: 7),
      ]
      let tiles = try windows.enumerated().map {
        try Self.tile(whole.cut($0.element), "\($0.offset).tif", in: folder)
      }
      let lattices = TileLattice.lattices(of: tiles)
      #expect(lattices.count == 1)
      #expect(lattices[0].grid == whole)
      #expect(lattices[0].placements.map(\.window) == windows)
    }
  }

  /// West edges in degrees, each tile one degree wide, in cells of a tenth.
  @Test(
    "tiles on both sides of the antimeridian lie side by side",
    arguments: [
      ([179.0, -180], 179.0, 20, [0, 10]), ([-180, 179], 179, 20, [10, 0]),
      ([-181, -180], -181, 20, [0, 10]), ([178, -180, 181], 178, 40, [0, 20, 30]),
      // One place, a turn apart.
      ([179, -181], 179, 10, [0, 0]),
      // No half turn is free: the longitudes of the files stand.
      ([-180, -60, 60, 179], -180, 3600, [0, 1200, 2400, 3590]),
      // Both sides of Greenwich, from 0 to 360.
      ([359, 0], 359, 20, [0, 10]),
    ])
  func antimeridian(wests: [Double], west: Double, columns: Int, offsets: [Int]) throws {
    try TemporaryFolder.with { folder in
      let tiles = try wests.enumerated().map { index, west in
        try Self.tile(
          .northUp("EPSG:4326", west: west, north: 71, step: 0.1, columns: 10, rows: 10),
          "\(index).tif", in: folder)
      }
      let lattices = TileLattice.lattices(of: tiles)
      #expect(lattices.count == 1)
      #expect(abs(lattices[0].grid.extent.minX - west) < 1e-9)
      #expect(lattices[0].grid.columns == columns)
      #expect(lattices[0].placements.map(\.window.column) == offsets)
    }
  }

  /// Files round their geotransforms; a hundredth of a cell is the limit.
  @Test(
    "a tile may be off the lattice by less than a hundredth of a cell",
    arguments: [(0.0, 1), (0.009, 1), (-0.009, 1), (0.011, 2), (0.5, 2), (0.991, 1)])
  func tolerance(offset: Double, count: Int) throws {
    try TemporaryFolder.with { folder in
      let grids = try [0, 100 + 10 * offset].map {
        try Grid.northUp("EPSG:32652", west: 5e5 + $0, north: 5e6, step: 10, columns: 10, rows: 10)
      }
      let tiles = try grids.enumerated().map {
        try Self.tile($0.element, "\($0.offset).tif", in: folder)
      }
      let lattices = TileLattice.lattices(of: tiles)
      #expect(lattices.count == count)
      if count == 1 {
        #expect(lattices[0].placements[1].window.column == Int((10 + offset).rounded()))
      }
    }
  }

  @Test("cell sizes that drift apart by a hundredth of a cell over a tile are two lattices")
  func drift() throws {
    try TemporaryFolder.with { folder in
      for (step, count) in [(10 * (1 + 0.9e-4), 1), (10 * (1 + 1.1e-4), 2)] {
        let grids = try [10, step].map {
          try Grid.northUp("EPSG:32652", west: 5e5, north: 5e6, step: $0, columns: 100, rows: 100)
        }
        let tiles = try grids.enumerated().map {
          try Self.tile($0.element, "\($0.offset)-\(count).tif", in: folder)
        }
        #expect(TileLattice.lattices(of: tiles).count == count)
      }
    }
  }

  @Test("the finest lattice comes first, then the larger, whatever the order of tiles")
  func order() throws {
    try TemporaryFolder.with { folder in
      let grids = [
        try Grid.northUp("EPSG:32652", west: 5e5, north: 5e6, step: 10, columns: 3, rows: 3),
        try Grid.northUp("EPSG:32652", west: 5e5 + 5, north: 5e6, step: 10, columns: 5, rows: 5),
        try Grid.northUp("EPSG:32652", west: 5e5, north: 5e6, step: 30, columns: 9, rows: 9),
        // A degree is 111 km: about 8 m on the ground.
        try Grid.northUp("EPSG:4326", west: 129, north: 45, step: 1e-4, columns: 2, rows: 2),
      ]
      let tiles = try grids.enumerated().map {
        try Self.tile($0.element, "\($0.offset).tif", in: folder)
      }
      for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
        let lattices = TileLattice.lattices(of: order.map { tiles[$0] })
        #expect(lattices.map(\.grid.columns) == [2, 5, 3, 9])
      }
    }
  }

  @Test("tiles of one cell size in two systems are two lattices")
  func systems() throws {
    try TemporaryFolder.with { folder in
      let tiles = try ["EPSG:32652", "EPSG:32653"].map {
        try Self.tile(
          Grid.northUp($0, west: 5e5, north: 5e6, step: 10, columns: 2, rows: 2),
          "\($0.suffix(2)).tif",
          in: folder)
      }
      #expect(TileLattice.lattices(of: tiles).count == 2)
    }
  }
}
