import RasterCore

/// Heights of a window of a DEM lattice and of one cell more on each side; NaN where there is none.
struct PaddedHeights {
  /// Cells from one row to the next.
  private(set) var stride = 0
  var cells: [Float] = []

  /// Makes room for a window, every cell NaN.
  mutating func clear(for window: Window) {
    stride = window.columns + 2
    let count = stride * (window.rows + 2)
    if cells.count < count {
      cells = [Float](repeating: .nan, count: count)
    } else {
      for index in 0..<count { cells[index] = .nan }
    }
  }

  /// Lays heights over those that are there; where there is none below shows through.
  mutating func lay(_ heights: [Float], columns: Int, rows: Int, at first: Int) {
    for row in 0..<rows {
      let (source, target) = (row * columns, first + row * stride)
      for column in 0..<columns where !heights[source + column].isNaN {
        cells[target + column] = heights[source + column]
      }
    }
  }

  /// Turns stored numbers of some rows into metres: nodata into NaN, then scale and offset.
  mutating func interpret(
    columns: Int, rows: Int, at first: Int, nodata: Float?, scale: Float, offset: Float
  ) {
    let isPlain = scale == 1 && offset == 0
    for row in 0..<rows {
      let cellsOfRow = first + row * stride..<first + row * stride + columns
      if let nodata {
        for index in cellsOfRow where cells[index] == nodata { cells[index] = .nan }
      }
      if !isPlain { for index in cellsOfRow { cells[index] = cells[index] * scale + offset } }
    }
  }

  /// Continues the heights one cell beyond the lattice's edges by 2·z₀ − z₁, rows first, then columns.
  mutating func extrapolate(beyond lattice: Grid, around window: Window) {
    // NaN spreads through the formula: undefined stays undefined.
    func continued(_ edge: Int, _ inner: Int) -> Float { 2 * cells[edge] - cells[inner] }
    let (lastRow, lastColumn) = (window.rows + 1, window.columns + 1)
    if lattice.rows > 1 {
      for column in 0...lastColumn {
        if window.row == 0 {
          cells[column] = continued(stride + column, 2 * stride + column)
        }
        if window.rowRange.upperBound == lattice.rows {
          let end = lastRow * stride + column
          cells[end] = continued(end - stride, end - 2 * stride)
        }
      }
    }
    if lattice.columns > 1 {
      for row in 0...lastRow {
        let start = row * stride
        if window.column == 0 { cells[start] = continued(start + 1, start + 2) }
        if window.columnRange.upperBound == lattice.columns {
          let end = start + lastColumn
          cells[end] = continued(end - 1, end - 2)
        }
      }
    }
  }

  /// Slopes in degrees of one row of the window.
  ///
  /// Source: Horn (1981), *Proceedings of the IEEE* 69(1), 14–47. A neighbour without a height takes
  /// the centre's. Heights are subtracted first, which is exact for neighbours, so single precision
  /// leaves slopes right to 1e-5 degrees.
  ///
  /// - Parameter weights: of the row's cells, from the first column of the window.
  func slopes(
    ofRow row: Int, of window: Window, _ weights: GradientMetric.RowWeights,
    into slopes: inout [Float]
  ) {
    unsafe cells.withUnsafeBufferPointer { cells in
      unsafe slopes.withUnsafeMutableBufferPointer { slopes in
        guard let cells = cells.baseAddress, let slopes = slopes.baseAddress else { return }
        let north = unsafe cells + row * stride
        switch weights {
        case .alike(let along, let both, let down):
          unsafe Self.slopes(north, stride, along, both, down, window.columns, slopes)
        case .differing(let weights):
          unsafe weights.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress else { return }
            unsafe Self.slopes(north, stride, weights, window.columns, slopes)
          }
        }
      }
    }
  }

  /// The loop of `slopes` where all cells of the row weigh alike.
  @inline(never)
  private static func slopes(
    _ heights: UnsafePointer<Float>, _ stride: Int, _ alongWeight: Float, _ bothWeight: Float,
    _ downWeight: Float, _ count: Int, _ slopes: UnsafeMutablePointer<Float>
  ) {
    for c in 0..<count {
      let (along, down, centre) = unsafe sums(heights, stride, c)
      let squared =
        alongWeight * along * along + bothWeight * along * down + downWeight * down * down
      let slope = squared.vectorisableRoot.arctangentInDegrees
      unsafe slopes[c] = centre == centre ? slope : centre
    }
  }

  /// The same where they differ; first come the weights of all cells for the one sum, then for both,
  /// then for the other.
  @inline(never)
  private static func slopes(
    _ heights: UnsafePointer<Float>, _ stride: Int, _ weights: UnsafePointer<Float>, _ count: Int,
    _ slopes: UnsafeMutablePointer<Float>
  ) {
    for c in 0..<count {
      let (along, down, centre) = unsafe sums(heights, stride, c)
      let squared =
        unsafe weights[c] * along * along + weights[c &+ count] * along * down
        + weights[c &+ 2 &* count] * down * down
      let slope = squared.vectorisableRoot.arctangentInDegrees
      unsafe slopes[c] = centre == centre ? slope : centre
    }
  }

  /// Horn's sums along the row and down the column, and the height between; few pointers and no branch,
  /// so that the compiler turns the loops that call it into vectors.
  @inline(__always)
  private static func sums(
    _ heights: UnsafePointer<Float>, _ stride: Int, _ c: Int
  ) -> (along: Float, down: Float, centre: Float) {
    let (here, south) = (c &+ stride, c &+ 2 &* stride)
    let centre = unsafe heights[here &+ 1]
    @inline(__always) func height(_ index: Int) -> Float {
      let z = unsafe heights[index]
      return z == z ? z : centre
    }
    let (nw, n, ne) = (height(c), height(c &+ 1), height(c &+ 2))
    let (w, e) = (height(here), height(here &+ 2))
    let (sw, s, se) = (height(south), height(south &+ 1), height(south &+ 2))
    return (
      (ne - nw) + 2 * (e - w) + (se - sw), (sw - nw) + 2 * (s - n) + (se - ne), centre
    )
  }
}

extension Float {
  /// The square root, right to a unit in the last place.
  ///
  /// The library's own calls out for negative numbers, which keeps a loop from becoming vectors.
  /// Source: Newton's method on 1/√x from a guess at its bits; three steps from 2e-3 leave 1e-10.
  @inline(__always) fileprivate var vectorisableRoot: Float {
    let half = 0.5 * self
    var inverse = Float(bitPattern: 0x5F37_59DF &- (bitPattern &>> 1))
    inverse *= 1.5 - half * inverse * inverse
    inverse *= 1.5 - half * inverse * inverse
    inverse *= 1.5 - half * inverse * inverse
    return self * inverse
  }

  /// Degrees, for values of at least 0; right to 1e-5 degrees.
  ///
  /// Source: Abramowitz and Stegun (1964), 4.4.49, whose own error is 2e-8 radians.
  @inline(__always) fileprivate var arctangentInDegrees: Float {
    let isSteep = self > 1
    let u = isSteep ? 1 / self : self
    let q = u * u
    let high = ((0.002_866_225_7 * q - 0.016_165_736_7) * q + 0.042_909_613_8) * q
    let middle = ((high - 0.075_289_64) * q + 0.106_562_639_3) * q - 0.142_088_994_4
    let flat = (((middle * q + 0.199_935_508_5) * q - 0.333_331_452_8) * q + 1) * u
    return 57.295_779_5 * (isSteep ? 1.570_796_326_8 - flat : flat)
  }
}
