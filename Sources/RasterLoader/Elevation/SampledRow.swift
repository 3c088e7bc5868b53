/// Heights and slopes of the samples of a row on their way to its cells.
struct SampledRow {
  private var heights: [Float] = []
  private var slopes: [Float] = []
  private var sums: [SIMD2<Double>] = []
  private var counts: [SIMD2<Double>] = []

  mutating func makeRoom(for samples: Int) {
    guard heights.count < samples else { return }
    heights = [Float](repeating: 0, count: samples)
    slopes = heights
  }

  /// Passes the values to `body`, which must not keep them.
  mutating func withValues(
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    unsafe heights.withUnsafeMutableBufferPointer { heights in
      unsafe slopes.withUnsafeMutableBufferPointer { slopes in
        guard let heights = heights.baseAddress, let slopes = slopes.baseAddress else { return }
        unsafe body(heights, slopes)
      }
    }
  }

  /// Adds the valid ones among the samples of a line to the sums of their cells.
  mutating func add(_ cells: Int, samples: Int, isFirst: Bool) {
    if isFirst {
      sums = [SIMD2<Double>](repeating: .zero, count: cells)
      counts = sums
    }
    for cell in 0..<cells {
      var (sum, count) = (sums[cell], counts[cell])
      for sample in cell * samples..<(cell + 1) * samples {
        let values = SIMD2(heights[sample], slopes[sample])
        let isVoid = values .!= values
        sum += SIMD2<Double>(values.replacing(with: 0, where: isVoid))
        count += SIMD2<Double>(SIMD2<Float>(repeating: 1).replacing(with: 0, where: isVoid))
      }
      (sums[cell], counts[cell]) = (sum, count)
    }
  }

  /// Puts the means of the cells where the samples were.
  mutating func divide(_ cells: Int) {
    for cell in 0..<cells {
      let mean = SIMD2<Float>(sums[cell] / counts[cell])
      (heights[cell], slopes[cell]) = (mean.x, mean.y)
    }
  }
}
