import RasterCore
import Testing

@testable import HabitatKit

@Suite("Land settled by default") struct DefaultSettlementTests {
  private static func notes(
    _ land: [(LandCategory, flags: UInt8, km2: Double)], ricePossible: Bool? = nil
  ) -> [String] {
    var areas = [Double](repeating: 0, count: 128)
    for (category, flags, area) in land {
      areas[Int(LandState(category, flags: flags).rawValue)] += area
    }
    return DefaultSettlement(areas).notes(ricePossible: ricePossible)
  }

  @Test("is told with its km² and what it counts as") func notes() {
    let (leaf, rice) = (LandState.leafTypeByDefault, LandState.riceByDefault)
    #expect(
      Self.notes([
        (.forestBroadleaf, 0, 500), (.forestBroadleaf, leaf, 1234.5),
        (.forestMixed, leaf | LandState.byDefault, 2), (.cultivated, rice, 797.212_408),
        (.rice, 0, 3),
      ]) == [
        "Forest of unknown leaf type counts as broadleaf forest (1,234.500 km²), as mixed "
          + "conifer-broadleaf forest (2.000 km²): no finer layer says.",
        "Fields that may be rice count as cultivated fields (797.212 km²): no finer layer says.",
      ])
  }

  @Test(
    "nothing is said of rice where the landscape says that none grows",
    arguments: [(nil, 1), (true, 1), (false, 0)] as [(Bool?, Int)])
  func withoutRice(ricePossible: Bool?, count: Int) {
    let notes = Self.notes([(.cultivated, LandState.riceByDefault, 3)], ricePossible: ricePossible)
    #expect(notes.count == count)
  }

  @Test("is not told where codes or layers said all") func nothing() {
    #expect(
      Self.notes([(.forestMixed, 0, 10), (.rice, 0, 10), (.rice, LandState.riceByDefault, 1e-4)])
        == [])
  }
}
