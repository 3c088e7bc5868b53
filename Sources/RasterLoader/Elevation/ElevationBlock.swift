import Foundation
import RasterCore

/// Heights and slopes of a window of a DEM lattice; NaN where there is none.
struct ElevationBlock {
  /// The cells held, within the lattice.
  let window: Window
  let heights: [Float]
  /// Degrees; empty where nobody asked.
  let slopes: [Float]

  /// - Parameters:
  ///   - heights: of `window` and one cell more on each side, NaN outside the lattice.
  ///   - lattice: the box of all tiles.
  init(
    window: Window, paddedHeights: [Float], lattice: Grid, metric: GradientMetric, slopes: Bool
  ) {
    self.window = window
    let width = window.columns + 2
    var inner: [Float] = []
    inner.reserveCapacity(window.cellCount)
    for row in 1...window.rows {
      inner += paddedHeights[row * width + 1..<row * width + 1 + window.columns]
    }
    heights = inner
    guard slopes else {
      self.slopes = []
      return
    }
    var padded = paddedHeights
    Self.extrapolate(&padded, window, lattice)
    self.slopes = Self.slopes(of: padded, window, metric)
  }

  /// Continues the heights one cell beyond the lattice's edges by 2·z₀ − z₁, rows first, then columns.
  private static func extrapolate(_ padded: inout [Float], _ window: Window, _ lattice: Grid) {
    let width = window.columns + 2
    let lastRow = window.rows + 1
    // NaN spreads through the formula: undefined stays undefined.
    if window.row == 0, lattice.rows > 1 {
      for column in 0..<width {
        padded[column] = 2 * padded[width + column] - padded[2 * width + column]
      }
    }
    if window.rowRange.upperBound == lattice.rows, lattice.rows > 1 {
      for column in 0..<width {
        padded[lastRow * width + column] =
          2 * padded[(lastRow - 1) * width + column] - padded[(lastRow - 2) * width + column]
      }
    }
    if window.column == 0, lattice.columns > 1 {
      for row in 0...lastRow {
        padded[row * width] = 2 * padded[row * width + 1] - padded[row * width + 2]
      }
    }
    if window.columnRange.upperBound == lattice.columns, lattice.columns > 1 {
      for row in 0...lastRow {
        let end = row * width + width - 1
        padded[end] = 2 * padded[end - 1] - padded[end - 2]
      }
    }
  }

  /// Slope in degrees.
  ///
  /// Source: Horn (1981), *Proceedings of the IEEE* 69(1), 14–47. A neighbour without a height takes
  /// the centre's.
  private static func slopes(
    of padded: [Float], _ window: Window, _ metric: GradientMetric
  ) -> [Float] {
    let width = window.columns + 2
    return unsafe [Float](unsafeUninitializedCapacity: window.cellCount) { slopes, count in
      unsafe padded.withUnsafeBufferPointer { z in
        for row in 0..<window.rows {
          let (north, here, south) = (row * width, (row + 1) * width, (row + 2) * width)
          metric.forEachWeight(row: window.row + row, columns: window.columnRange) {
            column, weights in
            let c = column - window.column
            let centre = unsafe Double(z[here + c + 1])
            func height(_ index: Int) -> Double {
              let value = unsafe Double(z[index])
              return value.isNaN ? centre : value
            }
            let (nw, n, ne) = (height(north + c), height(north + c + 1), height(north + c + 2))
            let (w, e) = (height(here + c), height(here + c + 2))
            let (sw, s, se) = (height(south + c), height(south + c + 1), height(south + c + 2))
            let along = ((ne + 2 * e + se) - (nw + 2 * w + sw)) / 8
            let down = ((sw + 2 * s + se) - (nw + 2 * n + ne)) / 8
            let squared =
              weights.column * along * along + 2 * weights.both * along * down
              + weights.row * down * down
            let slope = Float(atan(squared.squareRoot()) * (180 / Double.pi))
            unsafe slopes[row * window.columns + c] = centre.isNaN ? .nan : slope
          }
        }
      }
      count = window.cellCount
    }
  }

  /// Bilinear value of `values` at a position in columns and rows of the lattice, from its valid
  /// neighbours; NaN where they weigh less than 1e-6 together.
  @inline(__always)
  func sample(_ values: UnsafeBufferPointer<Float>, at position: Point) -> Double {
    let (x, y) = (position.x - 0.5, position.y - 0.5)
    // Written so that NaN fails too.
    guard x > -1, y > -1, x < 1e9, y < 1e9 else { return .nan }
    let (column, row) = (x.rounded(.down), y.rounded(.down))
    let (fx, fy) = (x - column, y - row)
    let (c, r) = (Int(column) - window.column, Int(row) - window.row)
    if c >= 0, r >= 0, c + 1 < window.columns, r + 1 < window.rows {
      let index = r * window.columns + c
      let north = unsafe (Double(values[index]), Double(values[index + 1]))
      let south = unsafe (
        Double(values[index + window.columns]), Double(values[index + window.columns + 1])
      )
      let top = north.0 + fx * (north.1 - north.0)
      let bottom = south.0 + fx * (south.1 - south.0)
      let value = top + fy * (bottom - top)
      if !value.isNaN { return value }
    }
    return unsafe sampleValid(values, c, r, fx, fy)
  }

  private func sampleValid(
    _ values: UnsafeBufferPointer<Float>, _ column: Int, _ row: Int, _ fx: Double, _ fy: Double
  ) -> Double {
    var (sum, weights) = (0.0, 0.0)
    for (dx, dy, weight) in [
      (0, 0, (1 - fx) * (1 - fy)), (1, 0, fx * (1 - fy)), (0, 1, (1 - fx) * fy), (1, 1, fx * fy),
    ] {
      let (c, r) = (column + dx, row + dy)
      guard c >= 0, r >= 0, c < window.columns, r < window.rows else { continue }
      let value = unsafe Double(values[r * window.columns + c])
      guard !value.isNaN else { continue }
      sum += weight * value
      weights += weight
    }
    return weights > 1e-6 ? sum / weights : .nan
  }
}
