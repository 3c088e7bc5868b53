import RasterCore
import Testing

@Suite("Numbers as text")
struct DoubleFormattingTests {
  @Test(
    "decimals are fixed and zero has no sign",
    arguments: [
      (1.0, 6, "1.000000"), (-0.0, 6, "0.000000"), (-4e-7, 6, "0.000000"),
      (-6e-7, 6, "-0.000001"), (1234567.891, 2, "1234567.89"), (2.5, 0, "2"), (3.5, 0, "4"),
      (-0.4, 0, "0"), (1e15, 1, "1000000000000000.0"),
    ])
  func formatted(number: Double, decimals: Int, text: String) {
    #expect(number.formatted(decimals: decimals) == text)
  }

  @Test(
    "thousands are apart by commas",
    arguments: [
      (0.0, 0, "0"), (999.0, 0, "999"), (1000.0, 0, "1,000"), (-1234567.5, 1, "-1,234,567.5"),
      (1234.5678, 3, "1,234.568"), (999_999.9, 0, "1,000,000"), (-0.2, 0, "0"),
      (-123.0, 0, "-123"),
    ])
  func grouped(number: Double, decimals: Int, text: String) {
    #expect(number.grouped(decimals: decimals) == text)
  }
}
