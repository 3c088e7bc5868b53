import Testing

@testable import Reporting

@Suite("National parks by their names") struct NationalParksTests {
  @Test(
    "zones are national parks where each is called one or is one of the published",
    arguments: [
      (["Land of the Leopard", "东北虎豹国家公园"], true), (["LLNP"], true),
      (["Yellowstone NATIONAL PARK", "Национальный парк «Бикин»", "海南热带雨林国家公园"], true),
      (["Land of the Leopard", "Барсовый заказник"], false), (["Хасанский район"], false),
      (["延吉市"], false), ([], false),
    ])
  func byName(names: [String], areNational: Bool) {
    #expect(NationalParks.are(names) == areNational)
  }

  @Test(
    "their column is headed so, and that of others is not",
    arguments: [
      (Wording.Language.english, "National park", "Area"),
      (.russian, "Национальный парк", "Территория"), (.chinese, "国家公园", "区域"),
    ])
  func heading(language: Wording.Language, national: String, other: String) throws {
    let wording = Wording(language)
    for (name, heading) in [("LLNP", national), ("Хасанский район", other)] {
      let areas = try PublishedSectionTests.areas([(name, [100, 25, 25, 25, 25])])
      let table = AreaFigures(areas: areas).markup(in: wording).source
      #expect(table.contains("<th scope=\"col\">\(heading)</th>"))
    }
  }
}
