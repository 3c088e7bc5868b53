import GeoIO
import RasterCore

extension [Grid] {
  /// Grids in degrees that lie on both sides of the antimeridian, brought to one turn of longitude.
  ///
  /// Where the grids of one CRS leave half a turn or more free, they are put in a row from the first one east
  /// of that gap, which keeps its longitudes. Others, such as those of the whole Earth, stay where they are.
  func sideBySide() -> [Grid] {
    var moved = self
    var left = indices.filter { self[$0].crs.isGeographic }
    while let first = left.first {
      let crs = self[first].crs
      let members = left.filter { self[$0].crs.isSame(as: crs) }
      left.removeAll(where: members.contains)
      guard let turn = crs.turn else { continue }
      for (index, grid) in zip(members, Self.within(turn, members.map { self[$0] })) {
        moved[index] = grid
      }
    }
    return moved
  }

  private static func within(_ turn: Double, _ grids: [Grid]) -> [Grid] {
    // West and east edges, the west one from 0 to a turn.
    let spans = grids.map { grid -> (west: Double, east: Double, grid: Grid) in
      let west = grid.extent.minX.reduced(to: turn)
      return (west, west + grid.extent.width, grid)
    }.sorted { $0.west < $1.west }
    // What reaches over the end of the turn covers its beginning.
    var covered = spans.map(\.east).max()! - turn
    var (gap, first) = (0.0, spans[0])
    for span in spans {
      let free = span.west - covered
      if free > gap { (gap, first) = (free, span) }
      covered = Swift.max(covered, span.east)
    }
    guard gap >= turn / 2 else { return grids }
    let west = first.grid.extent.minX
    return grids.map { grid in
      // Nothing begins in the quarter of a turn before the first.
      let offset = (grid.extent.minX - west + turn / 4).reduced(to: turn) - turn / 4
      return grid.moved(byTurns: ((west + offset - grid.extent.minX) / turn).rounded())
    }
  }
}

extension Grid {
  /// A grid in degrees at the turn of longitude that is nearest to another grid.
  func turned(towards other: Grid) -> Grid {
    guard let turn = crs.turn, other.crs.isGeographic else { return self }
    let middle = (extent.minX + extent.maxX) / 2
    let wanted = (other.extent.minX + other.extent.maxX) / 2 * other.crs.unit / crs.unit
    return moved(byTurns: ((wanted - middle) / turn).rounded())
  }

  /// Whether this grid, turned towards another, has places on it a turn further west or east, too.
  func meetsAtAnotherTurn(_ other: Grid) -> Bool {
    guard crs.isGeographic, other.crs.isGeographic else { return false }
    let cell = geotransform.columnStepX
    return [-1.0, 1].contains { turns in
      let moved = moved(byTurns: turns).extent
      return moved.maxX - 0.5 * cell > other.extent.minX
        && moved.minX + 0.5 * cell < other.extent.maxX
    }
  }

  fileprivate func moved(byTurns turns: Double) -> Grid {
    guard turns != 0, let turn = crs.turn else { return self }
    var geotransform = geotransform
    geotransform.originX += turns * turn
    return Grid(crs: crs, geotransform: geotransform, columns: columns, rows: rows)
  }
}

extension Double {
  /// From 0 to `turn`, whole turns left out.
  fileprivate func reduced(to turn: Double) -> Double { self - turn * (self / turn).rounded(.down) }
}
