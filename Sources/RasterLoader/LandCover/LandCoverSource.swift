import GeoIO
public import RasterCore

/// The land cover of a run: tiles laid over one another on the analysis grid. A value: every task
/// makes a `LandCoverReader` of its own from it.
public struct LandCoverSource: Sendable {
  struct Layer: Sendable {
    enum Placement: Sendable {
      /// On the grid's own lattice, at this window of it.
      case aligned(Window)
      /// On another lattice: sampled nearest, within this window of the grid.
      case sampled(Window)

      func at(_ window: Window) -> Placement {
        switch self {
        case .aligned: .aligned(window)
        case .sampled: .sampled(window)
        }
      }
    }
    let tile: RasterTile
    let placement: Placement

    var window: Window {
      switch placement {
      case .aligned(let window), .sampled(let window): window
      }
    }
  }

  /// The analysis grid.
  public let grid: Grid
  /// In order: later ones lie on top.
  let layers: [Layer]

  public var tiles: [RasterTile] { layers.map(\.tile) }
  /// Tiles that do not lie on the grid's lattice.
  public var sampledTiles: [RasterTile] {
    layers.filter { if case .sampled = $0.placement { true } else { false } }.map(\.tile)
  }
  /// Where each tile lies on the grid, for looking for gaps.
  public var windows: [Window] { layers.map(\.window) }

  /// The finest lattice makes the grid; tiles on others are sampled on it.
  ///
  /// - Parameter tiles: in the order in which later ones lie on top, at least one.
  /// - Throws: `.input`, slugs `no-transform` and `landcover-scattered`.
  public init(_ tiles: [RasterTile]) throws(HabitatError) {
    let lattices = TileLattice.lattices(of: tiles)
    let finest = lattices[0].grid
    var box = finest.window
    var others: [String: Window] = [:]
    for tile in lattices.dropFirst().flatMap({ $0.placements.map(\.tile) }) {
      let window = try tile.window(on: finest)
      others[tile.path] = window
      box = box.union(window)
    }
    // Beyond this no grid of the user's shares the lattice, either.
    guard box.columns < 1 << 30, box.rows < 1 << 30 else {
      throw HabitatError(
        .input, "landcover-scattered",
        "the tiles lie too far apart for one grid of cells as fine as the finest",
        at: "landcover: \(tiles.map(\.path).joined(separator: ", "))",
        fix: "run the regions one by one, and check the CRS and geotransform of each")
    }
    let grid = Grid(
      crs: finest.crs,
      geotransform: box == finest.window
        ? finest.geotransform : finest.geotransform.moved(column: box.column, row: box.row),
      columns: box.columns, rows: box.rows)
    self.init(tiles, on: grid, finest: lattices[0], offset: (-box.column, -box.row), others)
  }

  /// A grid of the user's; tiles of its lattice are taken as they are, all others sampled on it.
  public init(_ tiles: [RasterTile], on grid: Grid) throws(HabitatError) {
    var layers: [Layer] = []
    for tile in tiles {
      let own = tile.grid.turned(towards: grid)
      // Sampled, places are found at every turn.
      let isAligned = own.sharesLattice(with: grid) && !own.meetsAtAnotherTurn(grid)
      let window = isAligned ? own.window(on: grid) : try tile.window(on: grid)
      layers.append(
        Layer(tile: tile, placement: isAligned ? .aligned(window) : .sampled(window)))
    }
    (self.grid, self.layers) = (grid, layers)
  }

  private init(_ grid: Grid, _ layers: [Layer]) { (self.grid, self.layers) = (grid, layers) }

  /// The land cover of a part of the grid, which is a whole: each cell is read from the same cell of the same
  /// tiles. A part in degrees that reaches beyond it finds tiles there at another turn of longitude.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  public func restricted(to part: Grid) throws(HabitatError) -> LandCoverSource {
    let place = part.place
    let isWithin = grid.window.intersection(place) == place
    var layers: [Layer] = []
    for layer in self.layers {
      let moved = layer.window.counted(from: place)
      guard !isWithin, part.crs.isGeographic else {
        layers.append(Layer(tile: layer.tile, placement: layer.placement.at(moved)))
        continue
      }
      let own = layer.tile.grid.turned(towards: part)
      guard case .aligned = layer.placement, own.sharesLattice(with: grid),
        !own.meetsAtAnotherTurn(part)
      else {
        let window = try layer.tile.window(on: part)
        layers.append(Layer(tile: layer.tile, placement: .sampled(window)))
        continue
      }
      layers.append(Layer(tile: layer.tile, placement: .aligned(own.window(on: part))))
    }
    return LandCoverSource(part, layers)
  }

  private init(
    _ tiles: [RasterTile], on grid: Grid, finest: TileLattice, offset: (column: Int, row: Int),
    _ others: [String: Window]
  ) {
    var aligned: [String: Window] = [:]
    for placement in finest.placements { aligned[placement.tile.path] = placement.window }
    self.grid = grid
    func moved(_ window: Window) -> Window {
      window.moved(columns: offset.column, rows: offset.row)
    }
    layers = tiles.map { tile in
      if let window = aligned[tile.path] {
        return Layer(tile: tile, placement: .aligned(moved(window)))
      }
      return Layer(tile: tile, placement: .sampled(moved(others[tile.path]!)))
    }
  }
}

extension Window {
  fileprivate func union(_ other: Window) -> Window {
    let west = min(column, other.column)
    let north = min(row, other.row)
    let east = max(columnRange.upperBound, other.columnRange.upperBound)
    let south = max(rowRange.upperBound, other.rowRange.upperBound)
    return Window(column: west, row: north, columns: east - west, rows: south - north)
  }
}
