import Testing

@testable import Reporting

@Suite("Scale bars") struct ScaleBarTests {
  @Test(
    "the bar is the longest round length that fits",
    arguments: [
      (metresPerPoint: 400.0, length: 20_000.0, ratio: 1_100_000.0),  // 120 pt are 48 km
      (metresPerPoint: 1000, length: 100_000, ratio: 2_800_000),  // 120 km
      (metresPerPoint: 0.5, length: 50, ratio: 1_400),  // 60 m
      (metresPerPoint: 0.005, length: 0.5, ratio: 14),  // 0.6 m
    ])
  func lengths(metresPerPoint: Double, length: Double, ratio: Double) throws {
    let bar = try #require(ScaleBar(metresPerPoint: metresPerPoint, atMost: 120))
    #expect(abs(bar.length - length) < 1e-9 * length)
    #expect(abs(bar.width * metresPerPoint - bar.length) < 1e-9 * length)
    #expect(bar.width <= 120 * (1 + 1e-9) && bar.width > 120 / 2.5 - 1e-9)
    // metres a point × 72 points an inch / 0.0254 m an inch, to two digits
    #expect(abs(bar.ratio - ratio) < 1e-6 * ratio)
  }

  @Test("where the ground is not known there is none", arguments: [0, -1, .nan, .infinity])
  func none(metresPerPoint: Double) {
    #expect(ScaleBar(metresPerPoint: metresPerPoint, atMost: 120) == nil)
  }
}
