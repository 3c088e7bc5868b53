import GeoIO
public import RasterCore

extension RasterTile {
  /// The tile's cells that a grid and three cells around it lie on, for heights are interpolated and their slopes taken.
  ///
  /// - Returns: all of the tile where the two are not on one map; `nil` where the tile lies elsewhere.
  /// - Throws: `.input`, slug `no-transform`.
  package func window(under target: Grid) throws(HabitatError) -> Window? {
    let mapping = try PointMapping(from: target, to: grid)
    var points = target.places(steps: 64, onLinesEvery: 16)
    mapping.map(&points)
    let whole = grid.window
    guard points.allSatisfy({ abs($0.x) < 1e9 && abs($0.y) < 1e9 }),
      let box = Extent(around: points)
    else { return whole }
    let margin = 3
    // The antimeridian through the target tears the box: all between its parts is taken.
    let west = Int(box.minX.rounded(.down)) - margin
    let north = Int(box.minY.rounded(.down)) - margin
    let window = Window(
      column: west, row: north, columns: Int(box.maxX.rounded(.up)) + margin - west,
      rows: Int(box.maxY.rounded(.up)) + margin - north)
    return window.intersection(whole)
  }

  /// The cells of a grid whose box holds the tile; they may lie beyond the grid.
  ///
  /// - Throws: `.input`, slug `no-transform`.
  public func window(on target: Grid) throws(HabitatError) -> Window {
    let mapping = try PointMapping(from: grid, to: target)
    // The rim and some lines across, for projections that bulge.
    var points = grid.places(steps: 64, onLinesEvery: 16)
    mapping.map(&points)
    guard let box = Extent(around: points.lazy.filter { $0.x.isFinite && $0.y.isFinite }),
      max(abs(box.minX), abs(box.maxX), abs(box.minY), abs(box.maxY)) < 1e9
    else {
      throw HabitatError(
        .input, "no-transform", "\(grid.crs.name) has no image in \(target.crs.name)",
        at: "\(layer): \(path)",
        fix: "check the CRS of the tile, or set it with --assume-crs \(layer)=…")
    }
    let west = Int((box.minX + 1e-6).rounded(.down))
    let north = Int((box.minY + 1e-6).rounded(.down))
    return Window(
      column: west, row: north, columns: max(1, Int((box.maxX - 1e-6).rounded(.up)) - west),
      rows: max(1, Int((box.maxY - 1e-6).rounded(.up)) - north))
  }
}
