/// Positions of up to 64 samples of a row on another lattice: a quadratic in the number of the sample,
/// in single precision relative to the centre of one of the lattice's cells.
///
/// A line begins at a multiple of 64 samples from its patch's west edge, whatever part of it is asked
/// for, so a position depends on the sample alone. Over a span of s cells four roundings leave it right
/// within 4 · 2⁻²⁴ · s: 2e-5 cells where a sample is as wide as a cell, 2.5e-4 at `longestSpan`.
struct PositionLine {
  static let length = 64
  static let longestSpan = 1024.0

  /// The cell from whose centre the quadratic counts; no sample lies north or west of it.
  let column: Int
  let row: Int
  let constant: SIMD2<Float>
  let linear: SIMD2<Float>
  let square: SIMD2<Float>

  /// position = constant + number · (linear + number · square), in columns and rows of the lattice;
  /// below 2⁵⁰.
  init(constant: SIMD2<Double>, linear: SIMD2<Double>, square: SIMD2<Double>) {
    let last = Double(Self.length - 1)
    let end = constant + last * (linear + last * square)
    let bend = square.replacing(with: -square, where: square .< 0) * (last * last / 4)
    let low = constant.replacing(with: end, where: end .< constant) - bend
    // A little further, so that no rounding makes a position negative.
    let origin = (low - 0.5 - 0x1p-8).rounded(.down)
    (column, row) = (Int(origin.x), Int(origin.y))
    self.constant = SIMD2<Float>(constant - 0.5 - origin)
    (self.linear, self.square) = (SIMD2<Float>(linear), SIMD2<Float>(square))
  }

  /// Columns and rows from the centre of cell (`column`, `row`).
  @inline(__always) func place(_ number: Float) -> SIMD2<Float> {
    constant + number * (linear + number * square)
  }

  /// The least and the greatest place of the samples in `numbers`, and a little more.
  func bounds(_ numbers: ClosedRange<Int>) -> (low: SIMD2<Float>, high: SIMD2<Float>) {
    let (first, last) = (place(Float(numbers.lowerBound)), place(Float(numbers.upperBound)))
    let length = Float(numbers.count)
    let bend =
      square.replacing(with: -square, where: square .< 0) * (0.25 * length * length) + 0x1p-8
    return (
      first.replacing(with: last, where: last .< first) - bend,
      first.replacing(with: last, where: last .> first) + bend
    )
  }
}
