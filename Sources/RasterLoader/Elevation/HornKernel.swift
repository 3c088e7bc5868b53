/// Slopes of a row of DEM cells.
///
/// Source: Horn (1981), *Proceedings of the IEEE* 69(1), 14–47. A neighbour without a height takes the
/// centre's. Heights are subtracted first, which is exact for neighbours, so single precision leaves
/// slopes right to 2e-5 degrees.
///
/// The loops have few pointers and no branch, so that the compiler turns them into vectors.
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
      let cells = first..<end
      switch (run.isLevel, hasVoids) {
      case (true, false): unsafe Self.level(corner, stride, run, cells, slopes)
      case (true, true): unsafe Self.levelWithVoids(corner, stride, run, cells, slopes)
      case (false, false): unsafe Self.slanting(corner, stride, run, cells, slopes)
      case (false, true): unsafe Self.slantingWithVoids(corner, stride, run, cells, slopes)
      }
      first = end
    }
  }

  // MARK: Loops

  @inline(never) private static func level(
    _ heights: UnsafePointer<Float>, _ stride: Int, _ run: GradientMetric.Run, _ cells: Range<Int>,
    _ slopes: UnsafeMutablePointer<Float>
  ) {
    let (along, both, down) = (run.along, run.both, run.down)
    for c in cells {
      let sums = unsafe Sums(heights, stride, c)
      unsafe slopes[c] = sums.slope(along, both, down)
    }
  }

  @inline(never) private static func levelWithVoids(
    _ heights: UnsafePointer<Float>, _ stride: Int, _ run: GradientMetric.Run, _ cells: Range<Int>,
    _ slopes: UnsafeMutablePointer<Float>
  ) {
    let (along, both, down) = (run.along, run.both, run.down)
    for c in cells {
      let sums = unsafe Sums(fillingVoidsOf: heights, stride, c)
      let slope = sums.slope(along, both, down)
      unsafe slopes[c] = sums.centre == sums.centre ? slope : sums.centre
    }
  }

  @inline(never) private static func slanting(
    _ heights: UnsafePointer<Float>, _ stride: Int, _ run: GradientMetric.Run, _ cells: Range<Int>,
    _ slopes: UnsafeMutablePointer<Float>
  ) {
    let number = run.firstNumber &- Int32(truncatingIfNeeded: cells.lowerBound)
    for c in cells {
      let sums = unsafe Sums(heights, stride, c)
      let k = Float(number &+ Int32(truncatingIfNeeded: c))
      unsafe slopes[c] = sums.slope(
        run.along + k * run.alongStep, run.both + k * run.bothStep, run.down + k * run.downStep)
    }
  }

  @inline(never) private static func slantingWithVoids(
    _ heights: UnsafePointer<Float>, _ stride: Int, _ run: GradientMetric.Run, _ cells: Range<Int>,
    _ slopes: UnsafeMutablePointer<Float>
  ) {
    let number = run.firstNumber &- Int32(truncatingIfNeeded: cells.lowerBound)
    for c in cells {
      let sums = unsafe Sums(fillingVoidsOf: heights, stride, c)
      let k = Float(number &+ Int32(truncatingIfNeeded: c))
      let slope = sums.slope(
        run.along + k * run.alongStep, run.both + k * run.bothStep, run.down + k * run.downStep)
      unsafe slopes[c] = sums.centre == sums.centre ? slope : sums.centre
    }
  }

  /// Horn's sums, eight times the gradient in heights per cell, and the height between.
  private struct Sums {
    let along: Float
    let down: Float
    let centre: Float

    @inline(__always) init(_ heights: UnsafePointer<Float>, _ stride: Int, _ c: Int) {
      let (here, south) = (c &+ stride, c &+ 2 &* stride)
      self.init(
        unsafe heights[c], unsafe heights[c &+ 1], unsafe heights[c &+ 2], unsafe heights[here],
        unsafe heights[here &+ 1], unsafe heights[here &+ 2], unsafe heights[south],
        unsafe heights[south &+ 1], unsafe heights[south &+ 2])
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
      self.init(
        height(c), height(c &+ 1), height(c &+ 2), height(here), centre, height(here &+ 2),
        height(south), height(south &+ 1), height(south &+ 2))
    }

    @inline(__always) private init(
      _ nw: Float, _ n: Float, _ ne: Float, _ w: Float, _ centre: Float, _ e: Float, _ sw: Float,
      _ s: Float, _ se: Float
    ) {
      let (falling, rising, across, over) = (se - nw, ne - sw, e - w, s - n)
      along = (falling + rising) + (across + across)
      down = (falling - rising) + (over + over)
      self.centre = centre
    }

    /// Degrees.
    @inline(__always) func slope(
      _ alongWeight: Float, _ bothWeight: Float, _ downWeight: Float
    ) -> Float {
      let squared =
        (alongWeight * along + bothWeight * down) * along + downWeight * down * down
      return squared.arctangentOfRootInDegrees
    }
  }
}

extension Float {
  /// Degrees of the angle whose squared tangent this is, which is at least 0; right to 1e-5 degrees.
  ///
  /// The library's root calls out for negative numbers, which keeps a loop from becoming vectors.
  /// Sources: Newton's method on 1/√x from a guess at its bits, three steps from 3.5e-2 leave 4e-11;
  /// Abramowitz and Stegun (1964), 4.4.49 for the arctangent, here in degrees, off by 2e-8 radians.
  @inline(__always) var arctangentOfRootInDegrees: Float {
    let half = 0.5 * self
    var inverse = Float(bitPattern: 0x5F37_59DF &- (bitPattern &>> 1))
    inverse *= 1.5 - half * inverse * inverse
    inverse *= 1.5 - half * inverse * inverse
    inverse *= 1.5 - half * inverse * inverse
    let root = self * inverse
    // The tangent or, above 45°, the cotangent.
    let u = root < inverse ? root : inverse
    let q = u * u
    let high = ((0.164_222_637 * q - 0.926_228_488) * q + 2.458_539_77) * q
    let middle = ((high - 4.313_778_61) * q + 6.105_588_95) * q - 8.141_099_68
    let flat = (((middle * q + 11.455_460_8) * q - 19.098_485_4) * q + 57.295_779_5) * u
    return root > 1 ? 90 - flat : flat
  }
}
