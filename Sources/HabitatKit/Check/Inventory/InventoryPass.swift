import GeoIO
import Machine
import RasterCore
import RasterLoader
import Synchronization
import ZonalStatistics

/// One reading of the whole land cover that adds up its codes, on all threads.
struct InventoryPass {
  let landCover: LandCoverSource
  let areas: CellAreas
  /// What the codes mean, where that is known: tells where overlapping tiles disagree.
  let codes: CodeTable?
  let threads: Int
  let progress: @Sendable (Double) -> Void

  private struct Piece {
    /// Of the grid.
    let window: Window
    let tiles: [Int]
  }

  /// - Throws: `.input`, slug `unreadable-block` and those of opening a file.
  func run() throws(HabitatError) -> CodeTotals {
    let sampled = Set(landCover.sampledTiles)
    let (tiles, windows) = (landCover.tiles, landCover.windows)
    var totals = CodeTotals()
    var pieces: [Piece] = []
    for region in TileRegion.regions(of: windows, in: landCover.grid.window) {
      guard let first = region.tiles.first else {
        totals.gap += total(of: region.window)
        continue
      }
      let isPlain = region.tiles.count == 1 && !sampled.contains(tiles[first])
      if !isPlain, region.tiles.count > 1 { totals.overlap += total(of: region.window) }
      let size =
        isPlain
        ? tiles[first].pieceSize : (columns: Strip.tile, rows: Strip.tile)
      let origin = isPlain ? windows[first] : region.window
      pieces += region.window.pieces(size, origin: origin)
        .map { Piece(window: $0, tiles: isPlain ? region.tiles : []) }
    }
    let work = pieces
    let sum = Mutex(totals)
    try WorkerThreads.run(work.count, threads: threads) { numbers throws(HabitatError) in
      var found = CodeTotals()
      var counters = TileCounters(tiles, areas)
      var overlay = OverlayCounter(landCover, areas, codes)
      while let number = numbers.next() {
        let piece = work[number]
        if let tile = piece.tiles.first {
          try counters.count(tile, piece.window, windows[tile])
        } else {
          try overlay.count(piece.window)
        }
        progress(Double(number + 1) / Double(work.count))
      }
      found.merge(counters.totals)
      found.merge(overlay.totals)
      sum.withLock { $0.merge(found) }
    }
    return sum.withLock { $0 }
  }

  private func total(of window: Window) -> CodeTotals.Total {
    CodeTotals.Total(cells: window.cellCount, units: areas.units(of: window))
  }
}

/// The counters of the tiles that one thread works on; few are open at a time.
struct TileCounters: ~Copyable {
  private let tiles: [RasterTile]
  private let areas: CellAreas
  private var current: Int?
  private var counter: BlockCounter?
  private(set) var totals = CodeTotals()

  init(_ tiles: [RasterTile], _ areas: CellAreas) { (self.tiles, self.areas) = (tiles, areas) }

  /// Counts a window of the grid in a tile that lies at `place`.
  mutating func count(_ tile: Int, _ window: Window, _ place: Window) throws(HabitatError) {
    if current != tile {
      counter = try BlockCounter(tiles[tile], areas)
      current = tile
    }
    let found = try counter?.count(window.counted(from: place), at: window)
    if let found { totals.merge(found) }
  }
}
