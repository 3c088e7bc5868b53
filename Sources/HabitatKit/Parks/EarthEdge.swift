import GeoIO
import RasterCore

/// Which cells of a projected grid have a place on the Earth.
///
/// A map of the whole Earth, such as the sinusoidal one of MODIS, fills a part of its frame only. Beyond its
/// edge PROJ gives the place on the other side, or none: there the way to degrees and back does not end where
/// it began.
struct EarthEdge: ~Copyable {
  private let grid: Grid
  private let toDegrees: CoordinateTransform
  private let fromDegrees: CoordinateTransform

  /// - Throws: `.input`, slug `no-transform`.
  init(_ grid: Grid) throws(HabitatError) {
    let toDegrees = try CoordinateTransform(from: grid.crs, to: grid.crs.geographicBase)
    let fromDegrees = try CoordinateTransform(from: grid.crs.geographicBase, to: grid.crs)
    self.grid = grid
    self.toDegrees = toDegrees
    self.fromDegrees = fromDegrees
  }

  /// By row, the columns whose cells' centres lie on the Earth; `nil` where those of all `nodes` do.
  ///
  /// - Parameter nodes: columns and rows, spread over the grid.
  func columnsOnEarth(nodes: [Point]) -> [[Range<Int>]]? {
    // The rim itself may be the antimeridian, which has two images.
    let centres = nodes.map { node in
      Point(
        x: min(max(node.x, 0.5), Double(grid.columns) - 0.5),
        y: min(max(node.y, 0.5), Double(grid.rows) - 0.5))
    }
    guard areOnEarth(centres).contains(false) else { return nil }
    var rows: [[Range<Int>]] = []
    for row in 0..<grid.rows { rows.append(columnsOnEarth(row: row)) }
    return rows
  }

  /// Looks at every 128th of the row and halves the way between neighbours that differ.
  private func columnsOnEarth(row: Int) -> [Range<Int>] {
    let steps = min(128, grid.columns - 1)
    let columns = (0...steps).map { $0 * (grid.columns - 1) / max(steps, 1) }
    let found = areOnEarth(columns.map { centre($0, row) })
    var ranges: [Range<Int>] = []
    var start = found[0] ? 0 : nil as Int?
    for index in columns.indices.dropFirst() where found[index] != found[index - 1] {
      var (low, high) = (columns[index - 1], columns[index])
      while high - low > 1 {
        let middle = (low + high) / 2
        let isBehind = areOnEarth([centre(middle, row)])[0] == found[index]
        if isBehind { high = middle } else { low = middle }
      }
      if let first = start { ranges.append(first..<high) }
      start = start == nil ? high : nil
    }
    if let start { ranges.append(start..<grid.columns) }
    return ranges
  }

  private func centre(_ column: Int, _ row: Int) -> Point {
    Point(x: Double(column) + 0.5, y: Double(row) + 0.5)
  }

  private func areOnEarth(_ places: [Point]) -> [Bool] {
    var points = places.map { grid.geotransform.point(column: $0.x, row: $0.y) }
    toDegrees.transform(&points)
    fromDegrees.transform(&points)
    return zip(places, points).map { place, point in
      guard point.x.isFinite else { return false }
      let back = grid.geotransform.index(of: point)
      return abs(back.x - place.x) < 0.5 && abs(back.y - place.y) < 0.5
    }
  }
}
