import RasterCore

/// Heights of a window of a DEM lattice and of one cell more on each side; NaN where there is none.
///
/// Memory is kept from one window to the next.
struct PaddedHeights {
  /// Cells from one row to the next.
  private(set) var stride = 0
  var cells: [Float] = []

  /// Makes room for a window; what is there is arbitrary.
  mutating func makeRoom(for window: Window) {
    stride = window.columns + 2
    let count = stride * (window.rows + 2)
    if cells.count < count { cells = [Float](repeating: .nan, count: count) }
  }

  /// Makes room for a window, every cell NaN.
  mutating func clear(for window: Window) {
    makeRoom(for: window)
    let count = stride * (window.rows + 2)
    unsafe cells.withUnsafeMutableBufferPointer { cells in
      unsafe cells.extracting(..<count).update(repeating: .nan)
    }
  }

  /// Lays heights over those that are there; where there is none below shows through.
  ///
  /// - Returns: the most by which a height differs from the one it hides, metres.
  mutating func lay(_ heights: [Float], columns: Int, rows: Int, at first: Int) -> Float {
    var largest: Float = 0
    for row in 0..<rows {
      let (source, target) = (row * columns, first + row * stride)
      for column in 0..<columns where !heights[source + column].isNaN {
        // Nothing below is NaN, which `max` passes by.
        largest = max(largest, abs(heights[source + column] - cells[target + column]))
        cells[target + column] = heights[source + column]
      }
    }
    return largest
  }

  /// Takes stored numbers as they are.
  ///
  /// - Returns: whether all are heights that may be: none is `nodata` or impossible.
  mutating func take(
    _ numbers: [Int16], columns: Int, rows: Int, at first: Int, nodata: Float?
  ) -> Bool {
    let nodata = nodata.flatMap { Int16(exactly: $0) }
    var arePlain = true
    unsafe numbers.withUnsafeBufferPointer { numbers in
      unsafe cells.withUnsafeMutableBufferPointer { cells in
        for row in 0..<rows {
          let start = first + row * stride
          let isPlain = unsafe HeightRow.convert(
            numbers.extracting(row * columns..<(row + 1) * columns),
            into: cells.extracting(start..<start + columns), nodata: nodata)
          arePlain = isPlain && arePlain
        }
      }
    }
    return arePlain
  }

  /// Turns stored numbers of some rows into metres: nodata into NaN, then scale and offset, then
  /// heights that no place on Earth has, and marks of voids, into NaN.
  ///
  /// - Returns: the lowest number that is an undeclared void, `nil` if there was none.
  mutating func interpret(
    columns: Int, rows: Int, at first: Int, nodata: Float?, scale: Float, offset: Float,
    marks: VoidMarks
  ) -> Float? {
    var lowest: Float?
    let nodata = nodata ?? .nan
    unsafe cells.withUnsafeMutableBufferPointer { cells in
      for row in 0..<rows {
        let start = first + row * stride
        let numbers = cells.extracting(start..<start + columns)
        // Nearly all rows are metres as they stand.
        if scale == 1 && offset == 0, unsafe HeightRow.isPlain(numbers, nodata: nodata) { continue }
        if let found = unsafe HeightRow.interpret(
          numbers, nodata: nodata, scale: scale, offset: offset, marks: marks)
        {
          lowest = min(found, lowest ?? .infinity)
        }
      }
    }
    return lowest
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

  /// Calls `body` with the heights and slopes of the window's rows, one after another.
  ///
  /// - Parameter metric: of the lattice; without it slopes are 0.
  func forEachRow(
    of window: Window, _ metric: GradientMetric?,
    _ body: (_ row: Int, UnsafePointer<Float>, _ slopes: UnsafePointer<Float>) -> Void
  ) {
    var slopes = [Float](repeating: 0, count: window.columns)
    unsafe cells.withUnsafeBufferPointer { cells in
      unsafe slopes.withUnsafeMutableBufferPointer { slopes in
        guard let cells = cells.baseAddress, let slopes = slopes.baseAddress else { return }
        func hasVoids(_ row: Int) -> Bool {
          unsafe HeightRow.hasVoids(UnsafeBufferPointer(start: cells + row * stride, count: stride))
        }
        var (north, here) = metric == nil ? (false, false) : (hasVoids(0), hasVoids(1))
        for row in 0..<window.rows {
          let corner = unsafe cells + row * stride
          if let metric {
            let south = hasVoids(row + 2)
            unsafe HornKernel(corner: corner, stride: stride).fill(
              slopes, count: window.columns,
              metric.weights(row: window.row + row, columns: window.columnRange),
              hasVoids: north || here || south)
            (north, here) = (here, south)
          }
          unsafe body(row, corner + stride + 1, slopes)
        }
      }
    }
  }
}
