import Documents
import Foundation
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("The cross-table of categories and classes") struct CategoryTableTests {
  @Test("its columns sum to the classes and its rows to the land cover, in every park and in total")
  func sums() throws {
    try TemporaryFolder.with { folder in
      let result = try TestLandscape(in: folder).options().run()
      let species = try #require(result.species.first)
      for (row, land) in zip(species.table.allRows, result.landCover.allRows) {
        #expect(row.categories.map(\.category) == LandCategory.allCases)
        for index in row.parts.indices {
          let sum = row.categories.reduce(0) { $0 + $1.parts[index] }
          #expect(abs(sum - row.parts[index]) < 1e-9)
        }
        for (category, area) in zip(row.categories, land.parts) {
          #expect(abs(category.parts.reduce(0, +) + category.nodata - area) < 1e-9)
        }
        // What is left of the row's nodata has no land cover.
        let withCategory = row.categories.reduce(0) { $0 + $1.nodata }
        #expect(abs(withCategory + land.nodata - row.nodata) < 1e-9)
      }
      #expect(result.landCover.categoriesAreAbsent)
    }
  }

  @Test("in the file, too, categories sum to the classes, and every area has six decimals")
  func fileSums() throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      let file = "out/leopard_areas.json"
      let data = try folder.contents(of: file)
      let areas = String(decoding: data, as: UTF8.self).matches(of: /_km2": ([^,\s]+)/)
      // Three parks and their total, each with eight areas of its own, ten categories by five, and what of
      // forest and rice was settled by default.
      #expect(areas.count == 4 * (8 + 50 + 2))
      #expect(areas.allSatisfy { $0.1.wholeMatch(of: /-?[0-9]+\.[0-9]{6}/) != nil })
      let members = try DocumentNode(
        json5: data, file: file, slug: "bad-json", failure: HabitatError.inDocument
      ).members()
      for row in try #require(members["parks"]).elements() + [try #require(members["total"])] {
        let row = try row.members()
        let categories = try #require(row["by_category"]).members()
        for column in ["not_suitable", "minimum", "medium", "maximum"].map({ $0 + "_km2" }) {
          var sum = 0.0
          for category in categories.values {
            sum += try #require(try category.members()[column]).number()
          }
          // Eleven numbers, each rounded by half a millionth at most.
          #expect(abs(sum - (try #require(row[column]).number())) <= 11 * 5e-7)
        }
      }
    }
  }

  @Test("the JSON of a row has every category with every class")
  func json() throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      let file = "out/leopard_areas.json"
      let document = try DocumentNode(
        json5: try folder.contents(of: file), file: file, slug: "bad-json",
        failure: HabitatError.inDocument)
      let members = try document.members()
      for row in try #require(members["parks"]).elements() + [try #require(members["total"])] {
        let categories = try #require(try row.members()["by_category"]).members()
        #expect(Set(categories.keys) == Set(LandCategory.allCases.map(\.key)))
        for category in categories.values {
          #expect(
            try category.members().keys.sorted() == [
              "maximum_km2", "medium_km2", "minimum_km2", "nodata_km2", "not_suitable_km2",
            ])
        }
      }
    }
  }
}

extension AreaTable {
  fileprivate var categoriesAreAbsent: Bool { allRows.allSatisfy(\.categories.isEmpty) }
}
