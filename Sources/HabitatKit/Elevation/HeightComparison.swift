import GeoIO
import GroundGeometry
import RasterCore
import RasterLoader
import ZonalStatistics

/// Heights of a DEM that disagree, with km² and the largest difference: a superseded tile, one in another place,
/// or a raster that is no DEM, laid over the heights.
struct HeightComparison {
  let elevation: ElevationSource
  /// Longitude and latitude on the datum of all areas.
  let ground: CoordinateReferenceSystem
  /// What lies far from all parks is not spoken of; `nil` where the whole raster is the one area to report on.
  let parks: ParkBoxes?
  let threads: Int

  private var land: String { parks == nil ? "the DEM" : "the DEM around the parks" }

  /// Tiles of one lattice, by reading all that lies under several of them.
  ///
  /// - Throws: `.input`, slug `unreadable-block` and those of opening a file.
  func overlapWarnings() throws(HabitatError) -> [HabitatWarning] {
    var warnings: [HabitatWarning] = []
    for lattice in elevation.lattices where lattice.hasOverlaps {
      let areas = try CellAreas(of: lattice.grid, on: ground)
      let overlap = OverlappingHeights(lattice: lattice, threads: threads)
      let found = try overlap.disagreement(areas, within: windows(on: lattice.grid))
      guard found.cells > 0, let place = found.place else { continue }
      warnings.append(
        Self.warning(
          "\(found.areaText(areas)) of \(land) lie under tiles that differ by more than a metre, by up to "
            + "\(found.largestText(on: lattice.grid)) (\(try overlap.heightsText(at: place))); the tile "
            + "whose name sorts last wins", lattice.placements.map(\.tile)))
    }
    return warnings
  }

  /// Lattices of other cells, by some places of each and, where these disagree, by all.
  ///
  /// - Throws: as `overlapWarnings`.
  func latticeWarnings() throws(HabitatError) -> [HabitatWarning] {
    var warnings: [HabitatWarning] = []
    let lattices = elevation.lattices
    for (number, lattice) in lattices.enumerated().dropFirst() {
      let areas = try CellAreas(of: lattice.grid, on: ground)
      let finer = lattices[..<number].flatMap { $0.placements.map(\.tile) }
      let comparison = CoarserHeights(coarser: lattice, finer: finer, threads: threads)
      guard
        let found = try comparison.disagreement(areas, within: windows(on: lattice.grid))
      else { continue }
      let tiles = lattice.placements.map(\.tile)
      warnings.append(
        Self.warning(
          "\(found.areaText(areas)) of \(land) lie under tiles of different grids whose heights disagree, by up "
            + "to \(found.largestText(on: lattice.grid)); the finest wins, and the others fill its voids",
          tiles + finer))
    }
    return warnings
  }

  /// The parts of a grid that are looked at.
  private func windows(on grid: Grid) throws(HabitatError) -> [Window] {
    try parks?.windows(on: grid) ?? [grid.window]
  }

  private static func warning(_ what: String, _ tiles: [RasterTile]) -> HabitatWarning {
    HabitatWarning(
      "dem-overlap", what, at: "dem: \(tiles.map(\.path).listed)",
      fix: "leave out tiles that are superseded, lie in another place or hold no heights")
  }
}

extension TileLattice {
  /// Tiles lie over one another, be it by a row of cells.
  fileprivate var hasOverlaps: Bool {
    let windows = placements.map(\.window)
    let cells = windows.reduce(0) { $0 + $1.cellCount }
    guard cells <= grid.cellCount else { return true }
    return TileRegion.regions(of: windows, in: grid.window).contains { $0.tiles.count > 1 }
  }
}
