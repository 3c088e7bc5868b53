import RasterCore
import TestSupport
import Testing

@testable import GeoIO

@Suite("Files that files name")
struct NamedSourcesTests {
  private static func vrt(_ source: String) -> String { NetworkAccessTests.vrt(source) }

  /// What may stand before the first element of a file.
  private static let prologues = [
    "", "<?xml version=\"1.0\"?>\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- made by hand -->\n",
    "\u{FEFF}", "\u{FEFF}<?xml version=\"1.0\"?>\n", " \r\n\t", "<!-- <a> -->", "<other/>",
    "<!--" + String(repeating: " more than a block", count: 300) + "-->",
  ]

  @Test(
    "whatever stands before the root of a virtual file, what it names is seen",
    arguments: prologues.indices,
    [
      vrt("/vsicurl/http://@/x.tif"), vrt("http://@/x.tif"),
      vrt("<![CDATA[NETCDF:\"http://@/a.nc\":v]]>"),
      "<OGRVRTDataSource><OGRVRTLayer name=\"x\"><SrcDataSource>http://@/x.geojson</SrcDataSource>"
        + "</OGRVRTLayer></OGRVRTDataSource>",
    ])
  func prologue(index: Int, text: String) throws {
    try TemporaryFolder.with { folder in
      let listener = try Listener()
      let inner = try folder.write(
        Self.prologues[index] + text.replacing("@", with: listener.address), to: "inner.vrt")
      let outer = try folder.write(Self.prologues[index] + Self.vrt(inner), to: "outer.vrt")
      for path in [inner, outer] {
        let raster = #expect(throws: HabitatError.self) {
          _ = try RasterDataset(reading: path).columns
        }
        #expect(raster?.slug == "source-remote")
        let layer = #expect(throws: HabitatError.self) { try PolygonLayer(reading: path, .init()) }
        #expect(layer?.slug == "source-remote")
      }
      #expect(listener.count() == 0)
    }
  }

  @Test("elements are known however their letters are written", arguments: ["lower", "upper"])
  func letters(form: String) throws {
    try TemporaryFolder.with { folder in
      let listener = try Listener()
      var text = Self.vrt("http://\(listener.address)/x.tif")
      for name in ["SourceFilename", "VRTRasterBand"] {
        text = text.replacing(name, with: form == "lower" ? name.lowercased() : name.uppercased())
      }
      let path = try folder.write(text, to: "a.vrt")
      let error = #expect(throws: HabitatError.self) {
        _ = try RasterDataset(reading: path).columns
      }
      #expect(error?.slug == "source-remote")
      #expect(listener.count() == 0)
    }
  }

  @Test("a virtual raster of files beside it is read, whatever stands before its root")
  func harmlessPrologue() throws {
    try TemporaryFolder.with { folder in
      let grid = try RasterRoundTripTests.grid(columns: 2, rows: 2)
      try Raster(columns: 2, rows: 2, cells: [1, 2, 3, 4] as [UInt8])
        .write(to: folder.path("a.tif"), on: grid)
      // Of the last one GDAL does not look far enough to see what it is.
      for prologue in Self.prologues.dropLast() {
        let path = try folder.write(prologue + Self.vrt(folder.path("a.tif")), to: "a.vrt")
        var cells = [UInt8](repeating: 0, count: 4)
        try RasterDataset(reading: path).read(
          Window(column: 0, row: 0, columns: 2, rows: 2), band: 1, into: &cells)
        #expect(cells == [1, 2, 3, 4])
      }
    }
  }

  @Test("an overview that a side file names is not fetched", arguments: prologues.indices)
  func overviewOfSideFile(index: Int) throws {
    try TemporaryFolder.with { folder in
      let listener = try Listener()
      let grid = try RasterRoundTripTests.grid(columns: 2, rows: 2)
      let path = folder.path("a.tif")
      try Raster(columns: 2, rows: 2, filledWith: UInt8(1)).write(to: path, on: grid)
      try folder.write(
        """
        \(Self.prologues[index])<PAMDataset><Metadata domain="OVERVIEWS">
        <MDI key="OVERVIEW_FILE">NETCDF:"http://\(listener.address)/a.nc":v</MDI>
        </Metadata></PAMDataset>
        """, to: "a.tif.aux.xml")
      let error = #expect(throws: HabitatError.self) {
        try RasterDataset(reading: path).overview(ofBand: 1, atMost: 1)
      }
      #expect(error?.slug == "source-remote")
      #expect(listener.count() == 0)
    }
  }

  @Test("a raster in a file is opened with what lies beside the file")
  func sideFileOfContainer() throws {
    try TemporaryFolder.with { folder in
      let listener = try Listener()
      let file = NetCDFFile(
        west: 0, north: 2, step: 1, columns: 2, rows: 2, layers: [("v", [1, 2, 3, 4])])
      let raster = "NETCDF:\"\(try folder.write(file.bytes, to: "a.nc"))\":v"
      #expect(try RasterDataset(reading: raster).columns == 2)
      try folder.write(
        """
        <PAMDataset><Subdataset name="v"><PAMDataset><Metadata domain="OVERVIEWS">
        <MDI key="OVERVIEW_FILE">http://\(listener.address)/a.tif</MDI>
        </Metadata></PAMDataset></Subdataset></PAMDataset>
        """, to: "a.nc.aux.xml")
      let error = #expect(throws: HabitatError.self) {
        _ = try RasterDataset(reading: raster).columns
      }
      #expect(error?.slug == "source-remote")
      #expect(listener.count() == 0)
    }
  }
}
