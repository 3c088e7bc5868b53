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
  ///   - heights: of `window` and one cell more on each side, NaN outside the lattice; changed.
  ///   - lattice: the box of all tiles.
  ///   - metric: of the lattice, `nil` where nobody asks for slopes.
  mutating func fill(
    _ window: Window, heights: inout PaddedHeights, lattice: Grid, metric: GradientMetric?
  ) {
    self.window = window
    let count = window.cellCount + 1
    if cells.count < count { cells = [SIMD2<Float>](repeating: .zero, count: count) }
    if metric != nil { heights.extrapolate(beyond: lattice, around: window) }
    var slopes = [Float](repeating: 0, count: window.columns)
    for row in 0..<window.rows {
      if let metric {
        let weights = metric.weights(row: window.row + row, columns: window.columnRange)
        heights.slopes(ofRow: row, of: window, weights, into: &slopes)
      }
      let (source, target) = ((row + 1) * heights.stride + 1, row * window.columns)
      for column in 0..<window.columns {
        cells[target + column] = SIMD2(heights.cells[source + column], slopes[column])
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

  /// Bilinear values at positions in columns and rows of the lattice.
  @safe struct Sampler {
    private let base: UnsafeRawPointer
    private let columns: Int
    private let rows: Int
    private let first: SIMD2<Double>
    private let last: SIMD2<Double>
    private let firstCell: Int

    fileprivate init(base: UnsafeRawPointer, window: Window) {
      unsafe self.base = base
      (columns, rows) = (window.columns, window.rows)
      first = SIMD2(Double(window.column), Double(window.row))
      last = first + SIMD2(Double(window.columns - 1), Double(window.rows - 1))
      firstCell = window.row * window.columns + window.column
    }

    /// Height and slope from the valid neighbours, NaN where they weigh 1e-6 or less together.
    ///
    /// Blended in single precision, so right to a unit in the last place of the height: 6e-5 m at
    /// 1,000 m.
    @inline(__always)
    func values(at position: SIMD2<Double>) -> SIMD2<Float> {
      // Between cell centres; counted from the lattice's corner, not the window's, so that a share is
      // the same whichever window holds the place.
      let place = position - 0.5
      // Written so that NaN fails too.
      if place.x >= first.x, place.y >= first.y, place.x < last.x, place.y < last.y {
        // 2⁵² rounds what it is added to and leaves it in the low bits: the conversion without it
        // checks ranges.
        let nearest = (place + 0x1p52) - 0x1p52
        let floor = nearest.replacing(with: nearest - 1, where: nearest .> place)
        let share = SIMD2<Float>(place - floor)
        let raised = floor + 0x1p52
        let column = Int(truncatingIfNeeded: raised.x.bitPattern & 0xFFFF_FFFF)
        let row = Int(truncatingIfNeeded: raised.y.bitPattern & 0xFFFF_FFFF)
        let offset = (row &* columns &+ column &- firstCell) &* 8
        let north = unsafe base.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self)
        let south = unsafe base.loadUnaligned(
          fromByteOffset: offset &+ columns &* 8, as: SIMD4<Float>.self)
        let sides = north + share.y * (south - north)
        let value = sides.lowHalf + share.x * (sides.highHalf - sides.lowHalf)
        if value.x == value.x && value.y == value.y { return value }
      }
      return valuesOfValidNeighbours(place)
    }

    @inline(never)
    private func valuesOfValidNeighbours(_ place: SIMD2<Double>) -> SIMD2<Float> {
      let none = SIMD2<Float>(repeating: .nan)
      guard place.x > first.x - 1, place.y > first.y - 1, place.x < last.x + 1,
        place.y < last.y + 1
      else { return none }
      let floor = place.rounded(.down)
      let share = place - floor
      let (column, row) = (Int(floor.x - first.x), Int(floor.y - first.y))
      var (sum, weights) = (SIMD2<Double>.zero, SIMD2<Double>.zero)
      for corner in 0..<4 {
        let (right, down) = (corner & 1, corner >> 1)
        let (c, r) = (column + right, row + down)
        guard c >= 0, r >= 0, c < columns, r < rows else { continue }
        let weight =
          (right == 1 ? share.x : 1 - share.x) * (down == 1 ? share.y : 1 - share.y)
        let value = unsafe base.loadUnaligned(
          fromByteOffset: (r * columns + c) * 8, as: SIMD2<Float>.self)
        for index in 0..<2 where !value[index].isNaN {
          sum[index] += weight * Double(value[index])
          weights[index] += weight
        }
      }
      return SIMD2(
        weights.x > 1e-6 ? Float(sum.x / weights.x) : .nan,
        weights.y > 1e-6 ? Float(sum.y / weights.y) : .nan)
    }
  }
}
