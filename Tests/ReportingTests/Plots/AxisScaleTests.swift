import Foundation
import RasterCore
import TestSupport
import Testing

@testable import Reporting

@Suite("Axes") struct AxisScaleTests {
  @Test(
    "ticks are the round numbers one would choose",
    arguments: [
      (0.0, 1900.0, 6, [0.0, 500, 1000, 1500], 0), (0, 100, 5, [0, 20, 40, 60, 80, 100], 0),
      (-114, 2014, 6, [0, 500, 1000, 1500, 2000], 0),
      (0, 0.6, 6, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6], 1),
      (-5.4, 95.4, 6, [0, 20, 40, 60, 80], 0), (0.001, 0.009, 4, [0.002, 0.004, 0.006, 0.008], 3),
    ])
  func byHand(lower: Double, upper: Double, count: Int, ticks: [Double], decimals: Int) {
    let scale = AxisScale(from: lower, to: upper, intervals: count)
    #expect(scale.ticks == ticks)
    #expect(scale.decimals == decimals)
  }

  @Test("ticks lie within the bounds, evenly, and not too many", arguments: UInt64(0)..<200)
  func laws(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let lower = Double.random(in: -1000...1000, using: &random)
    let span = pow(10, Double.random(in: -4...6, using: &random))
    let scale = AxisScale(from: lower, to: lower + span, intervals: 6)
    #expect(scale.ticks.count >= 3 && scale.ticks.count <= 13)
    let steps = zip(scale.ticks, scale.ticks.dropFirst()).map { $1 - $0 }
    for step in steps { #expect(abs(step - steps[0]) < 1e-9 * max(span, abs(lower))) }
    for tick in scale.ticks {
      // A bound that is a tick may differ in the last bits.
      #expect(scale.position(of: tick) > -1e-6 && scale.position(of: tick) < 1 + 1e-6)
      // What is printed is the tick itself.
      #expect(abs(Double(tick.formatted(decimals: scale.decimals))! - tick) < 1e-9 * span)
    }
  }
}
