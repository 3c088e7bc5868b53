import RasterCore

/// Heights and slopes of a window of a DEM lattice, NaN where there is none, ready to be sampled.
///
/// Memory is kept from one window to the next.
struct ElevationBlock {
  /// The cells held, within the lattice.
  private(set) var window = Window(column: 0, row: 0, columns: 0, rows: 0)
  /// Height in metres and slope in degrees, side by side, so that one load fetches all that a sample
  /// needs of a row; one cell more than the window, for the load at its end.
  private var cells: [SIMD2<Float>] = []

  /// - Parameters:
  ///   - heights: of `window` and one cell more on each side.
  ///   - metric: of the lattice, `nil` where nobody asks for slopes.
  mutating func fill(_ window: Window, heights: PaddedHeights, metric: GradientMetric?) {
    self.window = window
    let count = window.cellCount + 1
    if cells.count < count { cells = [SIMD2<Float>](repeating: .zero, count: count) }
    unsafe cells.withUnsafeMutableBytes { bytes in
      guard let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: Float.self) else {
        return
      }
      unsafe heights.forEachRow(of: window, metric) { row, heights, slopes in
        let target = unsafe base + 2 * row * window.columns
        for column in 0..<window.columns {
          unsafe target[2 &* column] = heights[column]
          unsafe target[2 &* column &+ 1] = slopes[column]
        }
      }
    }
  }

  /// Passes a sampler to `body`; it must not leave it.
  @inline(__always)
  func withSampler(_ body: (Sampler) -> Void) {
    unsafe cells.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      body(unsafe Sampler(base: base, window: window))
    }
  }

  /// Bilinear values at positions on the lattice, from the neighbours that have values.
  @safe struct Sampler {
    private let base: UnsafeRawPointer
    private let window: Window

    fileprivate init(base: UnsafeRawPointer, window: Window) {
      unsafe self.base = base
      self.window = window
    }

    /// Heights and slopes of the samples `numbers` of a line, NaN where there is none.
    func fill(
      _ numbers: Range<Int>, of line: PositionLine, heights: UnsafeMutablePointer<Float>,
      slopes: UnsafeMutablePointer<Float>
    ) {
      let (column, row) = (line.column - window.column, line.row - window.row)
      if isWithin(line, numbers) {
        let origin = unsafe base + (row * window.columns + column) * 8
        let hasAll = unsafe BilinearKernel(line, origin: origin, stride: window.columns).fill(
          numbers, heights: heights, slopes: slopes)
        guard !hasAll else { return }
      }
      for number in numbers {
        let (place, column, row) = line.place(of: number)
        let values = value(at: SIMD2<Double>(place), from: (column, row))
        unsafe heights[number - numbers.lowerBound] = values.x
        unsafe slopes[number - numbers.lowerBound] = values.y
      }
    }

    /// Whether all four neighbours of every sample lie in the block.
    private func isWithin(_ line: PositionLine, _ numbers: Range<Int>) -> Bool {
      let (low, high) = line.bounds(numbers.lowerBound...numbers.upperBound - 1)
      let (column, row) = (Double(line.column - window.column), Double(line.row - window.row))
      return column + low.x >= 0 && row + low.y >= 0
        && column + high.x < Double(window.columns - 1) && row + high.y < Double(window.rows - 1)
        && (high.y + 1) * Double(window.columns) + high.x < 0x1p22
    }

    /// Height and slope, NaN where the valid neighbours weigh 1e-6 or less together.
    ///
    /// Where all are valid the same as `BilinearKernel` gives, to the last bit.
    ///
    /// - Parameters:
    ///   - place: columns and rows from the centre of the lattice's cell `origin`.
    func value(at place: SIMD2<Double>, from origin: (column: Int, row: Int)) -> SIMD2<Float> {
      let none = SIMD2<Float>(repeating: .nan)
      // Down; on a cell's centre to the even one, as the kernel does.
      let floor = (place - 0.5).rounded(.toNearestOrEven)
      let x = floor.x + Double(origin.column - window.column)
      let y = floor.y + Double(origin.row - window.row)
      // Written so that NaN fails too.
      guard x >= -1, y >= -1, x < Double(window.columns), y < Double(window.rows) else {
        return none
      }
      let (column, row, share) = (Int(x), Int(y), place - floor)
      let (nw, ne) = (cell(column, row), cell(column + 1, row))
      let (sw, se) = (cell(column, row + 1), cell(column + 1, row + 1))
      let west = nw + Float(share.y) * (sw - nw)
      let east = ne + Float(share.y) * (se - ne)
      let value = west + Float(share.x) * (east - west)
      if value.x == value.x && value.y == value.y { return value }
      var (sum, weights) = (SIMD2<Double>.zero, SIMD2<Double>.zero)
      for (value, weight) in [
        (nw, (1 - share.x) * (1 - share.y)), (ne, share.x * (1 - share.y)),
        (sw, (1 - share.x) * share.y), (se, share.x * share.y),
      ] {
        for index in 0..<2 where !value[index].isNaN {
          sum[index] += weight * Double(value[index])
          weights[index] += weight
        }
      }
      return SIMD2(
        weights.x > 1e-6 ? Float(sum.x / weights.x) : .nan,
        weights.y > 1e-6 ? Float(sum.y / weights.y) : .nan)
    }

    /// NaN outside the block.
    @inline(__always) private func cell(_ column: Int, _ row: Int) -> SIMD2<Float> {
      guard column >= 0, row >= 0, column < window.columns, row < window.rows else {
        return SIMD2(repeating: .nan)
      }
      return unsafe base.loadUnaligned(
        fromByteOffset: (row * window.columns + column) * 8, as: SIMD2<Float>.self)
    }
  }
}
