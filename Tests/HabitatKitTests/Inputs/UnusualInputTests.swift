import Foundation
import GeoIO
import HabitatKit
import RasterCore
import TestSupport
import Testing

@Suite("Unusual input")
struct UnusualInputTests {
  /// Puts the path of a pipe where a file is expected.
  struct Place: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let put: @Sendable (inout ScoreOptions, String) -> Void
  }

  @Test(
    "a pipe in place of any file is refused, not waited for",
    arguments: [
      Place(testDescription: "land cover") { $0.inputs.landCover = [$1] },
      Place(testDescription: "dem") { $0.inputs.dem = [$1] },
      Place(testDescription: "parks") { $0.inputs.parks = $1 },
      Place(testDescription: "roads") { $0.inputs.roads = $1 },
      Place(testDescription: "settlements") { $0.inputs.settlements = $1 },
      Place(testDescription: "water") { $0.inputs.water = $1 },
      Place(testDescription: "legend") { $0.inputs.legend = $1 },
      Place(testDescription: "model") { $0.models = [$1] },
      Place(testDescription: "landscape") { $0.inputs.landscape = $1 },
    ])
  func pipe(place: Place) throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      #expect(unsafe mkfifo(folder.path("pipe"), 0o600) == 0)
      place.put(&options, folder.path("pipe"))
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.slug == "not-a-file" && error?.kind == .input)
      #expect(error?.description.contains(folder.path("pipe")) == true)
      #expect(!folder.has("out"))
    }
  }

  @Test("a pipe that a virtual raster is made of is refused")
  func pipeWithin() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      #expect(unsafe mkfifo(folder.path("pipe"), 0o600) == 0)
      options.inputs.landCover = [
        try folder.write(
          """
          <VRTDataset rasterXSize="40" rasterYSize="32"><SRS>EPSG:32652</SRS>
          <GeoTransform>640000, 300, 0, 4800000, 0, -300</GeoTransform>
          <VRTRasterBand dataType="Byte" band="1"><SimpleSource>
          <SourceFilename relativeToVRT="1">pipe</SourceFilename><SourceBand>1</SourceBand>
          <SourceProperties RasterXSize="40" RasterYSize="32" DataType="Byte" BlockXSize="40"
            BlockYSize="32"/>
          <SrcRect xOff="0" yOff="0" xSize="40" ySize="32"/>
          <DstRect xOff="0" yOff="0" xSize="40" ySize="32"/>
          </SimpleSource></VRTRasterBand></VRTDataset>
          """, to: "a.vrt")
      ]
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.slug == "not-a-file")
    }
  }

  @Test("an extent without land cover is refused, and told where the land cover is")
  func extentElsewhere() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.inputs.extent = "100000,4790400,112000,4800000"
      options.inputs.parks = nil
      options.inputs.parkID = nil
      let error = #expect(throws: HabitatError.self) { try options.run() }
      #expect(error?.slug == "extent-elsewhere" && error?.kind == .input)
      // 40 × 32 cells of 300 m.
      #expect(error?.fix.contains("640000…652000 by 4790400…4800000") == true)
      #expect(!folder.has("out"))
      options.inputs.extent = "651700,4790400,670000,4800000"
      #expect(try options.run().warnings.contains { $0.slug == "landcover-gap" })
    }
  }

  @Test("check counts codes beyond 32 bits as what they are")
  func checkedCodes() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      let score = try landscape.options()
      let raster = Raster(landscape.grid) { column, _ in Int64(column < 30 ? 1 << 32 + 3 : 2) }
      try raster.write(to: folder.path("long.tif"), on: landscape.grid)
      var options = CheckOptions()
      options.inputs = score.inputs
      options.inputs.landCover = [folder.path("long.tif")]
      let report = try options.check().run()
      let found = try #require(report.landCover)
      #expect(found.codes.map(\.code) == [2, 1 << 32 + 3])
      #expect(found.codes.map(\.cells) == [10 * 32, 30 * 32])
      #expect(report.errors.first?.what.contains("4294967299 (") == true)
    }
  }
}
