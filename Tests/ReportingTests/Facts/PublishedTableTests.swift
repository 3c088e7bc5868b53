import Foundation
import RasterCore
import TestSupport
import Testing

@testable import Reporting

@Suite("Published tables") struct PublishedTableTests {
  @Test("the tables hold what the report prints") func asPrinted() {
    let leopard = PublishedTable.leopard
    #expect(leopard.number == 8 && leopard.rows.map(\.area.value) == [3705, 14838])
    #expect(leopard.rows[0].classes.map(\.value) == [129, 619, 1532, 1425])
    #expect(leopard.total.classes.map(\.value) == [1304, 5670, 7455, 4114])
    let tiger = PublishedTable.tiger
    // One square kilometre off Table 8, as printed.
    #expect(tiger.number == 9 && tiger.rows.map(\.area.value) == [3706, 14837])
    #expect(tiger.rows[1].classes.map(\.value) == [3768, 6950, 2963, 1156])
    #expect(tiger.rows[1].label == "Northeast Tiger and Leopard National Park, China")
    #expect(PublishedTable.of(species: "snow-leopard") == nil)
  }

  @Test("rows and columns add up", arguments: ["leopard", "tiger"])
  func addsUp(species: String) throws {
    let table = try #require(PublishedTable.of(species: species))
    for row in table.rows + [table.total] {
      #expect(row.classes.map(\.value).reduce(0, +) == row.area.value)
    }
    for index in table.total.classes.indices {
      #expect(
        table.rows.map { $0.classes[index].value }.reduce(0, +) == table.total.classes[index].value)
    }
  }

  @Test("figures are traced to the document of the tables") func traced() {
    #expect(
      PublishedTable.tiger.rows[0].classes[1].origin
        == .value("neaspec-2026#table9[0].minimum_km2"))
  }

  @Test(
    "they are the shared reference's, byte for byte",
    .enabled(if: SharedData.isPresent, "the shared data sets are absent"))
  func shared() throws {
    for (name, bytes) in [
      ("table8_leopard", PackageResources.table8_leopard_csv),
      ("table9_tiger", PackageResources.table9_tiger_csv),
    ] {
      let reference = SharedData.path("../reference/published/\(name).csv")
      #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: reference))) == bytes)
    }
  }
}
