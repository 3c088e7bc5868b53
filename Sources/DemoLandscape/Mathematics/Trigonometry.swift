/// Sine and cosine from `+ − × ÷` alone, so that every machine gets the same bits.
///
/// Taylor series on −π/2…π/2; the first term left out is below 1e-16.
enum Trigonometry {
  static func sine(_ angle: Double) -> Double {
    let square = angle * angle
    var (term, sum) = (angle, angle)
    for index in stride(from: 2.0, through: 24, by: 2) {
      term = -term * square / (index * (index + 1))
      sum += term
    }
    return sum
  }

  static func cosine(_ angle: Double) -> Double {
    let square = angle * angle
    var (term, sum) = (1.0, 1.0)
    for index in stride(from: 1.0, through: 23, by: 2) {
      term = -term * square / (index * (index + 1))
      sum += term
    }
    return sum
  }
}
