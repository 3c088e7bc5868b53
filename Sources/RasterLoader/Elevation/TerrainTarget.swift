import RasterCore

/// Where elevations and slopes of a window of the analysis grid go, while a sampler fills them in.
@safe struct TerrainTarget {
  private let elevation: UnsafeMutablePointer<Float>
  /// `nil` where nobody asks for slopes.
  private let slope: UnsafeMutablePointer<Float>?
  private let window: Window

  /// - Parameters: buffers of at least the window's cells.
  init(
    elevation: UnsafeMutableBufferPointer<Float>, slope: UnsafeMutableBufferPointer<Float>?,
    window: Window
  ) {
    precondition(
      unsafe elevation.count >= window.cellCount && slope?.count ?? .max >= window.cellCount,
      "the buffers are smaller than the window")
    unsafe self.elevation = elevation.baseAddress!
    unsafe self.slope = slope.flatMap { $0.baseAddress }
    self.window = window
  }

  var withSlope: Bool { unsafe slope != nil }

  /// The cells of `part` lack a value.
  func clear(_ part: Window) {
    for row in part.rowRange {
      let start = index(ofColumn: part.column, row)
      unsafe (elevation + start).update(repeating: .nan, count: part.columns)
      if let slope = unsafe slope {
        unsafe (slope + start).update(repeating: .nan, count: part.columns)
      }
    }
  }

  var isComplete: Bool {
    for index in 0..<window.cellCount where isMissing(index) { return false }
    return true
  }

  /// Values of `count` cells of a row; `onlyMissing` leaves those that have one alone.
  func take(
    _ heights: UnsafePointer<Float>, _ slopes: UnsafePointer<Float>, count: Int, column: Int,
    row: Int, onlyMissing: Bool
  ) {
    let start = index(ofColumn: column, row)
    if onlyMissing {
      for cell in 0..<count where isMissing(start + cell) {
        unsafe elevation[start + cell] = heights[cell]
        if let slope = unsafe slope { unsafe slope[start + cell] = slopes[cell] }
      }
      return
    }
    unsafe (elevation + start).update(from: heights, count: count)
    if let slope = unsafe slope { unsafe (slope + start).update(from: slopes, count: count) }
  }

  private func index(ofColumn column: Int, _ row: Int) -> Int {
    (row - window.row) * window.columns + column - window.column
  }

  private func isMissing(_ index: Int) -> Bool {
    let value = unsafe elevation[index]
    return value != value
  }
}
