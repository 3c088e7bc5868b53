import Documents
import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit
@testable import RunFolder

@Suite("A run and its folder")
struct RunInFolderTests {
  @Test("the root of the file system is no folder for results, however it is named")
  func root() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("link"), withDestinationPath: "/")
      for path in ["/", "//", "/.", "/tmp/..", folder.path("link")] {
        options.output = path
        let error = #expect(throws: HabitatError.self) { try options.request() }
        #expect(error?.slug == "bad-option" && error?.kind == .usage, "\(path)")
      }
    }
  }

  @Test("a report that was killed between two renames is completed by whatever opens the folder")
  func report() throws {
    let commands: [(String) throws -> Bool] = [
      { try RunReport(folder: $0).write() == [$0 + "/report.html"] },
      { try RunReport.check(folder: $0).differences.isEmpty },
      { try VerificationOptions(folder: $0).verify().isSame },
    ]
    for command in commands {
      try TemporaryFolder.with { folder in
        let out = folder.path("out")
        try TestLandscape(in: folder).options().run()
        let record = try folder.contents(of: "out/manifest.json")
        _ = try RunReport(folder: out).write()
        let whole = try folder.files(in: "out")
        // As at the third rename: the earlier record has gone, nothing has come.
        try folder.write(record, to: "out/.habitat-partial/earlier/manifest.json")
        try folder.makeFolder("out/.habitat-partial/finished")
        for name in ["manifest.json", "report.html"] {
          try FileManager.default.moveItem(
            atPath: out + "/" + name, toPath: out + "/.habitat-partial/finished/" + name)
        }
        #expect(try command(out))
        #expect(try folder.files(in: "out") == whole)
      }
    }
  }

  @Test("the record lists every file that is read, side files and sources of a VRT too")
  func inputs() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      // GDAL reads a world file where the raster has no geotransform of its own; here it is listed.
      try folder.write("<PAMDataset></PAMDataset>", to: "landcover.tif.aux.xml")
      let grid = landscape.grid
      let numbers = grid.geotransform.coefficients.map { "\($0)" }.joined(separator: ", ")
      func vrt(_ source: String) -> String {
        """
        <VRTDataset rasterXSize="\(grid.columns)" rasterYSize="\(grid.rows)"><SRS>EPSG:32652</SRS>
        <GeoTransform>\(numbers)</GeoTransform><VRTRasterBand dataType="Byte" band="1">
        <NoDataValue>0</NoDataValue><SimpleSource>
        <SourceFilename relativeToVRT="1">\(source)</SourceFilename><SourceBand>1</SourceBand>
        </SimpleSource></VRTRasterBand></VRTDataset>
        """
      }
      try folder.write(vrt("landcover.tif"), to: "inner.vrt")
      try folder.write(vrt("inner.vrt"), to: "outer.vrt")
      options.inputs.landCover = [folder.path("outer.vrt")]
      try options.run()
      let inputs = try RunRecord(readingFrom: folder.path("out")).inputs()
      let names = inputs.filter { $0.file.layer == "landcover" }.map {
        $0.file.path.split(separator: "/").last.map(String.init)
      }
      #expect(names == ["inner.vrt", "landcover.tif", "landcover.tif.aux.xml", "outer.vrt"])
      for input in inputs {
        let data = try Data(contentsOf: URL(fileURLWithPath: input.file.path))
        #expect(input.sha256 == SHA256.hexDigest(of: data) && input.bytes == data.count)
      }
    }
  }

  @Test("a world file that an option of GDAL asks for is a result, too")
  func withWorldFile() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.creationOptions = ["TFW=YES"]
      try options.run()
      let names = try RunRecord(readingFrom: folder.path("out")).outputNames()
      #expect(names.contains("leopard_class.tfw"))
      #expect(try VerificationOptions(folder: folder.path("out")).verify().isSame)
    }
  }

  @Test("where a profile keeps the place out of the raster, its side file has it and the names")
  func profile() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.creationOptions = ["PROFILE=BASELINE"]
      try options.run()
      let raster = try RasterDataset(reading: folder.path("out/leopard_class.tif"))
      #expect(raster.crs?.name == "EPSG:32652" && raster.geotransform != nil)
      #expect(raster.categoryNames(ofBand: 1).contains("Maximum suitable"))
    }
  }

  @Test("neither report nor verification takes away what a run with an unreadable record has left")
  func unreadableRecord() throws {
    let commands: [(String) throws -> Void] = [
      { _ = try RunReport(folder: $0).write() },
      { _ = try VerificationOptions(folder: $0).verify() },
    ]
    for command in commands {
      try TemporaryFolder.with { folder in
        try folder.write("{}", to: "out/.habitat-partial/finished/manifest.json")
        try folder.write("killed", to: "out/.habitat-partial/finished/x.txt")
        let error = #expect(throws: HabitatError.self) { try command(folder.path("out")) }
        #expect(error?.slug == "bad-manifest")
        #expect(folder.has("out/.habitat-partial/finished/x.txt"))
      }
    }
  }
}
