/// Positions of up to 64 samples of a row on another lattice: a quadratic in the number of the sample.
///
/// It is followed in double precision from group to group and in single precision within one, from a
/// cell near the group's first sample. Groups begin at fixed samples of a line, and lines at multiples of
/// 64 samples from a patch's west edge, so a position depends on the sample alone.
struct PositionLine {
  static let length = 64
  static let groupLength = 8
  /// Of a line, in cells. Over a group, an eighth of it, four roundings leave a place right within
  /// 4 · 2⁻²⁴ · 128 = 3e-5 cells; where samples are as far apart as 1.4 cells, within 3e-6.
  static let longestSpan = 1024.0

  /// The cell from whose centre the quadratic counts; no sample lies north or west of it.
  let column: Int
  let row: Int
  let constant: SIMD2<Double>
  let linear: SIMD2<Double>
  let square: SIMD2<Double>

  /// position = constant + number · (linear + number · square), in columns and rows of the lattice;
  /// below 2⁵⁰.
  init(constant: SIMD2<Double>, linear: SIMD2<Double>, square: SIMD2<Double>) {
    let last = Double(Self.length - 1)
    let end = constant + last * (linear + last * square)
    let bend = square.replacing(with: -square, where: square .< 0) * (last * last / 4)
    let low = constant.replacing(with: end, where: end .< constant) - bend
    let origin = (low - 0.5 - 0x1p-8).rounded(.down)
    (column, row) = (Int(origin.x), Int(origin.y))
    self.constant = constant - 0.5 - origin
    (self.linear, self.square) = (linear, square)
  }

  /// The samples of a group: `place + k · (step + k · square)` for k = 0…7, in columns and rows from
  /// the centre of a cell.
  struct Group {
    /// The cell, counted from that of the line; a whole number.
    let cell: SIMD2<Double>
    let place: SIMD2<Float>
    let step: SIMD2<Float>
  }

  @inline(__always)
  static func group(
    at first: Double, _ constant: SIMD2<Double>, _ linear: SIMD2<Double>, _ square: SIMD2<Double>
  ) -> Group {
    let start = constant + first * (linear + first * square)
    // 1.5 · 2⁵² rounds what it is added to.
    let cell = (start + 0x1.8p52) - 0x1.8p52
    return Group(
      cell: cell, place: SIMD2<Float>(start - cell),
      step: SIMD2<Float>(linear + (2 * first) * square))
  }

  /// A sample's columns and rows from the centre of a cell near by, in columns and rows of the lattice.
  func place(of number: Int) -> (place: SIMD2<Float>, column: Int, row: Int) {
    let first = number / Self.groupLength * Self.groupLength
    let group = Self.group(at: Double(first), constant, linear, square)
    let k = Float(number - first)
    let place = group.place + k * (group.step + k * SIMD2<Float>(square))
    return (place, column + Int(group.cell.x), row + Int(group.cell.y))
  }

  /// The least and the greatest place of the samples in `numbers`, and a little more.
  func bounds(_ numbers: ClosedRange<Int>) -> (low: SIMD2<Double>, high: SIMD2<Double>) {
    func place(_ number: Int) -> SIMD2<Double> {
      constant + Double(number) * (linear + Double(number) * square)
    }
    let (first, last) = (place(numbers.lowerBound), place(numbers.upperBound))
    let length = Double(numbers.count)
    let bend =
      square.replacing(with: -square, where: square .< 0) * (0.25 * length * length) + 0x1p-8
    return (
      first.replacing(with: last, where: last .< first) - bend,
      first.replacing(with: last, where: last .> first) + bend
    )
  }
}
