/// A power of two of square metres, in which areas are whole numbers.
///
/// Sums of whole numbers do not depend on their order, so the areas of a run are the same to the last
/// bit for any number of threads and any size of block.
public struct AreaUnit: Hashable, Sendable {
  /// The unit is 2^`exponent` m².
  public let exponent: Int

  public init(exponent: Int) { self.exponent = exponent }

  /// The smallest unit in which four times `total` m² fits 64 bits, but no finer than 2⁻⁶⁰ m².
  ///
  /// For the whole Earth 2⁻¹² m², for ten degrees by ten 2⁻²¹ m².
  public init(total: Double) {
    precondition(total.isFinite && total >= 0, "an area is finite and not negative")
    // 4 · total < 2^(exponent of total + 3) must stay below 2^63 units.
    let exponent = total > 0 ? Int(total.exponent) + 3 - 63 : -60
    self.init(exponent: max(exponent, -60))
  }

  /// Square metres in one unit.
  public var squareMetres: Double { Double(sign: .plus, exponent: exponent, significand: 1) }

  /// Square metres of a whole number of units.
  @inlinable public func squareMetres(_ units: Int64) -> Double { Double(units) * squareMetres }
}
