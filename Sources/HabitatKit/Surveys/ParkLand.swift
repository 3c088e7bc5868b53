import GeoIO
import Machine
import RasterCore
import RasterLoader
import Synchronization
import ZonalStatistics

/// What the land of the parks is, as a run counts it: cells by their share within the parks, refined where a layer
/// says more.
///
/// Of the grid only the tiles that a park touches are read.
struct ParkLand {
  /// km² by land state; land of several parks counts once.
  let areas: [Double]
  let notes: LandNotes

  /// No tile of the land cover lies there.
  var gap: Double { areas[Int(LandState.gap.rawValue)] }

  /// - Parameters:
  ///   - parks: on the grid of the stack.
  ///   - stack: the land cover, and what refines it.
  ///   - cellAreas: of its grid, on the parks' datum.
  /// - Throws: `.input`, slug `unreadable-block` and those of opening a file.
  init(
    of parks: ParkZones, on stack: LayerStack, cellAreas: CellAreas, threads: Int
  ) throws(HabitatError) {
    let index = ZoneIndex(zones: parks.coverages, cellAreas: cellAreas)
    let tiles = Self.tiles(of: stack.landCover.grid, touchedBy: parks.coverages)
    let sum = Mutex((states: ZoneTally(index), notes: ZoneTally.ofNotes(index)))
    try WorkerThreads.run(tiles.count, threads: threads) { numbers throws(HabitatError) in
      var (states, notes) = (ZoneTally(index), ZoneTally.ofNotes(index))
      var reader = try StackReader(stack, layers: [])
      var block = StackBlock()
      while let number = numbers.next() {
        for band in Strip.bands(of: tiles[number]) {
          try reader.readLandCover(band, into: &block)
          states.add(block.land.states, of: band)
          if !block.land.notes.isEmpty { notes.add(block.land.notes, of: band) }
        }
      }
      sum.withLock {
        $0.states.merge(states)
        $0.notes.merge(notes)
      }
    }
    let found = sum.withLock { $0 }
    areas = found.states.areasOfUnion(of: parks)
    notes = LandNotes(found.notes, of: parks)
  }

  /// The tiles of a grid that hold cells of a zone.
  private static func tiles(
    of grid: Grid, touchedBy coverages: [ZoneCoverage]
  ) -> [Window] {
    let (side, across) = (Strip.tile, (grid.columns + Strip.tile - 1) / Strip.tile)
    var touched: Set<Int> = []
    for coverage in coverages {
      for row in coverage.rowRange {
        for run in coverage.runs(inRow: row) where !run.columns.isEmpty {
          let first = row / side * across
          touched.formUnion(
            first + run.columns.lowerBound / side...first + (run.columns.upperBound - 1) / side)
        }
      }
    }
    return touched.sorted().map { number in
      let (column, row) = (number % across * side, number / across * side)
      return Window(
        column: column, row: row, columns: min(side, grid.columns - column),
        rows: min(side, grid.rows - row))
    }
  }
}
