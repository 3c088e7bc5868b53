import GeoIO
import Machine
import RasterCore
import RasterLoader
import Synchronization
import ZonalStatistics

/// Compares the heights of tiles of one lattice, cell by cell, where they lie over one another.
struct OverlappingHeights {
  let lattice: TileLattice
  let threads: Int

  /// Metres by which heights may differ: what rounding to whole feet or metres leaves is less.
  static let tolerance: Float = 1

  private struct Piece {
    /// Of the lattice.
    let window: Window
    /// Placements of the lattice.
    let tiles: [Int]
  }

  /// - Parameter parts: of the lattice, which do not overlap; the rest is not looked at.
  /// - Throws: `.input`, slug `unreadable-block` and those of opening a file.
  func disagreement(
    _ areas: CellAreas, within parts: [Window]
  ) throws(HabitatError) -> HeightDisagreement {
    let placements = lattice.placements
    // Whole rows of tiles, for many a DEM is stored row by row.
    let pieces = TileRegion.regions(of: placements.map(\.window), in: lattice.grid.window)
      .filter { $0.tiles.count > 1 }
      .flatMap { region in
        parts.compactMap { $0.intersection(region.window) }
          .flatMap { $0.pieces((4096, 128), origin: region.window) }
          .map { Piece(window: $0, tiles: region.tiles) }
      }
    let sum = Mutex(HeightDisagreement())
    try WorkerThreads.run(pieces.count, threads: threads) { numbers throws(HabitatError) in
      var found = HeightDisagreement()
      var samplers = Samplers()
      while let number = numbers.next() {
        let (window, tiles) = (pieces[number].window, pieces[number].tiles)
        var range = HeightRange(cells: window.cellCount)
        for tile in tiles {
          let heights = try samplers.heights(of: placements[tile], window)
          range.add(heights)
        }
        range.forEachDifference(over: Self.tolerance) { cell, difference in
          let (column, row) = (cell % window.columns, cell / window.columns)
          let place = HeightDisagreement.Place(
            column: window.column + column, row: window.row + row)
          found.add(
            difference, at: place, area: areas.area(column: place.column, row: place.row))
        }
      }
      sum.withLock { $0.merge(found) }
    }
    return sum.withLock { $0 }
  }

  /// What the tiles have at a place, for people: "a.tif 500.0 m, b.tif 12.0 m".
  func heightsText(at place: HeightDisagreement.Place) throws(HabitatError) -> String {
    let cell = Window(column: place.column, row: place.row, columns: 1, rows: 1)
    var samplers = Samplers()
    var texts: [String] = []
    for placement in lattice.placements where placement.window.intersection(cell) != nil {
      let height = try samplers.heights(of: placement, cell)[0]
      guard !height.isNaN else { continue }
      texts.append(
        "\(placement.tile.path.baseName) \(Double(height).grouped(decimals: 1)) m")
    }
    return texts.listed
  }

  /// The samplers of the tiles that a thread was last asked for.
  private struct Samplers {
    private final class Box {
      var sampler: TerrainSampler
      init(_ tile: RasterTile) throws(HabitatError) {
        // On the tile's own grid its cells are handed on as they are.
        sampler = try TerrainSampler(ElevationSource([tile], sampledOn: tile.grid))
      }
    }
    private var boxes: [String: Box] = [:]

    mutating func heights(
      of placement: TileLattice.Placement, _ window: Window
    ) throws(HabitatError) -> [Float] {
      let box: Box
      if let known = boxes[placement.tile.path] {
        box = known
      } else {
        if boxes.count >= 8 { boxes = [:] }
        box = try Box(placement.tile)
        boxes[placement.tile.path] = box
      }
      var heights = [Float](repeating: .nan, count: window.cellCount)
      var slopes: [Float] = []
      try box.sampler.sample(
        window.counted(from: placement.window), elevation: &heights, slope: &slopes,
        withSlope: false)
      return heights
    }
  }
}

/// The lowest and highest of several heights of each cell; where there is none nothing is compared.
private struct HeightRange {
  private var lowest: [Float]
  private var highest: [Float]

  init(cells: Int) {
    lowest = [Float](repeating: .infinity, count: cells)
    highest = [Float](repeating: -.infinity, count: cells)
  }

  mutating func add(_ heights: [Float]) {
    // NaN fails both.
    for cell in heights.indices {
      if heights[cell] < lowest[cell] { lowest[cell] = heights[cell] }
      if heights[cell] > highest[cell] { highest[cell] = heights[cell] }
    }
  }

  func forEachDifference(over tolerance: Float, _ body: (_ cell: Int, Float) -> Void) {
    for cell in lowest.indices where highest[cell] - lowest[cell] > tolerance {
      body(cell, highest[cell] - lowest[cell])
    }
  }
}
