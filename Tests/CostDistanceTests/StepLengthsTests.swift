import CostDistance
import RasterCore
import TestSupport
import Testing

@Suite("Lengths of steps on the ellipsoid") struct StepLengthsTests {
  @Test(
    "are those of an independent program, printed to 12 digits", .enabled(if: SharedData.isPresent))
  func vector() throws {
    let vectors = try CorridorVectors("geographic")
    let east = vectors.numbers("east")
    let steps = StepLengths(
      on: .wgs84, top: vectors.number("top"), cellWidth: vectors.number("dx"),
      cellHeight: vectors.number("dy"), rows: east.count)
    for (found, expected) in [
      (steps.east, east), (steps.south, Array(vectors.numbers("south").dropLast())),
      (steps.diagonal, Array(vectors.numbers("diagonal").dropLast())),
    ] {
      #expect(found.count == expected.count)
      #expect(zip(found, expected).allSatisfy { agree($0, $1, within: 1e-11) })
    }
  }

  /// The oracle: `geod -I +ellps=WGS84 -F %.9f` of PROJ 9.1.1 between centres of cells of 0.05°.
  @Test(
    "agree with geodesics to a part in 10⁷",
    arguments: [
      (0.1, [5565.969803013, 5528.713836882, 7845.172010777]),
      (43.9, [4018.719566973, 5555.465685637, 6857.609296927]),
      (-66, [2268.013796007, 5575.408496880, 6018.220859203]),
      (88.95, [104.775463671, 5584.678167643, 5585.706640151]),
    ] as [(Double, [Double])])
  func geodesics(top: Double, metres: [Double]) {
    let steps = StepLengths(on: .wgs84, top: top, cellWidth: 0.05, cellHeight: 0.05, rows: 2)
    for (found, expected) in zip([steps.east[0], steps.south[0], steps.diagonal[0]], metres) {
      #expect(agree(found, expected, within: 1e-7))
    }
  }

  @Test("rows that run northward have the same lengths the other way round") func northward() {
    let down = StepLengths(on: .wgs84, top: 50, cellWidth: 0.02, cellHeight: 0.03, rows: 40)
    let up = StepLengths(
      on: .wgs84, top: 50 - 40 * 0.03, cellWidth: 0.02, cellHeight: -0.03, rows: 40)
    for (one, other) in [
      (down.east, up.east), (down.south, up.south), (down.diagonal, up.diagonal),
    ] {
      // Latitudes are rounded.
      #expect(zip(one, other.reversed()).allSatisfy { agree($0, $1, within: 1e-12) })
    }
    #expect(zip(down.east, down.east.dropFirst()).allSatisfy(<))
    let one = StepLengths(on: .wgs84, top: 1, cellWidth: 1, cellHeight: 1, rows: 1)
    #expect(one.east.count == 1 && one.south.isEmpty)
  }
}
