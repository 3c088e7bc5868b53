/// Slopes of a row of DEM cells.
///
/// Source: Horn (1981), *Proceedings of the IEEE* 69(1), 14–47. A neighbour without a height takes the
/// centre's. Heights are subtracted first, which is exact for neighbours, so single precision leaves
/// slopes right to 2e-5 degrees.
///
/// The loops have few pointers and no branch, so that the compiler turns them into vectors: first squared
/// tangents, then the angles.
@safe struct HornKernel {
  /// The cell north-west of the first; a row of the window has a cell more on each side.
  private let corner: UnsafePointer<Float>
  /// Cells from one row to the next.
  private let stride: Int

  init(corner: UnsafePointer<Float>, stride: Int) {
    unsafe self.corner = corner
    self.stride = stride
  }

  /// Degrees of `count` cells, NaN where there is no height.
  ///
  /// - Parameters:
  ///   - hasVoids: whether any of the three rows may hold NaN; the result is the same, but slower.
  func fill(
    _ slopes: UnsafeMutablePointer<Float>, count: Int, _ weights: [GradientMetric.Run],
    hasVoids: Bool
  ) {
    var first = 0
    for run in weights {
      let end = min(count, first + run.count)
      for start in Swift.stride(from: first, to: end, by: Self.cellsAtOnce) {
        let cells = start..<min(end, start + Self.cellsAtOnce)
        // The number of a run's cell, less its place.
        let number = run.firstNumber &- Int32(truncatingIfNeeded: first)
        let isSteep =
          switch (run.isLevel, hasVoids) {
          case (true, false): unsafe Self.level(corner, stride, run, cells, slopes)
          case (false, false): unsafe Self.slanting(corner, stride, run, number, cells, slopes)
          case (_, true): unsafe Self.withVoids(corner, stride, run, number, cells, slopes)
          }
        unsafe UnsafeMutableBufferPointer(start: slopes + start, count: cells.count)
          .replaceSquaredTangentsWithDegrees(anyAbove45: isSteep)
      }
      first = end
    }
  }

  /// Few enough that their squared tangents are still at hand when they become angles, and that a cliff
  /// makes few others take longer.
  private static let cellsAtOnce = 128

  // MARK: Loops, apart for what each can leave out

  @inline(never) private static func level(
    _ heights: UnsafePointer<Float>, _ stride: Int, _ run: GradientMetric.Run, _ cells: Range<Int>,
    _ squares: UnsafeMutablePointer<Float>
  ) -> Bool {
    let weights = Weights(run)
    return unsafe fill(squares, cells) { c in
      unsafe Sums(heights, stride, c).squaredTangent(weights)
    }
  }

  @inline(never) private static func slanting(
    _ heights: UnsafePointer<Float>, _ stride: Int, _ run: GradientMetric.Run, _ number: Int32,
    _ cells: Range<Int>, _ squares: UnsafeMutablePointer<Float>
  ) -> Bool {
    let (weights, steps) = (Weights(run), Weights(stepsOf: run))
    return unsafe fill(squares, cells) { c in
      unsafe Sums(heights, stride, c).squaredTangent(weights.after(c, number, steps))
    }
  }

  @inline(never) private static func withVoids(
    _ heights: UnsafePointer<Float>, _ stride: Int, _ run: GradientMetric.Run, _ number: Int32,
    _ cells: Range<Int>, _ squares: UnsafeMutablePointer<Float>
  ) -> Bool {
    let (weights, steps) = (Weights(run), Weights(stepsOf: run))
    return unsafe fill(squares, cells) { c in
      unsafe Sums(fillingVoidsOf: heights, stride, c).squaredTangent(
        weights.after(c, number, steps))
    }
  }

  /// Fills in squared tangents; whether any is above 1.
  @inline(__always) private static func fill(
    _ squares: UnsafeMutablePointer<Float>, _ cells: Range<Int>, _ squaredTangent: (Int) -> Float
  ) -> Bool {
    var steep: UInt32 = 0
    for c in cells {
      let square = squaredTangent(c)
      steep |= square > 1 ? 1 : 0
      unsafe squares[c] = square
    }
    return steep != 0
  }

  /// Of a run, held apart from it so that no store can change them.
  private struct Weights {
    let (along, both, down): (Float, Float, Float)

    init(_ run: GradientMetric.Run) { (along, both, down) = (run.along, run.both, run.down) }

    init(stepsOf run: GradientMetric.Run) {
      (along, both, down) = (run.alongStep, run.bothStep, run.downStep)
    }

    @inline(__always)
    private init(_ along: Float, _ both: Float, _ down: Float) {
      (self.along, self.both, self.down) = (along, both, down)
    }

    /// - Parameter number: of the run's cell at 0.
    @inline(__always) func after(_ cell: Int, _ number: Int32, _ steps: Weights) -> Weights {
      let k = Float(number &+ Int32(truncatingIfNeeded: cell))
      return Weights(along + k * steps.along, both + k * steps.both, down + k * steps.down)
    }
  }

  /// Horn's sums, eight times the gradient in heights per cell.
  private struct Sums {
    let along: Float
    let down: Float

    @inline(__always) init(_ heights: UnsafePointer<Float>, _ stride: Int, _ c: Int) {
      let (here, south) = (c &+ stride, c &+ 2 &* stride)
      self.init(
        unsafe heights[c], unsafe heights[c &+ 1], unsafe heights[c &+ 2], unsafe heights[here],
        unsafe heights[here &+ 2], unsafe heights[south], unsafe heights[south &+ 1],
        unsafe heights[south &+ 2])
    }

    @inline(__always) init(
      fillingVoidsOf heights: UnsafePointer<Float>, _ stride: Int, _ c: Int
    ) {
      let (here, south) = (c &+ stride, c &+ 2 &* stride)
      let centre = unsafe heights[here &+ 1]
      @inline(__always) func height(_ index: Int) -> Float {
        let z = unsafe heights[index]
        return z == z ? z : centre
      }
      // 0 or, where the cell itself has no height, NaN.
      let nothing = centre - centre
      self.init(
        height(c), height(c &+ 1), height(c &+ 2), height(here), height(here &+ 2) + nothing,
        height(south), height(south &+ 1), height(south &+ 2))
    }

    @inline(__always) private init(
      _ nw: Float, _ n: Float, _ ne: Float, _ w: Float, _ e: Float, _ sw: Float, _ s: Float,
      _ se: Float
    ) {
      let (falling, rising, across, over) = (se - nw, ne - sw, e - w, s - n)
      along = (falling + rising) + (across + across)
      down = (falling - rising) + (over + over)
    }

    @inline(__always) func squaredTangent(_ weights: Weights) -> Float {
      (weights.along * along + weights.both * down) * along + weights.down * down * down
    }
  }
}
