import GeoIO
import RasterCore
import RasterLoader
import TestSupport
import Testing

@Suite("One tile of a layer")
struct RasterTileTests {
  private func write(_ grid: Grid, in folder: TemporaryFolder, nodata: Double? = nil) throws
    -> String
  {
    try Raster(columns: grid.columns, rows: grid.rows, filledWith: UInt8(1)).write(
      to: folder.path("a.tif"), on: grid, nodata: nodata)
    return folder.path("a.tif")
  }

  private func failure(_ path: String, _ corrections: RasterTile.Corrections = .init())
    -> HabitatError?
  { #expect(throws: HabitatError.self) { try RasterTile.inspect(path, corrections) } }

  static let northUp = Geotransform(originX: 130, columnStepX: 1, originY: 44, rowStepY: -1)

  @Test("a raster without a CRS is refused until the user names one")
  func crs() throws {
    try TemporaryFolder.with { folder in
      let path = try write(
        Grid(crs: .none, geotransform: Self.northUp, columns: 2, rows: 2), in: folder)
      #expect(failure(path)?.slug == "crs-missing")
      #expect(failure(path)?.fix.contains("--assume-crs landcover=") == true)
      let assumed = try CoordinateReferenceSystem(userInput: "EPSG:32652")
      #expect(try RasterTile.inspect(path, .init(crs: assumed)).grid.crs == assumed)
    }
  }

  @Test("the user's CRS wins over the file's")
  func assumedCRS() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp("EPSG:4326", west: 0, north: 1, step: 1, columns: 1, rows: 1)
      let assumed = try CoordinateReferenceSystem(userInput: "EPSG:4267")
      let tile = try RasterTile.inspect(write(grid, in: folder), .init(crs: assumed))
      #expect(tile.grid.crs == assumed)
    }
  }

  @Test(
    "a grid that is not north up is refused",
    arguments: [
      Geotransform(
        originX: 0, columnStepX: 1, rowStepX: 0.1, originY: 0, columnStepY: 0.1, rowStepY: -1),
      Geotransform(originX: 0, columnStepX: 1, originY: 0, rowStepY: 1),
    ])
  func northUp(geotransform: Geotransform) throws {
    try TemporaryFolder.with { folder in
      let crs = try CoordinateReferenceSystem(userInput: "EPSG:32652")
      let path = try write(
        Grid(crs: crs, geotransform: geotransform, columns: 2, rows: 2), in: folder)
      #expect(failure(path)?.slug == "grid-not-north-up")
    }
  }

  @Test("longitude and latitude on an unknown datum are taken as those of the stand-in")
  func unknownDatum() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp(
        "+proj=longlat +ellps=clrk66", west: 125, north: 49, step: 1, columns: 2, rows: 2)
      let tile = try RasterTile.inspect(write(grid, in: folder))
      #expect(tile.hasUnknownDatum)
      #expect(tile.grid.crs.isSame(as: try CoordinateReferenceSystem(userInput: "EPSG:4326")))
    }
  }

  @Test("the user's nodata wins over the file's, or lifts it")
  func nodata() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp("EPSG:4326", west: 0, north: 1, step: 1, columns: 1, rows: 1)
      let path = try write(grid, in: folder, nodata: 255)
      #expect(try RasterTile.inspect(path).nodata == 255)
      #expect(try RasterTile.inspect(path, .init(nodata: .value(7))).nodata == 7)
      #expect(try RasterTile.inspect(path, .init(nodata: .none)).nodata == nil)
    }
  }

  @Test("a VRT whose source is on the network, which nobody has named, is refused with its name")
  func remoteSource() throws {
    try TemporaryFolder.with { folder in
      let source = "/vsicurl/http://127.0.0.1:9/x.tif"
      let path = try folder.write(
        """
        <VRTDataset rasterXSize="2" rasterYSize="2"><SRS>EPSG:4326</SRS>
        <GeoTransform>0, 1, 0, 2, 0, -1</GeoTransform><VRTRasterBand dataType="Byte" band="1">
        <SimpleSource><SourceFilename>\(source)</SourceFilename></SimpleSource>
        </VRTRasterBand></VRTDataset>
        """, to: "a.vrt")
      let error = failure(path)
      #expect(error?.slug == "source-remote")
      #expect(error?.what.hasSuffix(source) == true)
    }
  }

  @Test("a VRT that reads memory, itself or through another, is refused", arguments: [false, true])
  func memorySource(isNested: Bool) throws {
    try TemporaryFolder.with { folder in
      func vrt(_ source: String) -> String {
        """
        <VRTDataset rasterXSize="2" rasterYSize="2"><SRS>EPSG:4326</SRS>
        <GeoTransform>0, 1, 0, 2, 0, -1</GeoTransform><VRTRasterBand dataType="Byte" band="1">
        <SimpleSource><SourceFilename>\(source)</SourceFilename></SimpleSource>
        </VRTRasterBand></VRTDataset>
        """
      }
      // A harmless address of this very test's.
      var cells: [UInt8] = [1, 2, 3, 4]
      let address = unsafe cells.withUnsafeMutableBytes { UInt(bitPattern: $0.baseAddress) }
      var path = try folder.write(
        vrt("mem:::DATAPOINTER=\(address),PIXELS=2,LINES=2,BANDS=1,DATATYPE=Byte"), to: "a.vrt")
      if isNested { path = try folder.write(vrt(path), to: "b.vrt") }
      #expect(failure(path)?.slug == "source-memory")
    }
  }

  @Test("VRTs that are made of one another are looked at once each")
  func circle() throws {
    try TemporaryFolder.with { folder in
      func vrt(_ source: String) -> String {
        """
        <VRTDataset rasterXSize="2" rasterYSize="2"><SRS>EPSG:4326</SRS>
        <GeoTransform>0, 1, 0, 2, 0, -1</GeoTransform><VRTRasterBand dataType="Byte" band="1">
        <SimpleSource><SourceFilename>\(source)</SourceFilename>
        <SourceProperties RasterXSize="2" RasterYSize="2" DataType="Byte" BlockXSize="2" BlockYSize="2"/>
        </SimpleSource></VRTRasterBand></VRTDataset>
        """
      }
      let (a, b) = (folder.path("a.vrt"), folder.path("b.vrt"))
      _ = try folder.write(vrt(a), to: "b.vrt")
      _ = try folder.write(vrt(b), to: "a.vrt")
      #expect(try RasterTile.inspect(a).files == [a, b])
    }
  }

  @Test("a band that is not there is refused")
  func band() throws {
    try TemporaryFolder.with { folder in
      let grid = try Grid.northUp("EPSG:4326", west: 0, north: 1, step: 1, columns: 1, rows: 1)
      #expect(failure(try write(grid, in: folder), .init(band: 2))?.slug == "band-missing")
    }
  }

  @Test(
    "pictures of grids without a place are refused",
    .enabled(if: SharedData.isPresent, "the shared data sets are absent"),
    arguments: [("gcp.tif", "georeference-missing"), ("rotated.tif", "grid-not-north-up")])
  func realFiles(name: String, slug: String) {
    #expect(failure(SharedData.path("nasty-rasters/" + name))?.slug == slug)
  }
}
