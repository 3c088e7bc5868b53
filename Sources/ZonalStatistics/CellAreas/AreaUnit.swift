/// A power of two of square metres, in which areas are whole numbers.
///
/// Sums of whole numbers do not depend on their order, so the areas of a run are the same to the last
/// bit for any number of threads and any size of block.
public struct AreaUnit: Hashable, Sendable {
  /// The unit is 2^`exponent` m².
  public let exponent: Int

  public init(exponent: Int) { self.exponent = exponent }

  /// The smallest unit in which four times `total` m² fits 64 bits and twice `cell` m² 51 bits, but
  /// none finer than 2⁻⁶⁰ m².
  ///
  /// For the whole Earth 2⁻¹² m², for ten degrees by ten 2⁻²¹ m²; the limit for a cell, at which
  /// its area still has 15 digits, is the stricter one for grids of a few thousand cells.
  ///
  /// - Parameters:
  ///   - total: bound for the sum of all cells.
  ///   - cell: bound for one of them.
  public init(total: Double, cell: Double) {
    precondition(
      total.isFinite && cell.isFinite && total >= 0 && cell >= 0,
      "an area is finite and not negative")
    // An area below 2^(its exponent + 1) is below 2^bits units of 2^(its exponent + 1 − bits).
    func exponent(_ area: Double, bits: Int) -> Int {
      area > 0 ? Int(area.exponent) + 1 - bits : -60
    }
    self.init(exponent: max(exponent(total, bits: 61), exponent(cell, bits: 50), -60))
  }

  /// Square metres in one unit.
  public var squareMetres: Double { Double(sign: .plus, exponent: exponent, significand: 1) }

  /// Square metres of a whole number of units.
  @inlinable public func squareMetres(_ units: Int64) -> Double { Double(units) * squareMetres }
}
