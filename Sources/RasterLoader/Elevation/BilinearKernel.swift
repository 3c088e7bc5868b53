/// Bilinear heights and slopes along a line of samples that lie well within a block: four samples at
/// once, without looking for voids, which spread as NaN.
///
/// Blended in single precision, so right to a unit in the last place of the height, 6e-5 m at 1,000 m,
/// beside what the position is off.
@safe struct BilinearKernel {
  private let line: PositionLine
  /// Height and slope of the cell from which the line counts, were it in the block.
  private let origin: UnsafeRawPointer
  /// Cells of the block from one row to the next, below 2²³ from its first cell to its last.
  private let stride: Int

  init(_ line: PositionLine, origin: UnsafeRawPointer, stride: Int) {
    (self.line, self.stride) = (line, stride)
    unsafe self.origin = origin
  }

  /// Fills the front of the buffers with the values of the samples `numbers`.
  ///
  /// - Returns: whether all have both values.
  func fill(
    _ numbers: Range<Int>, heights: UnsafeMutablePointer<Float>,
    slopes: UnsafeMutablePointer<Float>
  ) -> Bool {
    var sum = SIMD4<Float>.zero
    var number = SIMD4<Float>(0, 1, 2, 3) + Float(numbers.lowerBound)
    let whole = numbers.count & ~3
    var index = 0
    while index < whole {
      let values = values(number)
      unsafe UnsafeMutableRawPointer(heights + index).storeBytes(
        of: values.heights, as: SIMD4<Float>.self)
      unsafe UnsafeMutableRawPointer(slopes + index).storeBytes(
        of: values.slopes, as: SIMD4<Float>.self)
      sum += values.heights + values.slopes
      number += 4
      index &+= 4
    }
    if index < numbers.count {
      // The last ones again and again, which is never beyond the line.
      let last = SIMD4<Float>(repeating: Float(numbers.upperBound - 1))
      let values = values(number.replacing(with: last, where: number .> last))
      for lane in 0..<numbers.count - index {
        unsafe heights[index + lane] = values.heights[lane]
        unsafe slopes[index + lane] = values.slopes[lane]
      }
      sum += values.heights + values.slopes
    }
    let total = sum.x + sum.y + sum.z + sum.w
    return total == total
  }

  @inline(__always)
  private func values(_ number: SIMD4<Float>) -> (heights: SIMD4<Float>, slopes: SIMD4<Float>) {
    let x = line.constant.x + number * (line.linear.x + number * line.square.x)
    let y = line.constant.y + number * (line.linear.y + number * line.square.y)
    // 1.5 · 2²³ rounds what it is added to. On a cell's centre the half below may round either way: to a
    // share of 0 or of 1, which weigh the same cell.
    let column = ((x - 0.5) + 0x1.8p23) - 0x1.8p23
    let row = ((y - 0.5) + 0x1.8p23) - 0x1.8p23
    let (shareX, shareY) = (x - column, y - row)
    // 2²³ leaves what it is added to in the low bits.
    let raised = (row * Float(stride) + column) + 0x1p23
    let offsets = SIMD4<UInt32>(
      raised.x.bitPattern, raised.y.bitPattern, raised.z.bitPattern, raised.w.bitPattern)
    let (a, b) = (sides(offsets.x, shareY.x), sides(offsets.y, shareY.y))
    let (c, d) = (sides(offsets.z, shareY.z), sides(offsets.w, shareY.w))
    let west = SIMD4(a.x, b.x, c.x, d.x)
    let east = SIMD4(a.z, b.z, c.z, d.z)
    let westSlope = SIMD4(a.y, b.y, c.y, d.y)
    let eastSlope = SIMD4(a.w, b.w, c.w, d.w)
    return (
      west + shareX * (east - west), westSlope + shareX * (eastSlope - westSlope)
    )
  }

  /// Height and slope west of a sample, then east of it, at its row.
  @inline(__always)
  private func sides(_ raised: UInt32, _ share: Float) -> SIMD4<Float> {
    let offset = Int(raised & 0x7F_FFFF) &* 8
    let north = unsafe origin.loadUnaligned(fromByteOffset: offset, as: SIMD4<Float>.self)
    let south = unsafe origin.loadUnaligned(
      fromByteOffset: offset &+ stride &* 8, as: SIMD4<Float>.self)
    return north + share * (south - north)
  }
}
