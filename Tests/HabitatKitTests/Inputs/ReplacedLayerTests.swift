import Foundation
import HabitatKit
import RasterCore
import RasterLoader
import TestSupport
import Testing

/// An option puts a layer in the place of one of a landscape file: nothing said of the old one stays.
@Suite("Layers replaced by options") struct ReplacedLayerTests {
  private func landscape(
    _ folder: TemporaryFolder, _ change: (inout InputOptions) -> Void
  ) throws -> Landscape {
    var options = ScoreOptions()
    options.species = "tiger"
    options.inputs.landscape = try folder.write(
      """
      { name: "Place", synthetic: true,
        landCover: { tiles: ["old.tif"], legend: "ten_categories", epoch: "2019" },
        elevation: { tiles: ["dem.tif"] },
        sources: [
          { layer: "landCover", title: "Old cover", licence: "CC0", url: "a" },
          { layer: "elevation", title: "Old heights", licence: "CC0", url: "b" },
        ] }
      """, to: "landscape.json")
    change(&options.inputs)
    return try options.request().landscape
  }

  @Test("a layer goes with its legend, epoch and sources") func replaced() throws {
    try TemporaryFolder.with { folder in
      let whole = try landscape(folder) { _ in }
      #expect(whole.epoch == "2019" && whole.sources.count == 2 && whole.isSynthetic)
      let cover = try landscape(folder) { $0.landCover = ["new.tif"] }
      #expect(cover.landCover?.paths == ["new.tif"])
      #expect(cover.epoch == nil && cover.legend == nil)
      #expect(cover.sources.map(\.layer) == ["elevation"])
      let heights = try landscape(folder) { $0.dem = ["new.tif"] }
      #expect(heights.epoch == "2019" && heights.legend == "ten_categories")
      #expect(heights.sources.map(\.layer) == ["landCover"])
    }
  }

  @Test("a landscape is made up until all of its layers are replaced") func synthetic() throws {
    try TemporaryFolder.with { folder in
      #expect(try landscape(folder) { $0.landCover = ["new.tif"] }.isSynthetic)
      #expect(try landscape(folder) { $0.dem = ["new.tif"] }.isSynthetic)
      #expect(try landscape(folder) { $0.roads = "new.gpkg" }.isSynthetic)
      let real = try landscape(folder) { ($0.landCover, $0.dem) = (["new.tif"], ["new.tif"]) }
      #expect(!real.isSynthetic)
    }
  }

  @Test("the epoch of land cover is told, and is a date", arguments: ["2021", "2019/2021"])
  func epoch(_ date: String) throws {
    try TemporaryFolder.with { folder in
      let told = try landscape(folder) { ($0.landCover, $0.epoch) = (["new.tif"], date) }
      #expect(told.epoch == date)
      let error = #expect(throws: HabitatError.self) {
        try landscape(folder) { $0.epoch = "last spring" }
      }
      #expect(error?.kind == .usage && error?.slug == "bad-option")
      #expect(error?.location == "--epoch last spring")
    }
  }

  @Test(
    "the epoch of a landscape file is a date, too; what is made up may say so",
    arguments: [
      ("2021", false), ("2021-06", false), ("2019-05-01/2021", false), ("synthetic", true),
    ])
  func epochInFile(_ epoch: String, isMadeUp: Bool) throws {
    #expect(try Self.landscape(epoch: "\"\(epoch)\"", isMadeUp: isMadeUp).epoch == epoch)
  }

  @Test(
    "an epoch that is no date is refused with its place and a way to write it",
    arguments: [
      "\"20x1\"", "\"\"", "\"2021-13\"", "\"2021/2019\"", "\"synthetic\"", "\"summer 2021\"",
      "2021",
    ])
  func noDate(_ value: String) throws {
    let error = #expect(throws: HabitatError.self) {
      try Self.landscape(epoch: value, isMadeUp: false)
    }
    #expect(error?.kind == .input && error?.slug == "bad-landscape")
    #expect(error?.location == "l.json: landCover.epoch")
    #expect(error?.fix.contains(value == "2021" ? "quotes" : "2019/2021") == true)
  }

  private static func landscape(epoch: String, isMadeUp: Bool) throws -> Landscape {
    let text =
      "{ synthetic: \(isMadeUp), landCover: { tiles: [\"a.tif\"], epoch: \(epoch) } }"
    return try Landscape(json5: Data(text.utf8), file: "l.json", folder: "")
  }
}
