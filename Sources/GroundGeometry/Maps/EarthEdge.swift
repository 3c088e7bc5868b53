import GeoIO
package import RasterCore
package import ZonalStatistics

/// Which parts of the cells of a projected grid have a place on the Earth.
///
/// A map of the whole Earth, such as the sinusoidal one of MODIS, fills a part of its frame only. Beyond its
/// edge PROJ gives the place on the other side, or none: there the way to degrees and back does not end where
/// it began.
package struct EarthEdge: ~Copyable {
  private let grid: Grid
  private let toDegrees: CoordinateTransform
  private let fromDegrees: CoordinateTransform
  /// Lines looked at in each row: one where rows are many, for then a cell is small.
  private let linesPerRow: Int
  /// How far, in cells, the way there and back may end from where it began.
  private let roundTrip: Double

  /// - Throws: `.input`, slug `no-transform`.
  package init(_ grid: Grid) throws(HabitatError) {
    let toDegrees = try CoordinateTransform(from: grid.crs, to: grid.crs.geographicBase)
    let fromDegrees = try CoordinateTransform(from: grid.crs.geographicBase, to: grid.crs)
    self.grid = grid
    self.toDegrees = toDegrees
    self.fromDegrees = fromDegrees
    linesPerRow = max(1, min(64, 2048 / grid.rows))
    // PROJ comes back to within 100 m wherever a map is not degenerate.
    roundTrip = min(0.5, 100 / grid.middleCellArea.squareRoot())
  }

  /// Whether any of 65 × 65 places lies on the Earth, be it that PROJ comes back to within a kilometre only.
  package var meetsEarth: Bool {
    let roundTrip = max(0.5, 1000 / grid.middleCellArea.squareRoot())
    // Of most grids the first few do.
    return [4, 64].contains { steps in
      rowsOfPlaces(steps: steps).contains { areOnEarth($0, within: roundTrip).contains(true) }
    }
  }

  /// Evenly spread, from edge to edge but for a hundredth of a cell: the rim itself may be the antimeridian,
  /// which has two images.
  private func rowsOfPlaces(steps: Int) -> [[Point]] {
    func places(_ cells: Int) -> [Double] {
      (0...steps).map { min(max(Double(cells * $0) / Double(steps), 0.01), Double(cells) - 0.01) }
    }
    let columns = places(grid.columns)
    return places(grid.rows).map { row in columns.map { Point(x: $0, y: row) } }
  }

  /// By row, the strips of cells that lie on the Earth; `nil` where those of 65 × 65 places all do.
  package var partsOnEarth: [[CellAreas.Strip]]? {
    let isWhole = rowsOfPlaces(steps: 64).allSatisfy { areOnEarth($0).allSatisfy { $0 } }
    if isWhole { return nil }
    var rows: [[CellAreas.Strip]] = []
    for row in 0..<grid.rows { rows.append(strips(row: row)) }
    return rows
  }

  /// Each line stands for the strip around it, which ends where the Earth does: at the pole of a cylindrical
  /// map, say.
  private func strips(row: Int) -> [CellAreas.Strip] {
    guard linesPerRow > 1 else {
      return [CellAreas.Strip(height: 1, columns: columnsOnEarth(line: Double(row) + 0.5))]
    }
    let height = 1 / Double(linesPerRow)
    // The neighbouring rows' nearest lines, too, whose strips may end in this row.
    let lines = (-1...linesPerRow).map { Double(row) + (Double($0) + 0.5) * height }
    let found = lines.map { columnsOnEarth(line: $0) }
    var strips: [CellAreas.Strip] = []
    for index in lines.indices {
      guard let range = found[index].first else { continue }
      let column = (range.lowerBound + range.upperBound) / 2
      var (top, bottom) = (lines[index] - height / 2, lines[index] + height / 2)
      if index > 0, found[index - 1].isEmpty {
        top = edge(from: lines[index], to: lines[index - 1], column)
      }
      if index < lines.count - 1, found[index + 1].isEmpty {
        bottom = edge(from: lines[index], to: lines[index + 1], column)
      }
      let inside = min(bottom, Double(row) + 1) - max(top, Double(row))
      if inside > 0 { strips.append(CellAreas.Strip(height: inside, columns: found[index])) }
    }
    return strips
  }

  /// Looks at 129 places of a line and halves the way between neighbours that differ.
  private func columnsOnEarth(line: Double) -> [Range<Double>] {
    let steps = 128
    let width = Double(grid.columns)
    let columns = (0...steps).map {
      min(max(width * Double($0) / Double(steps), 0.01), width - 0.01)
    }
    let found = areOnEarth(columns.map { Point(x: $0, y: line) })
    var ranges: [Range<Double>] = []
    var start = found[0] ? 0 : nil as Double?
    for index in columns.indices.dropFirst() where found[index] != found[index - 1] {
      let edge = halved(columns[index - 1], columns[index]) { Point(x: $0, y: line) }
      if let first = start { ranges.append(first..<edge) }
      start = start == nil ? edge : nil
    }
    if let start { ranges.append(start..<width) }
    return ranges
  }

  private func edge(from line: Double, to other: Double, _ column: Double) -> Double {
    halved(line, other) { Point(x: column, y: $0) }
  }

  /// Where the Earth begins or ends between two places of which one lies on it.
  private func halved(_ first: Double, _ second: Double, _ place: (Double) -> Point) -> Double {
    let resolution = linesPerRow > 1 ? 1e-6 : 1e-3
    let begins = areOnEarth([place(first)])[0]
    var (near, far) = (first, second)
    while abs(far - near) > resolution {
      let middle = (near + far) / 2
      if areOnEarth([place(middle)])[0] == begins { near = middle } else { far = middle }
    }
    return (near + far) / 2
  }

  private func areOnEarth(_ places: [Point]) -> [Bool] { areOnEarth(places, within: roundTrip) }

  private func areOnEarth(_ places: [Point], within roundTrip: Double) -> [Bool] {
    var points = places.map { grid.point(column: $0.x, row: $0.y) }
    toDegrees.transform(&points)
    fromDegrees.transform(&points)
    return zip(places, points).map { place, point in
      guard point.x.isFinite else { return false }
      let back = grid.index(of: point)
      return abs(back.x - place.x) < roundTrip && abs(back.y - place.y) < roundTrip
    }
  }
}
