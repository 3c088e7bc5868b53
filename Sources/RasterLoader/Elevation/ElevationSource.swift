public import RasterCore

/// The DEM of a run: its tiles on one or several lattices, finest first, and how each is sampled for
/// the cells of the analysis grid. A value: every task makes a `TerrainSampler` of its own from it.
public struct ElevationSource: Sendable {
  struct Level: Sendable {
    let lattice: TileLattice
    let metric: GradientMetric
    /// Samples along each axis of a cell.
    let samples: Int
  }

  let levels: [Level]
  let grid: Grid
  public var tiles: [RasterTile] { levels.flatMap { $0.lattice.placements.map(\.tile) } }
  public var lattices: [TileLattice] { levels.map(\.lattice) }
  /// Samples along each axis of a cell, by lattice, finest first.
  public var samplesPerAxis: [Int] { levels.map(\.samples) }

  /// - Parameters:
  ///   - grid: the analysis grid.
  ///   - unrestricted: the analysis grid as it would be without an extent, whose middle cell says how many
  ///     samples a cell has; the whole of `grid` unless given.
  /// - Throws: `.input`, slug `no-transform`.
  public init(
    _ tiles: [RasterTile], sampledOn grid: Grid, unrestricted: Grid? = nil
  ) throws(HabitatError) {
    var levels: [Level] = []
    for lattice in TileLattice.lattices(of: tiles) {
      try Self.refuseScattered(lattice)
      levels.append(
        Level(
          lattice: lattice, metric: try GradientMetric(of: lattice.grid),
          samples: try Self.samples(of: lattice.grid, in: unrestricted ?? grid.whole)))
    }
    (self.levels, self.grid) = (levels, grid)
  }

  /// Rows and columns are held in memory: those of the girth of the Earth at a metre fit.
  private static func refuseScattered(_ lattice: TileLattice) throws(HabitatError) {
    guard max(lattice.grid.columns, lattice.grid.rows) > 50_000_000 else { return }
    throw HabitatError(
      .input, "dem-scattered", "the DEM tiles lie too far apart for cells as small as theirs",
      at: "dem: \(lattice.placements[0].tile.path)",
      fix: "give only the tiles of the region, and check their CRS and geotransforms")
  }

  /// Whether any cell of the grid lies on the box of a DEM lattice, to the nearest 64th of either.
  public func meetsGrid() throws(HabitatError) -> Bool {
    for level in levels {
      let dem = level.lattice.grid
      if try Self.someCell(of: grid, liesOn: dem) { return true }
      if try Self.someCell(of: dem, liesOn: grid) { return true }
    }
    return false
  }

  private static func someCell(of grid: Grid, liesOn other: Grid) throws(HabitatError) -> Bool {
    let mapping = try PointMapping(from: grid, to: other)
    var points = grid.places(steps: 64)
    mapping.map(&points)
    return points.contains {
      $0.x >= 0 && $0.y >= 0 && $0.x <= Double(other.columns) && $0.y <= Double(other.rows)
    }
  }

  /// One sample to a cell of at most two DEM cells; otherwise as many along each axis as DEM cells fit
  /// the middle cell of the grid, less 1e-6 and rounded up, at most 32.
  private static func samples(of dem: Grid, in grid: Grid) throws(HabitatError) -> Int {
    let mapping = try PointMapping(from: grid, to: dem)
    let (column, row) = (Double(grid.columns / 2) + 0.5, Double(grid.rows / 2) + 0.5)
    var points = [
      Point(x: column - 0.5, y: row), Point(x: column + 0.5, y: row),
      Point(x: column, y: row - 0.5), Point(x: column, y: row + 0.5),
    ]
    mapping.map(&points)
    func length(_ a: Point, _ b: Point) -> Double {
      ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
    }
    let ratio = max(length(points[0], points[1]), length(points[2], points[3]))
    guard ratio.isFinite, ratio > 2 else { return 1 }
    return max(1, Int(min(32, (ratio - 1e-6).rounded(.up))))
  }
}
