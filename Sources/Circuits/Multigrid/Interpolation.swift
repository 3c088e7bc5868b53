/// How a grid's cells follow those of the coarser one, on which every second row and column is kept.
///
/// The weights come from the equations, so that what flows through a link is the same from both grids (operator-
/// induced interpolation): Dendy 1982, "Black box multigrid", *Journal of Computational Physics* 48, 366–386. A cell
/// between two coarse ones of its row sums its links by columns; one between two of its column, by rows; one amidst
/// four uses those of its neighbours.
///
/// A weight stays where the coarse cell itself insulates: its unknown then stands for what lies around it. Without
/// those weights ragged masks would take twice the cycles.
@safe final class Interpolation {
  let fine: PlaneShape
  let coarse: PlaneShape
  // By coarse cell, of the fine cell in its place and of those to the east, south and south-east of that: the weight of
  // the coarse cell to the north, west … of the fine one.
  let own: Plane<Float>
  let west: Plane<Float>
  let east: Plane<Float>
  let north: Plane<Float>
  let south: Plane<Float>
  let northWest: Plane<Float>
  let northEast: Plane<Float>
  let southWest: Plane<Float>
  let southEast: Plane<Float>

  init(_ level: GridLevel) {
    fine = level.shape
    let coarse = PlaneShape(columns: fine.columns / 2 + 1, rows: fine.rows / 2 + 1)
    self.coarse = coarse
    func plane() -> Plane<Float> { Plane(coarse) }
    (own, west, east, north, south) = (plane(), plane(), plane(), plane(), plane())
    (northWest, northEast, southWest, southEast) = (plane(), plane(), plane(), plane())
    weighStraight(level)
    weighDiagonal(level)
  }

  /// Hands each pair of a coarse cell's place and that of the fine cell where it stands to `use`.
  @inline(__always) private func forEachCell(_ use: (Int, Int, Int, Int) -> Void) {
    for row in 0..<coarse.rows {
      for column in 0..<coarse.columns {
        use(
          row, column, coarse.index(row: row, column: column),
          fine.index(row: 2 * row, column: 2 * column))
      }
    }
  }

  private func weighStraight(_ level: GridLevel) {
    let w = fine.stride
    let (c, e, s) = unsafe (
      level.diagonal.numbers, level.east.numbers, level.south.numbers
    )
    let (se, sw) = unsafe (level.southEast.numbers, level.southWest.numbers)
    forEachCell { row, column, place, corner in
      let (hasEast, hasSouth) = (2 * column + 1 < fine.columns, 2 * row + 1 < fine.rows)
      let hasColumn = 2 * column < fine.columns
      let hasRow = 2 * row < fine.rows
      if hasColumn, hasRow {
        let i = corner
        let links =
          unsafe e[i] + e[i - 1] + s[i] + s[i - w] + se[i] + se[i - w - 1] + sw[i]
          + sw[i - w + 1]
        // Of a free cell whose neighbours are all fixed, relaxation knows all.
        own[place] = links > 0 ? 1 : 0
      }
      if hasEast, hasRow {
        let i = corner + 1
        (west[place], east[place]) = unsafe Self.shares(
          e[i - 1] + se[i - w - 1] + sw[i], e[i] + sw[i - w + 1] + se[i],
          of: c[i] - s[i] - s[i - w])
      }
      if hasColumn, hasSouth {
        let i = corner + w
        (north[place], south[place]) = unsafe Self.shares(
          s[i - w] + se[i - w - 1] + sw[i - w + 1], s[i] + se[i] + sw[i],
          of: c[i] - e[i] - e[i - 1])
      }
    }
  }

  @inline(__always) private static func shares(
    _ one: Float, _ other: Float, of diagonal: Float
  ) -> (Float, Float) {
    guard diagonal > 0, one + other > 0 else { return (0, 0) }
    let sum = max(diagonal, one + other)
    return (one / sum, other / sum)
  }

  private func weighDiagonal(_ level: GridLevel) {
    let (w, coarseRow) = (fine.stride, coarse.stride)
    let (c, e, s) = unsafe (
      level.diagonal.numbers, level.east.numbers, level.south.numbers
    )
    let (se, sw) = unsafe (level.southEast.numbers, level.southWest.numbers)
    forEachCell { row, column, place, corner in
      guard 2 * column + 1 < fine.columns, 2 * row + 1 < fine.rows else { return }
      let i = corner + w + 1
      let (toNorth, toSouth) = unsafe (s[i - w], s[i])
      let (toWest, toEast) = unsafe (e[i - 1], e[i])
      let sum = unsafe c[i]
      northWest[place] =
        unsafe (se[i - w - 1] + toNorth * west[place] + toWest * north[place]) / sum
      northEast[place] =
        unsafe (sw[i - w + 1] + toNorth * east[place] + toEast * north[place + 1]) / sum
      southWest[place] =
        unsafe (sw[i] + toSouth * west[place + coarseRow] + toWest * south[place]) / sum
      southEast[place] =
        unsafe (se[i] + toSouth * east[place + coarseRow] + toEast * south[place + 1]) / sum
    }
  }

  /// Weighs the residuals of `level` into the source of `target`.
  func restrict(_ level: GridLevel, to target: GridLevel) {
    let (w, coarseRow) = (fine.stride, coarse.stride)
    let r = unsafe level.residual.numbers
    let (own, west, east) = unsafe (own.numbers, west.numbers, east.numbers)
    let (north, south) = unsafe (north.numbers, south.numbers)
    let (northWest, northEast) = unsafe (northWest.numbers, northEast.numbers)
    let (southWest, southEast) = unsafe (southWest.numbers, southEast.numbers)
    let out = unsafe target.source.numbers
    forEachCell { _, _, place, corner in
      let up = place - coarseRow
      var sum = unsafe own[place] * r[corner]
      unsafe sum += west[place] * r[corner + 1] + east[place - 1] * r[corner - 1]
      unsafe sum += north[place] * r[corner + w] + south[up] * r[corner - w]
      unsafe sum +=
        northWest[place] * r[corner + w + 1] + northEast[place - 1] * r[corner + w - 1]
      unsafe sum += southWest[up] * r[corner - w + 1] + southEast[up - 1] * r[corner - w - 1]
      unsafe out[place] = sum
    }
  }

  /// Adds what the solution of `target` gives by its weights to that of `level`.
  func prolong(_ target: GridLevel, to level: GridLevel) {
    let (w, coarseRow) = (fine.stride, coarse.stride)
    let (x, v) = unsafe (level.solution.numbers, target.solution.numbers)
    let (own, west, east) = unsafe (own.numbers, west.numbers, east.numbers)
    let (north, south) = unsafe (north.numbers, south.numbers)
    let (northWest, northEast) = unsafe (northWest.numbers, northEast.numbers)
    let (southWest, southEast) = unsafe (southWest.numbers, southEast.numbers)
    // Beyond the last row or column the weights are 0, and 0 is added to the border.
    forEachCell { _, _, place, corner in
      let (here, right) = unsafe (v[place], v[place + 1])
      let (down, across) = unsafe (v[place + coarseRow], v[place + coarseRow + 1])
      unsafe x[corner] += own[place] * here
      unsafe x[corner + 1] += west[place] * here + east[place] * right
      unsafe x[corner + w] += north[place] * here + south[place] * down
      unsafe x[corner + w + 1] +=
        northWest[place] * here + northEast[place] * right + southWest[place] * down
        + southEast[place] * across
    }
  }
}
