import Foundation
import RasterCore
import TestSupport
import Testing

@testable import GeoIO

@Suite("The network")
struct NetworkAccessTests {
  static func vrt(_ source: String) -> String {
    """
    <VRTDataset rasterXSize="2" rasterYSize="2"><SRS>EPSG:4326</SRS>
    <GeoTransform>0, 1, 0, 2, 0, -1</GeoTransform><VRTRasterBand dataType="Byte" band="1">
    <SimpleSource><SourceFilename>\(source)</SourceFilename></SimpleSource>
    </VRTRasterBand></VRTDataset>
    """
  }

  /// Files as strangers write them, by name; `@` stands for an address.
  private static let files = [
    ("a.vrt", vrt("/vsicurl/http://@/x.tif")),
    ("b.vrt", vrt("/vsicurl_streaming/http://@/x.tif")),
    ("c.vrt", vrt("http://@/x.tif")),
    ("d.vrt", vrt("/vsizip//vsicurl/http://@/x.zip/x.tif")),
    (
      "e.vrt",
      """
      <OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>http://@/x.geojson</SrcDataSource>
      </OGRVRTLayer></OGRVRTDataSource>
      """
    ),
    (
      "f.vrt",
      """
      <OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>WFS:http://@/wfs</SrcDataSource>
      </OGRVRTLayer></OGRVRTDataSource>
      """
    ),
    (
      "g.xml",
      """
      <GDAL_WMS><Service name="TMS"><ServerUrl>http://@/${z}/${x}/${y}</ServerUrl></Service>
      <DataWindow><UpperLeftX>0</UpperLeftX><UpperLeftY>2</UpperLeftY><LowerRightX>2</LowerRightX>
      <LowerRightY>0</LowerRightY><SizeX>2</SizeX><SizeY>2</SizeY></DataWindow></GDAL_WMS>
      """
    ),
    (
      "h.gml",
      """
      <?xml version="1.0"?><!DOCTYPE x SYSTEM "http://@/x.dtd" [<!ENTITY e SYSTEM "http://@/e">]>
      <ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xsi:schemaLocation="http://ogr.maptools.org/ http://@/x.xsd"
        xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><ogr:p fid="1"><ogr:name>&e;</ogr:name>
      </ogr:p></gml:featureMember></ogr:FeatureCollection>
      """
    ),
    (
      "i.kml",
      """
      <?xml version="1.0"?><!DOCTYPE kml [<!ENTITY e SYSTEM "http://@/e">]>
      <kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link>
      <href>http://@/x.kml</href></Link></NetworkLink><Placemark><name>&e;</name></Placemark>
      </Document></kml>
      """
    ),
  ]

  /// Libraries that fetch by themselves what GDAL hands them.
  private static let namesOfLibraries = [
    ("n.vrt", vrt("NETCDF:&quot;http://@/a.nc&quot;:v")),
    ("o.vrt", vrt("netcdf:http://@/a.nc:v")),
    ("p.vrt", vrt("NETCDF&#58;&quot;dods://@/a.nc&quot;&#58;v")),
    ("q.vrt", vrt("FITS:http://@/x.fits:1")),
    ("r.vrt", vrt("DERIVED_SUBDATASET:AMPLITUDE:NETCDF:http://@/a.nc:v")),
    (
      "s.vrt",
      """
      <OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>NETCDF:http://@/a.nc</SrcDataSource>
      </OGRVRTLayer></OGRVRTDataSource>
      """
    ),
  ]

  @Test("a file that reads netCDF on this machine is read, directly and through a virtual raster")
  func netCDF() throws {
    try TemporaryFolder.with { folder in
      let file = NetCDFFile(
        west: 0, north: 2, step: 1, columns: 2, rows: 2, layers: [("v", [1, 2, 3, 4])])
      let path = try folder.write(file.bytes, to: "a.nc")
      #expect(RasterFormat.recognises(path))
      try folder.write(Self.vrt("NETCDF:&quot;\(path)&quot;:v"), to: "a.vrt")
      for path in ["NETCDF:\"\(path)\":v", folder.path("a.vrt")] {
        var cells = [UInt8](repeating: 0, count: 4)
        try RasterDataset(reading: path).read(
          Window(column: 0, row: 0, columns: 2, rows: 2), band: 1, into: &cells)
        #expect(cells == [1, 2, 3, 4])
      }
    }
  }

  @Test("results are read as GeoTIFF alone where that is asked for")
  func oneDriver() throws {
    try TemporaryFolder.with { folder in
      let path = try folder.write(Self.vrt("a.tif"), to: "leopard_class.tif")
      let error = #expect(throws: HabitatError.self) {
        _ = try RasterDataset(reading: path, drivers: ["GTiff"]).columns
      }
      #expect(error?.slug == "not-a-raster")
    }
  }

  @Test(
    "a file of the kernel is waited for by nobody, whichever way it is named",
    arguments: ["/proc/kmsg", "link", "vrt", "relative"])
  func kernelFile(way: String) throws {
    try TemporaryFolder.with { folder in
      var path = "/proc/kmsg"
      switch way {
      case "link":
        path = folder.path("a.tif")
        try FileManager.default.createSymbolicLink(
          atPath: path, withDestinationPath: "/proc/kmsg")
      case "vrt": path = try folder.write(Self.vrt("/proc/kmsg"), to: "a.vrt")
      case "relative":
        let source = "<SourceFilename relativeToVRT=\"1\">../../../../../../../proc/kmsg"
        path = try folder.write(
          Self.vrt("x").replacing("<SourceFilename>x", with: source), to: "a.vrt")
      default: break
      }
      let error = #expect(throws: HabitatError.self) {
        _ = try RasterDataset(reading: path).columns
      }
      #expect(error?.slug == "not-a-file")
      #expect(throws: HabitatError.self) { try PolygonLayer(reading: path, .init()) }
    }
  }

  @Test(
    "a file on the network is asked for at its address, one in an archive at the archive's",
    arguments: [
      ("/vsicurl/https://a/b.tif", "https://a/b.tif"),
      ("/vsizip//vsicurl/https://a/b.zip/c/d.tif", "https://a/b.zip"),
      ("/vsizip/{/vsicurl/https://a/b.zip}/d.tif", "https://a/b.zip"),
      ("https://a/b.geojson", "https://a/b.geojson"), ("a/b.tif", nil),
    ])
  func address(path: String, address: String?) { #expect(RemoteFile.address(in: path) == address) }

  @Test(
    "a file of a stranger makes nobody fetch anything",
    arguments: (files + namesOfLibraries).map(\.0))
  func nothingIsFetched(name: String) throws {
    try TemporaryFolder.with { folder in
      let listener = try Listener()
      let text = try #require((Self.files + Self.namesOfLibraries).first { $0.0 == name }).1
      let path = try folder.write(text.replacing("@", with: listener.address), to: name)
      do throws(HabitatError) {
        let raster = try RasterDataset(reading: path)
        var cells = [UInt8](repeating: 0, count: 4)
        let window = Window(column: 0, row: 0, columns: 2, rows: 2)
        try? raster.read(window, band: 1, into: &cells)
      } catch {
        // So that a run names it instead of failing over a block.
        if text.hasPrefix("<VRTDataset") { #expect(error.slug == "source-remote") }
      }
      if let layer = try? PolygonLayer(reading: path, .init()) {
        _ = layer.features
      }
      #expect(listener.count() == 0)
    }
  }

  @Test(
    "streams from the network open nothing", arguments: ["curl", "s3", "gs", "az", "oss", "swift"])
  func streams(system: String) throws {
    let listener = try Listener()
    let error = #expect(throws: HabitatError.self) {
      try FileSystem.contents(of: "/vsi\(system)_streaming/http://\(listener.address)/x.json")
    }
    #expect(error?.kind == .input)
    #expect(listener.count() == 0)
  }

  @Test(
    "a driver that reaches a service, a database or another program is not there",
    arguments: [
      "PG:dbname=x", "MYSQL:x", "WFS:http://127.0.0.1:9/", "GPSBabel:gpx:x", "ODBC:x",
      "PGeo:x", "MSSQL:server=x",
    ])
  func drivers(name: String) {
    let error = #expect(throws: HabitatError.self) { try PolygonLayer(reading: name, .init()) }
    #expect(error?.kind == .input)
  }

  @Test(
    "paths on the network are told from others",
    arguments: [
      ("/vsicurl/https://a/b.tif", true), ("/vsizip//vsis3/b/a.zip/x.tif", true),
      ("https://a/b.tif", true), ("/vsigs_streaming/x", true), ("/vsizip/a.zip/x.tif", false),
      ("a/http.tif", false), ("/vsimem/x", false), ("NETCDF:\"dods://a/b.nc\":v", true),
      ("file:///a.tif", false), ("a://b", true),
    ])
  func remote(path: String, isRemote: Bool) { #expect(NetworkAccess.isRemote(path) == isRemote) }
}
