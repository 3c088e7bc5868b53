/// Bilinear heights and slopes along a line of samples that lie well within a block: four samples at
/// once, without looking for voids, which spread as NaN.
///
/// Blended in single precision, so right to a unit in the last place of the height, 6e-5 m at 1,000 m,
/// beside what the position is off.
@safe struct BilinearKernel {
  /// The quadratics of a `PositionLine`.
  private let (constant, linear, square): (SIMD2<Double>, SIMD2<Double>, SIMD2<Double>)
  /// Height and slope of the cell from which the line counts, were it in the block.
  private let origin: UnsafeRawPointer
  /// Cells of the block from one row to the next, below 2²² from `origin` to the last sample.
  private let stride: Int

  @inline(__always)
  init(_ line: PositionLine, origin: UnsafeRawPointer, stride: Int) {
    (constant, linear, square) = (line.constant, line.linear, line.square)
    self.stride = stride
    unsafe self.origin = origin
  }

  /// Fills the front of the buffers with the values of the samples `numbers`.
  ///
  /// - Returns: whether all have both values.
  @inline(__always)
  func fill(
    _ numbers: Range<Int>, heights: UnsafeMutablePointer<Float>,
    slopes: UnsafeMutablePointer<Float>
  ) -> Bool {
    unsafe Self.fill(
      constant, linear, square, origin, stride, numbers.lowerBound, numbers.count, heights, slopes)
  }

  /// The same; all numbers come in registers. Read back from memory they would wait for the stores of
  /// the line before, which miss the caches.
  @inline(never)
  private static func fill(
    _ constant: SIMD2<Double>, _ linear: SIMD2<Double>, _ square: SIMD2<Double>,
    _ origin: UnsafeRawPointer, _ stride: Int, _ first: Int, _ count: Int,
    _ heights: UnsafeMutablePointer<Float>, _ slopes: UnsafeMutablePointer<Float>
  ) -> Bool {
    let room = PositionLine.length
    return unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: room) { offsets in
      unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * room) { shares in
        guard let offsets = offsets.baseAddress, let shareX = shares.baseAddress else {
          return false
        }
        let shareY = unsafe shareX + room
        unsafe place(
          constant, linear, square, Double(stride), first, count, offsets, shareX, shareY)
        return unsafe blend(
          origin, origin + stride &* 8, count, offsets + first, shareX + first, shareY + first,
          heights, slopes)
      }
    }
  }

  /// The bytes from `origin` to the north-western neighbour of each sample, and its shares of the
  /// eastern and the southern ones, by number; of all groups that samples asked for are in.
  @inline(__always)
  private static func place(
    _ constant: SIMD2<Double>, _ linear: SIMD2<Double>, _ square: SIMD2<Double>,
    _ stride: Double, _ first: Int, _ count: Int, _ offsets: UnsafeMutablePointer<Int32>,
    _ shareX: UnsafeMutablePointer<Float>, _ shareY: UnsafeMutablePointer<Float>
  ) {
    let bend = SIMD2<Float>(square)
    let length = PositionLine.groupLength
    for start in Swift.stride(from: first / length * length, to: first + count, by: length) {
      let group = PositionLine.group(at: Double(start), constant, linear, square)
      // Less what 1.5 · 2²³ leaves in the low bits below.
      let cell = Int32(truncatingIfNeeded: Int(group.cell.y * stride + group.cell.x)) &- 0x40_0000
      for part in 0..<2 {
        let k = SIMD4<Float>(0, 1, 2, 3) + Float(4 &* part)
        let x = group.place.x + k * (group.step.x + k * bend.x)
        let y = group.place.y + k * (group.step.y + k * bend.y)
        // 1.5 · 2²³ rounds what it is added to. On a cell's centre the half below may round either way:
        // to a share of 0 or of 1, which weigh the same cell.
        let column = ((x - 0.5) + 0x1.8p23) - 0x1.8p23
        let row = ((y - 0.5) + 0x1.8p23) - 0x1.8p23
        let raised = (row * Float(stride) + column) + 0x1.8p23
        let bits = unsafe unsafeBitCast(raised, to: SIMD4<Int32>.self) & 0x7F_FFFF
        let index = start &+ 4 &* part
        unsafe UnsafeMutableRawPointer(offsets + index).storeBytes(
          of: (bits &+ cell) &<< 3, as: SIMD4<Int32>.self)
        unsafe UnsafeMutableRawPointer(shareX + index).storeBytes(
          of: x - column, as: SIMD4<Float>.self)
        unsafe UnsafeMutableRawPointer(shareY + index).storeBytes(
          of: y - row, as: SIMD4<Float>.self)
      }
    }
  }

  @inline(__always)
  private static func blend(
    _ origin: UnsafeRawPointer, _ southern: UnsafeRawPointer, _ count: Int,
    _ offsets: UnsafePointer<Int32>, _ shareX: UnsafePointer<Float>,
    _ shareY: UnsafePointer<Float>, _ heights: UnsafeMutablePointer<Float>,
    _ slopes: UnsafeMutablePointer<Float>
  ) -> Bool {
    /// Height and slope west of a sample, then east of it, at its row.
    @inline(__always) func sides(_ index: Int) -> SIMD4<Float> {
      let offset = unsafe Int(offsets[index])
      let north = unsafe origin.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self)
      let south = unsafe southern.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self)
      return unsafe north + shareY[index] * (south - north)
    }
    var sum = SIMD4<Float>.zero
    let whole = count & ~3
    for index in Swift.stride(from: 0, to: whole, by: 4) {
      let (a, b, c, d) = (sides(index), sides(index &+ 1), sides(index &+ 2), sides(index &+ 3))
      let west = SIMD4(a.x, b.x, c.x, d.x)
      let east = SIMD4(a.z, b.z, c.z, d.z)
      let westSlope = SIMD4(a.y, b.y, c.y, d.y)
      let eastSlope = SIMD4(a.w, b.w, c.w, d.w)
      let share = unsafe UnsafeRawPointer(shareX + index).loadUnaligned(as: SIMD4<Float>.self)
      let height = west + share * (east - west)
      let slope = westSlope + share * (eastSlope - westSlope)
      unsafe UnsafeMutableRawPointer(heights + index).storeBytes(of: height, as: SIMD4<Float>.self)
      unsafe UnsafeMutableRawPointer(slopes + index).storeBytes(of: slope, as: SIMD4<Float>.self)
      sum += height + slope
    }
    for index in whole..<count {
      let sides = sides(index)
      let value = unsafe sides.lowHalf + shareX[index] * (sides.highHalf - sides.lowHalf)
      unsafe heights[index] = value.x
      unsafe slopes[index] = value.y
      sum += SIMD4(lowHalf: value, highHalf: .zero)
    }
    let total = sum.x + sum.y + sum.z + sum.w
    return total == total
  }
}
