import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Faults of many inputs") struct GatheredMessagesTests {
  private static func warning(_ what: String, _ location: String, fix: String = "mend it")
    -> HabitatWarning
  {
    HabitatWarning("some-fault", what, at: location, fix: fix)
  }

  @Test("the same fault of several files is told once, with its count, in the place of the first")
  func repeated() {
    let tiles = (1...7).map { Self.warning("t/\($0).tif is broken", "landcover: t/\($0).tif") }
    let other = Self.warning("it is empty", "dem: d.tif")
    let gathered = (tiles.prefix(3) + [other] + tiles.dropFirst(3)).gathered
    #expect(
      gathered == [
        Self.warning(
          "t/1.tif is broken (7 times)",
          "landcover: t/1.tif, t/2.tif, t/3.tif, t/4.tif, t/5.tif and 2 more"), other,
      ])
  }

  @Test("what differs in more than the file stays apart")
  func different() {
    let warnings = [
      Self.warning("a.tif is broken at 5", "dem: a.tif"),
      Self.warning("b.tif is broken at 6", "dem: b.tif"),
      Self.warning("a.tif is broken at 5", "landcover: a.tif"),
      Self.warning("a.tif is broken at 5", "dem: a.tif", fix: "fetch it"),
    ]
    #expect(warnings.gathered == warnings)
    #expect([HabitatWarning]().gathered.isEmpty)
  }

  @Test("a check of many damaged tiles gives one reason, and in JSON each") func damagedTiles()
    throws
  {
    try TemporaryFolder.with { folder in
      var check = CheckOptions()
      for number in 1...8 {
        check.inputs.landCover.append(try folder.write("no raster", to: "tile\(number).tif"))
      }
      check.inputs.legend = "ten_categories"
      let report = try check.check().run()
      #expect(report.errors.count == 8)
      #expect(report.verdict == "A run would be refused, for one reason.")
      let text = report.text
      #expect(text.contains("(8 times)") && text.contains("and 3 more"))
      #expect(text.matches(of: /error\[/).count == 1)
    }
  }
}
