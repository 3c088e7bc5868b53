import Documents
import Foundation
import GeoIO
import RasterCore
import Reporting
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Printed maps") struct MapPrinterTests {
  /// Land cover alone decides, so there is no relief and each class has its very colour.
  private static func withRun(
    crs: String = "EPSG:32652", title: String = "Cover", parks: [NamedPolygon]? = nil,
    _ body: (TemporaryFolder, TestLandscape) throws -> Void
  ) throws {
    try TemporaryFolder.with { folder in
      var landscape = try TestLandscape(in: folder, crs: crs)
      landscape.parks = parks ?? landscape.parks
      var options = try landscape.options()
      options.species = nil
      options.inputs.dem = []
      let model = LandCoverModel.text(scores: [10, 40, 70, 90, 10, 40, 70, 90, 10, 40])
        .replacing("\"Cover\"", with: "\"\(title)\"")
      options.models = [try folder.write(model, to: "cover.json")]
      try options.run()
      try body(folder, landscape)
    }
  }

  private static func write(
    _ folder: TemporaryFolder, language: String = "en"
  ) throws -> Data {
    let files = try RunReport(folder: folder.path("out"), language: language)
      .write(printsMaps: true)
    #expect(files == ["report.html", "report.pdf"].map { folder.path("out/\($0)") })
    return try folder.contents(of: "out/report.pdf")
  }

  @Test("equal runs are printed as equal bytes, whatever the time; the record knows them")
  func sameBytes() throws {
    try Self.withRun { folder, _ in
      let html = try RunReport(folder: folder.path("out")).write()
      #expect(html == [folder.path("out/report.html")] && !folder.has("out/report.pdf"))
      let page = try folder.contents(of: "out/report.html")
      let first = try Self.write(folder)
      // The page is the same with maps beside it and without.
      #expect(try folder.contents(of: "out/report.html") == page)
      Thread.sleep(forTimeInterval: 1.1)
      #expect(try Self.write(folder) == first)
      let manifest = String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
      #expect(manifest.components(separatedBy: "\"path\": \"report.pdf\"").count == 2)
      #expect(manifest.contains(SHA256.hexDigest(of: first)))
      #expect(first.range(of: Data("Date".utf8)) == nil)
    }
  }

  @Test(
    "cells are printed where they lie, in their colours", arguments: ["EPSG:32652", "EPSG:4326"])
  func places(crs: String) throws {
    try Self.withRun(crs: crs) { folder, landscape in
      _ = try Self.write(folder)
      let page = try RasterDataset(reading: folder.path("out/report.pdf"))
      #expect(page.crs?.name == crs)
      let found = page.geotransform
      let geotransform = try #require(found)
      let whole = Window(column: 0, row: 0, columns: page.columns, rows: page.rows)
      var bands: [[UInt8]] = []
      for band in 1...3 {
        var cells = [UInt8](repeating: 0, count: whole.cellCount)
        try page.read(whole, band: band, into: &cells)
        bands.append(cells)
      }
      let classes = try RasterDataset(reading: folder.path("out/cover_class.tif"))
      var codes = [UInt8](repeating: 0, count: classes.columns * classes.rows)
      try classes.read(
        Window(column: 0, row: 0, columns: classes.columns, rows: classes.rows), band: 1,
        into: &codes)
      // styles/suitability_classes.csv, and water, which is of the first class, of styles/water.csv.
      let colours: [[Int]] = [
        [0xEC, 0xDC, 0xB6], [0x96, 0xC0, 0x7E], [0x4F, 0x9E, 0x74], [0x0B, 0x4F, 0x4A],
        [0xB5, 0xD6, 0xEC],
      ]
      /// Of the cells whose middle has the colour of a class, and not that of a line or a letter, the
      /// share that has the one of the cell so many columns further; at least half must have one.
      func share(shiftedBy shift: Int) -> Double {
        var (fitting, all, places) = (0, 0, 0)
        for row in 0..<classes.rows {
          for column in 2..<classes.columns - 2 {
            let place = landscape.grid.geotransform.point(
              column: Double(column) + 0.5, row: Double(row) + 0.5)
            let dot = geotransform.index(of: place)
            let (x, y) = (Int(dot.x), Int(dot.y))
            guard (0..<page.columns).contains(x), (0..<page.rows).contains(y) else { continue }
            let printed = bands.map { Int($0[y * page.columns + x]) }
            places += 1
            let found = colours.firstIndex { colour in
              zip(printed, colour).allSatisfy { abs($0 - $1) <= 2 }
            }
            guard let found else { continue }
            all += 1
            let index = row * classes.columns + column + shift
            let isWater = landscape.landCover.cells[index] == LandCategory.water.rawValue
            let expected = codes[index] == 1 && isWater ? 5 : Int(codes[index])
            if found + 1 == expected { fitting += 1 }
          }
        }
        #expect(all > places / 2)
        return Double(fitting) / Double(all)
      }
      // Letters may happen to have the colour of a class.
      #expect(share(shiftedBy: 0) > 0.98)
      #expect(share(shiftedBy: 2) < 0.7)
    }
  }

  @Test("the parks are a layer that can be read, with their figures") func parks() throws {
    try Self.withRun { folder, landscape in
      _ = try Self.write(folder)
      let printed = try PolygonLayer(
        reading: folder.path("out/report.pdf"),
        PolygonLayer.Selection(layer: "cover_parks", idField: "park_id", nameField: "park"))
      // The sliver lies beyond the grid's edge or is smaller than a dot.
      let names = printed.features.map(\.name)
      #expect(names.contains("Восточный") && names.contains("Inner, \"west\""))
      let source = try PolygonLayer(
        reading: folder.path("parks.gpkg"),
        PolygonLayer.Selection(layer: nil, idField: "park_id", nameField: "name"))
      let toGrid = try CoordinateTransform(
        from: #require(source.crs), to: landscape.grid.crs)
      let inner = try #require(source.features.first { $0.id == "1" }?.shape.rings[0])
        .map { toGrid.transform($0) }
      let drawn = try #require(printed.features.first { $0.id == "1" }?.shape.rings[0])
      // A map unit of simplification and two decimals of a point: metres on this map.
      for corner in inner {
        #expect(drawn.contains { hypot($0.x - corner.x, $0.y - corner.y) < 10 })
      }
    }
  }

  @Test(
    "all parts of a park are printed, with their holes", arguments: ["EPSG:32652", "EPSG:4326"])
  func parts(crs: String) throws {
    // A large part with a hole and a small one, west of it; read as one mirrored ring within another,
    // the small part would be a hole outside the shell.
    let rings = [
      TestLandscape.hexagon(130.79, 43.29, 0.03), TestLandscape.hexagon(130.79, 43.29, 0.006),
      TestLandscape.hexagon(130.74, 43.27, 0.012),
    ].map { $0.rings[0] }
    let shape = PolygonShape(rings: [rings[0], rings[1].reversed(), rings[2]])
    try Self.withRun(crs: crs, parks: [NamedPolygon("7", "Two parts", shape)]) { folder, _ in
      _ = try Self.write(folder)
      let printed = try PolygonLayer(
        reading: folder.path("out/report.pdf"),
        PolygonLayer.Selection(layer: "cover_parks", idField: "park_id", nameField: "park"))
      let drawn = try #require(printed.features.first)
      #expect(drawn.drawn == nil && drawn.shape.rings.count == 3)
      // Of the large part the hole is (6/30)², the small part (12/30)².
      let areas = drawn.shape.rings.map(\.signedArea).sorted()
      let largest = try #require(areas.last)
      #expect(abs(areas[0] / largest + 0.04) < 0.004 && abs(areas[1] / largest - 0.16) < 0.01)
    }
  }

  @Test("where the maps cannot be made, the page is there and entered, and the error comes after")
  func pageWithoutPrint() throws {
    try Self.withRun { folder, _ in
      let report = try RunReport(folder: folder.path("out"))
      _ = try report.write(printsMaps: true)
      let page = try folder.contents(of: "out/report.html")
      try FileManager.default.removeItem(atPath: folder.path("out/report.html"))
      var slugs: [String] = []
      let error = #expect(throws: HabitatError.self) {
        try report.write(printsMaps: true, warn: { slugs.append($0.slug) }) {
          _ throws(HabitatError) in
          throw HabitatError(.cannotWrite, "write-failed", "no room", at: "maps", fix: "make some")
        }
      }
      #expect(error?.slug == "write-failed" && slugs == ["print-removed"])
      #expect(try folder.contents(of: "out/report.html") == page)
      #expect(!folder.has("out/report.pdf"))
      #expect(try VerificationOptions(folder: folder.path("out")).verify().isSame)
    }
  }

  @Test("an outline that cannot be cut is told with the name of its park") func namesThePark() {
    // Two loops over one another, which no outline is once it has been read.
    let crossed = PolygonShape(rings: [
      [(0, 0), (4, 4), (4, 0), (0, 4), (2, 6), (4, 2), (-1, 1)].map { Point(x: $0.0, y: $0.1) }
    ])
    let outline = ReportMap.Outline(
      anchor: "park-1", name: "Кедровая Падь", shape: crossed, label: Point(x: 1, y: 1),
      ground: .init(metresPerUnit: 1, north: 0))
    let error = #expect(throws: HabitatError.self) {
      try MapPrinter.part(of: outline, in: .box(1, 1, 3, 3))
    }
    #expect(error?.slug == "polygon-overlay" && error?.kind == .fault)
    #expect(error?.what.contains("Кедровая Падь") == true)
  }

  @Test(
    "names of any script and any mischief are on the page as text", arguments: ["en", "ru", "zh"])
  func names(language: String) throws {
    try Self.withRun(title: "Рысь </Layer> 虎 & é") { folder, _ in
      let bytes = try Self.write(folder, language: language)
      #expect(bytes.starts(with: Data("%PDF".utf8)))
      let page = try RasterDataset(reading: folder.path("out/report.pdf"))
      #expect(page.metadata["TITLE"]?.isEmpty == false)
    }
  }

  @Test("without class rasters there is nothing to print, and nothing is written") func refuses()
    throws
  {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.layers = "score"
      try options.run()
      let error = #expect(throws: HabitatError.self) {
        try RunReport(folder: folder.path("out")).write(printsMaps: true)
      }
      #expect(error?.slug == "map-missing" && error?.kind == .input)
      #expect(!folder.has("out/report.html") && !folder.has("out/report.pdf"))
    }
  }
}
