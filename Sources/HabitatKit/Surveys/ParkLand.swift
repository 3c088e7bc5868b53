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
  /// km² under tiles of the land cover that disagree.
  let disagreement: Double

  /// - Parameters:
  ///   - parks: on the grid of the land cover.
  ///   - codes: what the codes mean.
  ///   - cellAreas: of that grid, on the parks' datum.
  /// - Throws: `.input`, slug `unreadable-block` and those of opening a file.
  init(
    of parks: ParkZones, on landCover: LandCoverSource, _ codes: CodeTable,
    refinedBy refinement: LandCoverRefinement?, cellAreas: CellAreas, threads: Int
  ) throws(HabitatError) {
    let index = ZoneIndex(zones: parks.coverages, cellAreas: cellAreas)
    let tiles = Self.tiles(of: landCover.grid, touchedBy: parks.coverages)
    let sum = Mutex(ZoneTally(index, layers: 2))
    try WorkerThreads.run(tiles.count, threads: threads) { numbers throws(HabitatError) in
      var tally = ZoneTally(index, layers: 2)
      var reader = LandCoverReader(landCover, codes)
      var refiner = refinement.map { LandCoverRefiner($0) }
      var land = LandCoverBlock()
      while let number = numbers.next() {
        for band in Strip.bands(of: tiles[number]) {
          try reader.read(band, into: &land)
          try refiner?.refine(band, &land.states)
          for row in 0..<band.rows {
            let cells = row * band.columns..<(row + 1) * band.columns
            for (layer, values) in [land.states, land.notes].enumerated() where !values.isEmpty {
              tally.add(
                row: band.row + row, firstColumn: band.column,
                codes: values.span.extracting(cells), layer: layer)
            }
          }
        }
      }
      sum.withLock { $0.merge(tally) }
    }
    let tally = sum.withLock { $0 }
    func union(_ layer: Int) -> [Double] {
      var units = [Int64](repeating: 0, count: tally.codeCount)
      for zone in 0..<index.zoneCount {
        let isShared = parks.sharedZones.contains(zone)
        for (code, own) in tally.units(ofZone: zone, layer: layer).enumerated() {
          units[code] = isShared ? units[code] &- own : units[code] &+ own
        }
      }
      return units.map { cellAreas.unit.squareMetres($0) / 1e6 }
    }
    areas = union(0)
    let noted = union(1)
    disagreement = noted.indices
      .filter { UInt8($0) & LandCoverBlock.Note.disagreement != 0 }
      .reduce(0) { $0 + noted[$1] }
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
