import GeoIO
import Machine
import RasterCore
import RasterLoader
import Synchronization
import ZonalStatistics

/// Compares the heights of a coarser DEM with those of the finer ones whose voids it fills.
///
/// Of one ground the two differ by what the coarser cannot show, by where its cells are taken to lie and by what
/// each product calls the ground (its trees or none). So the mean of the finer heights over a cell is held
/// against the range of that cell and its eight neighbours, with a tolerance, and single cells mean nothing. A DEM
/// that lies elsewhere, and what is no DEM at all, disagrees on slopes everywhere.
struct CoarserHeights {
  let coarser: TileLattice
  /// Of all finer lattices.
  let finer: [RasterTile]
  let threads: Int

  /// Metres beyond the range of the neighbours: the height of a forest.
  static let tolerance: Float = 20
  /// Share of the compared cells that must disagree.
  static let share = 0.05
  /// Pieces that are looked at first, and at most where these disagree.
  private static let (probes, most) = (64, 4096)

  /// Nothing where the two agree.
  ///
  /// - Parameter parts: of the coarser grid, which do not overlap; the rest is not looked at.
  /// - Throws: `.input`, slug `unreadable-block` and those of opening a file.
  func disagreement(
    _ areas: CellAreas, within parts: [Window]
  ) throws(HabitatError) -> HeightDisagreement? {
    let near = try overlaps(within: parts)
    guard !near.windows.isEmpty else { return nil }
    let fine = try ElevationSource(near.tiles, sampledOn: coarser.grid)
    // About as many samples a piece whatever the ratio of the cells.
    let side = max(4, min(64, 128 / (fine.samplesPerAxis.max() ?? 1)))
    let pieces = near.windows.flatMap { $0.pieces((side, side), origin: $0) }
    let probed = try compare(pieces.spread(atMost: Self.probes), fine, areas)
    guard probed.cells > 0, Double(probed.cells) > Self.share * Double(probed.compared) else {
      return nil
    }
    let chosen = pieces.spread(atMost: Self.most)
    var found = try compare(chosen, fine, areas)
    found.extrapolate(from: chosen.cellCount, to: pieces.cellCount)
    return found
  }

  /// The finer tiles that lie on the coarser ones, and where on their grid.
  private func overlaps(within parts: [Window]) throws(HabitatError) -> (
    tiles: [RasterTile], windows: [Window]
  ) {
    let own = coarser.placements.map(\.window)
    var near: [(tile: RasterTile, window: Window)] = []
    for tile in finer {
      // What has no image there does not lie there.
      guard let window = try? tile.window(on: coarser.grid),
        own.contains(where: { $0.intersection(window) != nil })
      else { continue }
      near.append((tile, window))
    }
    let windows = TileRegion.regions(of: own + near.map(\.window), in: coarser.grid.window)
      .filter { region in
        region.tiles.contains { $0 < own.count } && region.tiles.contains { $0 >= own.count }
      }.flatMap { region in parts.compactMap { $0.intersection(region.window) } }
    return (near.map(\.tile), windows)
  }

  private func compare(
    _ windows: [Window], _ fine: ElevationSource, _ areas: CellAreas
  ) throws(HabitatError) -> HeightDisagreement {
    let sum = Mutex(HeightDisagreement())
    let coarse = try ElevationSource(coarser.placements.map(\.tile), sampledOn: coarser.grid)
    try WorkerThreads.run(windows.count, threads: threads) { numbers throws(HabitatError) in
      var found = HeightDisagreement()
      var fineSampler = try TerrainSampler(fine)
      var coarseSampler = try TerrainSampler(coarse)
      var slopes: [Float] = []
      while let number = numbers.next() {
        let window = windows[number]
        let around = Window(
          column: window.column - 1, row: window.row - 1, columns: window.columns + 2,
          rows: window.rows + 2)
        var heights = [Float](repeating: .nan, count: window.cellCount)
        var neighbours = [Float](repeating: .nan, count: around.cellCount)
        try fineSampler.sample(window, elevation: &heights, slope: &slopes, withSlope: false)
        try coarseSampler.sample(around, elevation: &neighbours, slope: &slopes, withSlope: false)
        Self.compare(heights, neighbours, window, areas, &found)
      }
      sum.withLock { $0.merge(found) }
    }
    return sum.withLock { $0 }
  }

  /// - Parameter neighbours: of the window and one cell more on each side.
  private static func compare(
    _ heights: [Float], _ neighbours: [Float], _ window: Window, _ areas: CellAreas,
    _ found: inout HeightDisagreement
  ) {
    let stride = window.columns + 2
    for (cell, height) in heights.enumerated() {
      let (column, row) = (cell % window.columns, cell / window.columns)
      let own = neighbours[(row + 1) * stride + column + 1]
      // One product has the floor of a sea of which the other has the surface.
      guard !height.isNaN, !own.isNaN, height > 0 || own > 0 else { continue }
      found.compare()
      var (lowest, highest) = (own, own)
      for down in 0...2 {
        for across in 0...2 {
          let other = neighbours[(row + down) * stride + column + across]
          if other < lowest { lowest = other }
          if other > highest { highest = other }
        }
      }
      guard height < lowest - tolerance || height > highest + tolerance else { continue }
      let place = HeightDisagreement.Place(
        column: window.column + column, row: window.row + row)
      found.add(
        abs(height - own), at: place, area: areas.area(column: place.column, row: place.row))
    }
  }
}

extension [Window] {
  /// As many as `most`, evenly among all.
  fileprivate func spread(atMost most: Int) -> [Window] {
    guard count > most else { return self }
    return (0..<most).map { self[$0 * count / most] }
  }

  fileprivate var cellCount: Int { reduce(0) { $0 + $1.cellCount } }
}
