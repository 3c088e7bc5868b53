import RasterCore

/// The rivers wide enough to be mapped, as lines with widths.
struct RiverCourses: Sendable {
  struct Reach: Sendable {
    let start: Point
    let end: Point
    /// Metres.
    let halfWidth: Double
  }

  let reaches: [Reach]

  /// Rivers that drain less are narrower than a cell, km².
  static let smallestArea = 110.0

  init(of terrain: Terrain) {
    let nodes = terrain.areas.indices.filter {
      terrain.areas[$0] >= Self.smallestArea && !terrain.isSea[$0]
    }
    var mainDonors = [Int32](repeating: -1, count: terrain.areas.count)
    for node in nodes {
      let receiver = Int(terrain.drainage.receivers[node])
      let donor = Int(mainDonors[receiver])
      if receiver != node, donor < 0 || terrain.areas[node] > terrain.areas[donor] {
        mainDonors[receiver] = Int32(node)
      }
    }
    var places = [Point](repeating: Point(x: 0, y: 0), count: terrain.areas.count)
    for node in terrain.areas.indices
    where terrain.areas[node] >= Self.smallestArea || mainDonors[node] >= 0 {
      places[node] = Self.meander(terrain.lattice.point(node), terrain.floors.halfWidths[node])
    }
    for _ in 0..<3 {
      let old = places
      for node in nodes {
        let (donor, receiver) = (Int(mainDonors[node]), Int(terrain.drainage.receivers[node]))
        guard donor >= 0, receiver != node else { continue }
        places[node] = Point(
          x: (old[donor].x + 2 * old[node].x + old[receiver].x) / 4,
          y: (old[donor].y + 2 * old[node].y + old[receiver].y) / 4)
      }
    }
    reaches = nodes.compactMap { node in
      let receiver = Int(terrain.drainage.receivers[node])
      guard receiver != node else { return nil }
      // Half a cell's diagonal keeps the narrowest rivers in one piece.
      let halfWidth = max(min(2 * terrain.areas[node].squareRoot(), 140), 42.5)
      return Reach(
        start: Terrain.unbent(places[node]), end: Terrain.unbent(places[receiver]),
        halfWidth: halfWidth)
    }
  }

  /// Rivers wander on their floors.
  private static func meander(_ point: Point, _ halfWidth: Double) -> Point {
    let (x, y) = (Noise(seed: 81), Noise(seed: 82))
    let reach = min(0.45 * halfWidth, 420)
    return Point(
      x: point.x + reach * x.octaves(2, wavelength: 1_900, point.x, point.y),
      y: point.y + reach * y.octaves(2, wavelength: 1_900, point.x, point.y))
  }

  /// `true` for the cells of the land cover whose centres lie in a river.
  func cells() -> [Bool] {
    var cells = [Bool](repeating: false, count: Frame.columns * Frame.rows)
    for reach in reaches {
      let piece = Chain(points: [reach.start, reach.end])
      let window = Frame.cells(
        from: Point(
          x: min(reach.start.x, reach.end.x) - reach.halfWidth,
          y: min(reach.start.y, reach.end.y) - reach.halfWidth),
        to: Point(
          x: max(reach.start.x, reach.end.x) + reach.halfWidth,
          y: max(reach.start.y, reach.end.y) + reach.halfWidth))
      for row in window.rowRange {
        for column in window.columnRange {
          let centre = Frame.cellCentre(column: column, row: row)
          if piece.nearest(to: centre).distance <= reach.halfWidth {
            cells[row * Frame.columns + column] = true
          }
        }
      }
    }
    return cells
  }
}

extension Frame {
  /// The cells of the land cover that a box touches.
  static func cells(from low: Point, to high: Point) -> Window {
    func index(_ value: Double, _ count: Int) -> Int {
      min(max(Int(value.rounded(.down)), 0), count)
    }
    let first = index((low.x - minX) / cellSize, columns)
    let top = index((maxY - high.y) / cellSize, rows)
    let last = index((high.x - minX) / cellSize + 1, columns)
    let bottom = index((maxY - low.y) / cellSize + 1, rows)
    return Window(column: first, row: top, columns: last - first, rows: bottom - top)
  }
}
