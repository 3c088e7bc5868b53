import Foundation
import RasterCore

/// An axis with ticks at round numbers: multiples of 1, 2 or 5 times a power of ten.
///
/// Source: Heckbert (1990), "Nice numbers for graph labels", *Graphics Gems*.
struct AxisScale: Hashable {
  let lower: Double
  let upper: Double
  /// Ascending, within the bounds.
  let ticks: [Double]
  /// Decimals that tell the ticks apart.
  let decimals: Int

  /// - Parameters:
  ///   - lower: below `upper`, both finite.
  ///   - count: intervals to aim at; there are about as many, never more than twice of them.
  init(from lower: Double, to upper: Double, intervals count: Int) {
    precondition(lower < upper && count > 0)
    // Of numbers as large as doubles are, the difference may be none.
    let rough = upper / Double(count) - lower / Double(count)
    let power = Int(bounded: floor(log10(rough)))
    let lead = rough / pow(10, Double(power))
    // A multiple of a whole number by a power of ten: no rounding adds up from tick to tick.
    let (factor, exponent) =
      switch lead {
      case ..<1.5: (1.0, power)
      case ..<3: (2.0, power)
      case ..<7: (5.0, power)
      default: (1.0, power + 1)
      }
    let unit = pow(10, Double(abs(exponent)))
    func tick(_ index: Double) -> Double {
      exponent < 0 ? index * factor / unit : index * factor * unit
    }
    let step = tick(1)
    // A bound that is a tick stays one, whatever the last bit of the division says.
    let first = (lower / step - 1e-9).rounded(.up)
    let last = (upper / step + 1e-9).rounded(.down)
    (self.lower, self.upper) = (lower, upper)
    // Bounds so close that a step is too small for a double have none.
    ticks =
      first > last || !step.isNormal ? [] : stride(from: first, through: last, by: 1).map(tick)
    decimals = max(0, -exponent)
  }

  /// The place of `value` along the axis: 0 at the lower bound, 1 at the upper one.
  func position(of value: Double) -> Double {
    (value / 2 - lower / 2) / (upper / 2 - lower / 2)
  }
}
