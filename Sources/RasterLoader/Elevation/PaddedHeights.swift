import RasterCore

/// Heights of a window of a DEM lattice and of one cell more on each side; NaN where there is none.
struct PaddedHeights {
  /// Cells from one row to the next: the padded window and what fills up a whole vector.
  private(set) var stride = 0
  var cells: [Float] = []

  private typealias Vector = SIMD8<Float>

  /// Makes room for a window, every cell NaN.
  mutating func clear(for window: Window) {
    stride = (window.columns + 7) / 8 * 8 + 8
    let count = stride * (window.rows + 2)
    if cells.count < count {
      cells = [Float](repeating: .nan, count: count)
    } else {
      for index in 0..<count { cells[index] = .nan }
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
  func slopes(
    ofRow row: Int, of window: Window, _ metric: GradientMetric, into slopes: inout [Float]
  ) {
    let weights = metric.weights(row: window.row + row, columns: window.columnRange, width: stride)
    unsafe cells.withUnsafeBytes { bytes in
      unsafe slopes.withUnsafeMutableBytes { slopes in
        func load(_ line: Int, _ column: Int) -> Vector {
          let offset = ((row + line) * stride + column) * 4
          return unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Vector.self)
        }
        for column in Swift.stride(from: 0, to: window.columns, by: 8) {
          let centre = load(1, column + 1)
          func height(_ line: Int, _ side: Int) -> Vector {
            let height = load(line, column + side)
            return height.replacing(with: centre, where: height .!= height)
          }
          let (nw, n, ne) = (height(0, 0), height(0, 1), height(0, 2))
          let (w, e) = (height(1, 0), height(1, 2))
          let (sw, s, se) = (height(2, 0), height(2, 1), height(2, 2))
          let along = (ne - nw) + 2 * (e - w) + (se - sw)
          let down = (sw - nw) + 2 * (s - n) + (se - ne)
          let squared =
            weights.column[column] * along * along + weights.both[column] * along * down
            + weights.row[column] * down * down
          let slope = squared.squareRoot().arctangentInDegrees
          unsafe slopes.storeBytes(
            of: slope.replacing(with: centre, where: centre .!= centre), toByteOffset: column * 4,
            as: Vector.self)
        }
      }
    }
  }
}

extension SIMD8<Float> {
  /// Degrees, for values of at least 0; right to 1e-5 degrees.
  ///
  /// Source: Abramowitz and Stegun (1964), 4.4.49, whose own error is 2e-8 radians.
  @inline(__always) var arctangentInDegrees: Self {
    let isSteep = self .> 1
    let u = replacing(with: 1 / self, where: isSteep)
    let q = u * u
    var sum = Self(repeating: 0.002_866_225_7)
    for coefficient: Float in [
      -0.016_165_736_7, 0.042_909_613_8, -0.075_289_640_0, 0.106_562_639_3, -0.142_088_994_4,
      0.199_935_508_5, -0.333_331_452_8, 1,
    ] { sum = sum * q + coefficient }
    let flat = sum * u
    return 57.295_779_5 * flat.replacing(with: 1.570_796_326_8 - flat, where: isSteep)
  }
}
