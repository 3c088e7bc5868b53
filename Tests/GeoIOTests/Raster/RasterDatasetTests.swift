import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite("Opening rasters")
struct RasterDatasetTests {
  private func failure(_ path: String) -> HabitatError? {
    #expect(throws: HabitatError.self) { _ = try RasterDataset(reading: path).columns }
  }

  @Test("a file that is not there, and one that is no raster, are told apart")
  func unreadable() throws {
    try TemporaryFolder.with { folder in
      try folder.write("not a raster", to: "a.tif")
      #expect(failure(folder.path("none.tif"))?.slug == "input-missing")
      #expect(failure(folder.path("a.tif"))?.slug == "not-a-raster")
      #expect(failure(folder.path("a.tif"))?.kind == .input)
      #expect(failure(folder.path("a.tif"))?.location == folder.path("a.tif"))
    }
  }

  @Test("bands are counted from 1", arguments: [0, 2, -1])
  func band(number: Int) throws {
    try TemporaryFolder.with { folder in
      let grid = try RasterRoundTripTests.grid(columns: 1, rows: 1)
      try Raster(columns: 1, rows: 1, filledWith: UInt8(1)).write(
        to: folder.path("a.tif"), on: grid)
      let dataset = try RasterDataset(reading: folder.path("a.tif"))
      let error = #expect(throws: HabitatError.self) { try dataset.band(number) }
      #expect(error?.slug == "band-missing")
    }
  }

  @Test("a raster cut short fails where its cells are missing")
  func truncated() throws {
    try TemporaryFolder.with { folder in
      let grid = try RasterRoundTripTests.grid(columns: 100, rows: 100)
      var random = SeededGenerator(seed: 1)
      try Raster(grid) { _, _ in UInt8.random(in: 0...255, using: &random) }
        .write(to: folder.path("a.tif"), on: grid)
      let bytes = try folder.contents(of: "a.tif")
      try folder.write(bytes.prefix(bytes.count / 2), to: "a.tif")
      let dataset = try RasterDataset(reading: folder.path("a.tif"))
      var cells = [UInt8](repeating: 0, count: grid.cellCount)
      let error = #expect(throws: HabitatError.self) {
        try dataset.read(grid.window, band: 1, into: &cells)
      }
      #expect(error?.kind == .input)
      #expect(error?.slug == "unreadable-block")
      #expect(error?.location.hasPrefix(folder.path("a.tif")) == true)
    }
  }

  @Test("the files of a mosaic are those of its parts too")
  func files() throws {
    try TemporaryFolder.with { folder in
      let grid = try RasterRoundTripTests.grid(columns: 2, rows: 2)
      try Raster(columns: 2, rows: 2, filledWith: UInt8(1)).write(
        to: folder.path("a.tif"), on: grid)
      try folder.write(
        """
        <VRTDataset rasterXSize="2" rasterYSize="2"><VRTRasterBand dataType="Byte" band="1">
        <SimpleSource><SourceFilename relativeToVRT="1">a.tif</SourceFilename></SimpleSource>
        </VRTRasterBand></VRTDataset>
        """, to: "a.vrt")
      let files = try RasterDataset(reading: folder.path("a.vrt")).sources(ofBand: 1).files
      #expect(files.map { String($0.split(separator: "/").last!) }.sorted() == ["a.tif", "a.vrt"])
    }
  }
}
