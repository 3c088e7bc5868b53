import RasterCore
import Testing

@testable import Reporting

@Suite("All species at a glance") struct SummarySectionTests {
  @Test(
    "what is missing to 100 % is explained, and only then", arguments: Wording.Language.allCases)
  func rest(language: Wording.Language) throws {
    let wording = Wording(language)
    for nodata in [0.0, 16] {
      let areas = try PublishedSectionTests.areas(
        [("A", [100, 21, 21, 21, 21 + 16 - nodata])], nodata: nodata)
      let text = SummarySection([areas], reservations: []).body(in: wording).source
      #expect(text.contains(wording["summary.rest"]) == (nodata > 0))
    }
  }
}
