import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Pages of a TIFF") struct PageTests {
  private static func grid(columns: Int = 20, rows: Int = 16, step: Double = 100) throws -> Grid {
    try .northUp(
      "EPSG:32652", west: 600_000, north: 4_800_000, step: step, columns: columns, rows: rows)
  }

  /// Writes a TIFF of two pages.
  private static func write(
    _ second: Raster<UInt8>, on grid: Grid, in folder: TemporaryFolder
  ) throws -> String {
    let path = folder.path("two.tif")
    try Raster<UInt8>(columns: 20, rows: 16, filledWith: 1).write(to: path, on: Self.grid())
    try second.write(to: path, on: grid, options: ["APPEND_SUBDATASET=YES"])
    return path
  }

  private static func score(_ path: String, _ folder: TemporaryFolder) throws -> ScoreResult {
    var options = ScoreOptions()
    options.models = [
      try folder.write(
        LandCoverModel.text(scores: [90, 80, 70, 60, 50, 40, 30, 20, 10, 0]), to: "model.json")
    ]
    options.inputs.landCover = [path]
    options.inputs.legend = "ten_categories"
    options.output = folder.path("out")
    options.overwrite = true
    return try options.run()
  }

  @Test("the first is taken and the next named, which is a path") func years() throws {
    try TemporaryFolder.with { folder in
      let path = try Self.write(
        Raster(columns: 20, rows: 16, filledWith: 4), on: Self.grid(), in: folder)
      let first = try Self.score(path, folder)
      let warning = try #require(first.warnings.first { $0.slug == "page-assumed" })
      #expect(warning.what.contains("GTIFF_DIR:2:" + path))
      #expect(first.landCover.rows[0].parts[0] > 3.1)
      let second = try Self.score("GTIFF_DIR:2:" + path, folder)
      #expect(second.warnings.isEmpty)
      #expect(second.landCover.rows[0].parts[3] == first.landCover.rows[0].parts[0])
      // The record has the digest of the file.
      let record = try folder.contents(of: "out/manifest.json")
      #expect(String(decoding: record, as: UTF8.self).contains("\"\(path)\""))
      let missing = #expect(throws: HabitatError.self) {
        try Self.score("GTIFF_DIR:2:" + folder.path("none.tif"), folder)
      }
      #expect(missing?.slug == "input-missing")
    }
  }

  @Test("a page of another place is told, a smaller copy is not")
  func copies() throws {
    try TemporaryFolder.with { folder in
      func warns(_ second: Grid) throws -> Bool {
        let cells = Raster<UInt8>(columns: second.columns, rows: second.rows, filledWith: 4)
        let path = try Self.write(cells, on: second, in: folder)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try Self.score(path, folder).warnings.contains { $0.slug == "page-assumed" }
      }
      for (columns, rows, step, isPage) in [
        (10, 8, 200.0, false), (7, 6, 300, false), (10, 8, 100, true), (40, 32, 50, true),
      ] {
        let page = try Self.grid(columns: columns, rows: rows, step: step)
        #expect(try warns(page) == isPage, "\(columns) × \(rows) cells of \(step) m")
      }
    }
  }

  @Test("overviews and masks are no pages") func overviews() throws {
    try TemporaryFolder.with { folder in
      // COGs have both in the file.
      let grid = try Self.grid(columns: 1100, rows: 900)
      let path = folder.path("cog.tif")
      try Raster<UInt8>(columns: 1100, rows: 900, filledWith: 1).write(
        to: folder.path("plain.tif"), on: grid)
      try RasterCopy.cloudOptimized(folder.path("plain.tif"), to: path, options: [])
      #expect(try Self.score(path, folder).warnings.isEmpty)
    }
  }
}
