import Foundation
import Testing

@testable import RasterLoader

@Suite("Slopes of DEM cells")
struct HornKernelTests {
  /// Tangents from 0 to 1e6, over all binary orders between, and those next to 45°.
  @Test("angles of squared tangents are the library's in doubles, to 1e-5 degrees")
  func arctangent() {
    var worst = 0.0
    var squares: [Float] = [0, 1, Float(1).nextUp, Float(1).nextDown, 1e-30, 1e12]
    for order in -40...40 {
      for part in 0..<200 { squares.append(Float(scalbn(1 + Double(part) / 200, order))) }
    }
    for anyAbove45 in [false, true] {
      let asked = anyAbove45 ? squares : squares.filter { $0 <= 1 }
      var angles = asked
      unsafe angles.withUnsafeMutableBufferPointer {
        unsafe $0.replaceSquaredTangentsWithDegrees(anyAbove45: anyAbove45)
      }
      for (square, angle) in zip(asked, angles) {
        let exact = atan(Double(square).squareRoot()) * 180 / .pi
        worst = max(worst, abs(Double(angle) - exact))
      }
    }
    #expect(worst < 1e-5)
  }
}
