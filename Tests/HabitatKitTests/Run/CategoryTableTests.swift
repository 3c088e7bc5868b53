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

  @Test("the JSON of a row has every category with every class")
  func json() throws {
    try TemporaryFolder.with { folder in
      try TestLandscape(in: folder).options().run()
      let file = "out/leopard_areas.json"
      let document = DocumentNode(
        try JSONValue(json5: try folder.contents(of: file), at: file), file: file, slug: "bad-json")
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
