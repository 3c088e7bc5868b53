import RasterCore
import Reclassification
import Testing

@testable import HabitatKit
@testable import RasterLoader

@Suite("What a legend makes of codes") struct LegendCodesTests {
  private static func table(
    _ legend: Legend, _ refine: (inout Landscape.Refinement) -> Void = { _ in }
  ) -> CodeTable {
    var refinement = Landscape.Refinement()
    refine(&refinement)
    return legend.codeTable(refinedBy: refinement)
  }

  @Test("a table answers as its legend does, for codes of a byte and for all others")
  func answers() throws {
    let legend = try Legend(text: "[-5,3]=5; 7=2; (300,inf]=NO_DATA; DEFAULT=8", file: "x.txt")
    let table = Self.table(legend)
    let byDefault = LandState(.cultivated, flags: LandState.byDefault)
    let answers: [(Int, LandState)] = [
      (-40_000, byDefault), (-6, byDefault), (-5, LandState(.meadow)), (3, LandState(.meadow)),
      (4, byDefault), (7, LandState(.forestMixed)), (300, byDefault), (301, .nodata),
      (1_000_000, .nodata),
    ]
    for (code, state) in answers { #expect(table.state(code) == state, "\(code)") }
    #expect(table.bytes == (0...255).map { table.state($0).rawValue })
    let strict = Self.table(try Legend.builtIn(named: "modis_igbp"))
    for code in [0, 18, 70_000] { #expect(strict.state(code) == .unknown, "\(code)") }
    #expect(strict.state(255) == .nodata && strict.state(17) == LandState(.water))
  }

  @Test("codes that leave the leaf type or rice open are settled by the landscape, and say so")
  func refined() throws {
    let legend = try Legend.builtIn(named: "esa_worldcover")
    let forest = Self.table(legend) { $0.defaultForest = .forestMixed }.state(10)
    #expect(forest == LandState(.forestMixed, flags: LandState.leafTypeByDefault))
    let rice = Legend(
      name: "x", entries: [1: Legend.Entry(category: .rice, note: "[rice]")])
    #expect(
      Self.table(rice) { $0.ricePossible = true }.state(1)
        == LandState(.rice, flags: LandState.riceByDefault))
    #expect(
      Self.table(rice) { $0.ricePossible = false }.state(1)
        == LandState(.cultivated, flags: LandState.riceByDefault))
  }
}
