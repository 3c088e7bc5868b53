import Foundation
import Styles
import Testing

@Suite("Colours that can be told apart")
struct ColourTests {
  /// How a colour looks: to most people, and to those who lack the cones for long or middle waves.
  ///
  /// Source: Viénot, Brettel and Mollon (1999), *Color Research and Application* 24(4), 243–252, as
  /// matrices on linear RGB.
  enum Sight: CaseIterable {
    case usual, protanope, deuteranope

    var matrix: [[Double]] {
      switch self {
      case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
      case .protanope: [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]
      case .deuteranope: [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]
      }
    }

    /// CIE L*a*b* under D65.
    func lab(_ colour: UInt32) -> SIMD3<Double> {
      let linear = [16, 8, 0].map { shift -> Double in
        let share = Double(colour >> UInt32(shift) & 0xFF) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
      }
      let seen = matrix.map { row in max(0, zip(row, linear).map(*).reduce(0, +)) }
      let toXYZ = [
        [0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505], [0.2126, 0.7152, 0.0722],
        [0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089],
      ]
      let f = toXYZ.map { row -> Double in
        let share = zip(row, seen).map(*).reduce(0, +)
        return share > 216.0 / 24389 ? cbrt(share) : (24389.0 / 27 * share + 16) / 116
      }
      return SIMD3(116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]))
    }
  }

  @Test("white is 100, black 0 and middle grey 53.6 light to all", arguments: Sight.allCases)
  func lightness(sight: Sight) {
    #expect(abs(sight.lab(0xFF_FFFF).x - 100) < 0.1)
    #expect(abs(sight.lab(0).x) < 1e-9)
    #expect(abs(sight.lab(0x80_8080).x - 53.6) < 0.1)
  }

  /// A grey print keeps the lightness alone; ten steps of it are told apart at a glance.
  @Test("each class is darker than the one before by at least ten", arguments: Sight.allCases)
  func classes(sight: Sight) {
    let lights = ColourLegend.suitabilityClasses.entries.map { sight.lab($0.colour).x }
    #expect(lights.count == 4)
    for (lighter, darker) in zip(lights, lights.dropFirst()) { #expect(lighter - darker >= 10) }
  }

  @Test(
    "no class looks like water, nor like the paper where there are no data",
    arguments: Sight.allCases)
  func ground(sight: Sight) throws {
    let water = try #require(ColourLegend.water.entries.first)
    let category = ColourLegend.landCategories.entries.first { $0.key == "water" }
    #expect(category?.value == water.value)
    for entry in ColourLegend.suitabilityClasses.entries {
      for ground in [water.colour, 0xFF_FFFF] {
        let difference = sight.lab(entry.colour) - sight.lab(ground)
        #expect((difference * difference).sum().squareRoot() >= 20, "\(entry.name)")
      }
    }
  }

  @Test("ramps darken from stop to stop", arguments: Sight.allCases)
  func ramps(sight: Sight) {
    for ramp in [ColourRamp.score, .resistance(maximum: 100)] {
      let lights = ramp.stops.map { sight.lab($0.colour).x }
      for (lighter, darker) in zip(lights, lights.dropFirst()) { #expect(lighter - darker >= 5) }
      let values = ramp.stops.map(\.value)
      #expect(zip(values, values.dropFirst()).allSatisfy(<))
    }
  }

  /// 2.3 is a difference just seen side by side (Mahy et al., 1994); patches apart need several times that.
  @Test("no two categories or limits look alike", arguments: Sight.allCases)
  func codes(sight: Sight) {
    for legend in [ColourLegend.landCategories, .limitingFactors] {
      for (index, one) in legend.entries.enumerated() {
        for other in legend.entries[..<index] {
          let difference = sight.lab(one.colour) - sight.lab(other.colour)
          let distance = (difference * difference).sum().squareRoot()
          #expect(distance >= 9, "\(one.name) and \(other.name): \(distance)")
        }
      }
    }
  }

  @Test("resistances run from 1 to the model's own maximum")
  func resistance() {
    let ramp = ColourRamp.resistance(maximum: 11)
    #expect(ramp.stops.first?.value == 1 && ramp.stops.last?.value == 11)
    #expect(ramp.stops.map(\.value)[2] == 3)  // a fifth of the way
  }
}
