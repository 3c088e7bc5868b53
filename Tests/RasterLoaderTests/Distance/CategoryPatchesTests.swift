import GeoIO
import RasterCore
import RasterLoader
import TestSupport
import Testing

@Suite struct CategoryPatchesTests {
  /// Settlements, or all cells of another category.
  private static func patches(of category: LandCategory, on grid: Grid) -> CategoryPatches {
    CategoryPatches(
      of: category, smallest: category == .built ? CategoryPatches.smallestSettlement : 0, on: grid)
  }

  /// Cells of 100 m: five make 0.05 km².
  private static func grid(columns: Int, rows: Int) throws -> Grid {
    Grid(
      crs: try CoordinateReferenceSystem(userInput: "EPSG:32652"),
      geotransform: Geotransform(
        originX: 500_000, columnStepX: 100, originY: 4_800_000, rowStepY: -100),
      columns: columns, rows: rows)
  }

  /// `#` is of the category, `+` another; each cell measures 10 000 units of 1 m².
  private static func source(
    _ picture: [String], of category: LandCategory = .built, order: [Int]? = nil,
    cell: Int64 = 10_000
  ) throws -> DistanceSource {
    let grid = try grid(columns: picture[0].count, rows: picture.count)
    var patches = Self.patches(of: category, on: grid)
    for row in order ?? Array(picture.indices) {
      var one = patches.emptied
      let other = LandState(category == .built ? .water : .built).rawValue
      let states = picture[row].map {
        $0 == "#" ? LandState(category).rawValue : $0 == "+" ? other : 1
      }
      one.add(row: row, states: states[...]) { _ in cell }
      patches.merge(one)
    }
    return try patches.source(
      for: grid, unit: 1, ground: try CoordinateReferenceSystem(userInput: "EPSG:4326"), limit: 2000
    )
  }

  private static func distances(_ source: DistanceSource) throws -> [Float] {
    var sampler = try DistanceSampler(source)
    var values = [Float](repeating: -1, count: source.grid.cellCount)
    sampler.sample(source.grid.window, into: &values)
    return values
  }

  private static func zeros(_ picture: [String], cell: Int64 = 10_000) throws -> [String] {
    let values = try distances(try source(picture, cell: cell))
    let columns = picture[0].count
    return picture.indices.map { row in
      String((0..<columns).map { values[row * columns + $0] == 0 ? "#" : "." })
    }
  }

  @Test("a patch of five cells of a hectare is a settlement, one of four is not")
  func hasALeastArea() throws {
    let found = try Self.zeros([
      "#####......",
      "...........",
      "####..#....",
      "......####.",
    ])
    #expect(found == ["#####......", "...........", "......#....", "......####."])
  }

  @Test("of a category without a least area each cell counts, and none of another")
  func takesEachCell() throws {
    let values = try Self.distances(try Self.source(["+...#", "....."], of: .water))
    // To the near edge of the cell, 1 m on the ground being 0.9996 m on the map.
    let expected = [350, 250, 150, 50, 0, 353.553, 254.951, 158.114, 70.711, 50]
    for (value, distance) in zip(values, expected) {
      #expect(abs(Double(value) - distance / 0.9996) < 0.02)
    }
  }

  @Test("areas decide, not numbers of cells")
  func measuresAreas() throws {
    #expect(try Self.zeros(["####", "...."], cell: 12_500) == ["####", "...."])
    #expect(try Self.zeros(["####", "...."], cell: 12_499) == ["....", "...."])
  }

  @Test("cells that touch at a corner belong together, on either side")
  func joinsCorners() throws {
    let picture = ["#...#", ".#.#.", "..#..", ".....", "#####"]
    #expect(try Self.zeros(picture) == picture)
    let apart = ["#...#", ".#...", "..#..", ".....", "#####"]
    #expect(try Self.zeros(apart) == [".....", ".....", ".....", ".....", "#####"])
  }

  @Test("arms that meet only far below are one patch")
  func joinsArms() throws {
    let picture = ["#.#.#.#", "#.#.#.#", "#.#.#.#", "#######"]
    #expect(try Self.zeros(picture) == picture)
  }

  @Test("the order in which rows come does not matter", arguments: UInt64(0)..<4)
  func isFreeOfOrder(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let picture = (0..<40).map { _ in
      String((0..<50).map { _ in Int.random(in: 0..<10, using: &random) < 4 ? "#" : "." })
    }
    let forwards = try Self.distances(try Self.source(picture))
    let shuffled = try Self.distances(
      try Self.source(picture, order: Array(picture.indices).shuffled(using: &random)))
    #expect(forwards == shuffled)
  }

  @Test(
    "patches are those of a plain flood fill, distances those to the nearest cell",
    arguments: [UInt64(1), 2])
  func equalsFloodFill(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (columns, rows) = (40, 30)
    let isBuilt = (0..<columns * rows).map { _ in Int.random(in: 0..<20, using: &random) < 5 }
    let picture = (0..<rows).map { row in
      String((0..<columns).map { isBuilt[row * columns + $0] ? "#" : "." })
    }
    var settled = [Bool](repeating: false, count: isBuilt.count)
    var seen = settled
    for start in isBuilt.indices where isBuilt[start] && !seen[start] {
      var (open, patch) = ([start], [Int]())
      seen[start] = true
      while let cell = open.popLast() {
        patch.append(cell)
        for dy in -1...1 {
          for dx in -1...1 {
            let (x, y) = (cell % columns + dx, cell / columns + dy)
            guard (0..<columns).contains(x), (0..<rows).contains(y) else { continue }
            let other = y * columns + x
            if isBuilt[other], !seen[other] {
              seen[other] = true
              open.append(other)
            }
          }
        }
      }
      if patch.count >= 5 { for cell in patch { settled[cell] = true } }
    }
    let values = try Self.distances(try Self.source(picture))
    for cell in isBuilt.indices {
      var nearest = Double.infinity
      for other in settled.indices where settled[other] {
        // From the centre to the square of the other cell.
        let dx = max(0, abs(Double(cell % columns - other % columns)) - 0.5)
        let dy = max(0, abs(Double(cell / columns - other / columns)) - 0.5)
        nearest = min(nearest, (dx * dx + dy * dy).squareRoot() * 100)
      }
      // The scale of UTM on its central meridian is 0.9996.
      let expected = settled[cell] ? 0 : min(nearest / 0.9996, 2000)
      #expect(abs(Double(values[cell]) - expected) < 0.02)
    }
  }

  @Test("without a patch every cell is at the limit")
  func mayBeEmpty() throws {
    let source = try Self.source(["....", ".##."])
    #expect(source.isEmpty)
    #expect(try Self.distances(source).allSatisfy { $0 == 2000 })
  }
}
