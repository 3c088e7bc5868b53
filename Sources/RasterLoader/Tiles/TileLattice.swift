import GeoIO
public import RasterCore

/// A set of tiles whose cells fall on one lattice: same CRS, same cell size, whole-cell offsets.
public struct TileLattice: Sendable {
  public struct Placement: Hashable, Sendable {
    public let tile: RasterTile
    /// Where the tile's cells lie in `TileLattice.grid`.
    public let window: Window
  }

  /// The box of all tiles.
  public let grid: Grid
  /// In the order of the tiles given: later ones lie on top.
  public let placements: [Placement]

  /// How far, in cells, a tile's corners may be off the lattice and still belong to it: files round
  /// their geotransforms, so tiles of one product differ in the last digits.
  static let tolerance = 0.01

  /// Sorts `tiles`, side by side over the antimeridian, into lattices, the finest cell first, then the larger area, then the CRS's text.
  public static func lattices(of tiles: [RasterTile]) -> [TileLattice] {
    var groups: [[(tile: RasterTile, grid: Grid)]] = []
    for (tile, grid) in zip(tiles, tiles.map(\.grid).sideBySide()) {
      if let index = groups.firstIndex(where: { grid.sharesLattice(with: $0[0].grid) }) {
        groups[index].append((tile, grid))
      } else {
        groups.append([(tile, grid)])
      }
    }
    return groups.map { TileLattice($0) }.sorted { one, two in
      let (a, b) = (one.grid.middleCellArea, two.grid.middleCellArea)
      if abs(a - b) > 1e-6 * max(a, b) { return a < b }
      let (areaA, areaB) = (a * Double(one.grid.cellCount), b * Double(two.grid.cellCount))
      if areaA != areaB { return areaA > areaB }
      if one.grid.crs.wkt != two.grid.crs.wkt { return one.grid.crs.wkt < two.grid.crs.wkt }
      return one.placements[0].tile.path < two.placements[0].tile.path
    }
  }

  /// - Parameter tiles: with their grids, side by side.
  private init(_ tiles: [(tile: RasterTile, grid: Grid)]) {
    let reference = tiles[0].grid
    let windows = tiles.map { $0.grid.window(on: reference) }
    let west = windows.map(\.column).min()!
    let north = windows.map(\.row).min()!
    let east = windows.map { $0.column + $0.columns }.max()!
    let south = windows.map { $0.row + $0.rows }.max()!
    // The corner is a number that stands in a file, so that one tile keeps its own geotransform.
    var geotransform = reference.geotransform
    geotransform.originX =
      tiles[windows.firstIndex { $0.column == west }!].grid.geotransform.originX
    geotransform.originY = tiles[windows.firstIndex { $0.row == north }!].grid.geotransform.originY
    grid = Grid(
      crs: reference.crs, geotransform: geotransform, columns: east - west, rows: south - north)
    placements = zip(tiles, windows).map { tile, window in
      Placement(
        tile: tile.tile,
        window: Window(
          column: window.column - west, row: window.row - north, columns: window.columns,
          rows: window.rows))
    }
  }
}

extension Grid {
  /// Whether the cells of both fall on one lattice, to within the rounding of geotransforms.
  func sharesLattice(with other: Grid) -> Bool {
    let (mine, theirs) = (geotransform, other.geotransform)
    let sizeX = abs(mine.columnStepX / theirs.columnStepX - 1) * Double(max(columns, other.columns))
    let sizeY = abs(mine.rowStepY / theirs.rowStepY - 1) * Double(max(rows, other.rows))
    guard sizeX < TileLattice.tolerance, sizeY < TileLattice.tolerance else { return false }
    let corner = other.index(of: Point(x: mine.originX, y: mine.originY))
    guard abs(corner.x - corner.x.rounded()) < TileLattice.tolerance,
      abs(corner.y - corner.y.rounded()) < TileLattice.tolerance,
      // So far off that doubles cannot tell.
      max(abs(corner.x), abs(corner.y)) < 0x1p40
    else { return false }
    return crs.isSame(as: other.crs)
  }

  /// Where this grid's cells lie on another grid of the same lattice.
  func window(on other: Grid) -> Window {
    let corner = other.index(of: Point(x: geotransform.originX, y: geotransform.originY))
    return Window(
      column: Int(bounded: corner.x.rounded()), row: Int(bounded: corner.y.rounded()),
      columns: columns, rows: rows)
  }
}
