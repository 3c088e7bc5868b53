import Foundation
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("The record of a run")
struct RunRecordTests {
  @Test("outputs that would lead out of the folder are refused")
  func foreignOutputs() throws {
    try TemporaryFolder.with { folder in
      for name in ["../x", "a/b/c", "/x", "a/../x", ".hidden", "", "a/", "twice"] {
        let entry = "{ path: \"\(name)\", bytes: 1, sha256: \"\" }"
        let outputs = name == "twice" ? "\(entry), \(entry)" : entry
        try folder.write("{ outputs: [\(outputs)] }", to: "out/manifest.json")
        let record = try RunRecord(readingFrom: folder.path("out"))
        let error = #expect(throws: HabitatError.self) { try record.outputs() }
        #expect(error?.slug == "bad-manifest")
      }
      // The system would take it for another.
      #expect(!"x\0.txt".isOutputName && "x.txt".isOutputName)
    }
  }

  @Test("the text of a record whose outputs are no entries is none of a run's")
  func outputEntries() {
    func text(_ outputs: String) -> String {
      "{\n  \"digest\": \"\",\n  \"outputs\": [\n\(outputs)  ],\n  \"x\": 1\n}\n"
    }
    let entry =
      "    {\n      \"path\": \"a\",\n      \"bytes\": 1,\n      \"sha256\": \"\"\n    }\n"
    #expect(RecordText(text("")) != nil && RecordText(text(entry)) != nil)
    #expect(RecordText(text("    2\n")) == nil)
    #expect(RecordText(text(entry).replacing("  ],", with: "  ]")) == nil)
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
}
