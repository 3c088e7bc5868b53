import Documents
import Foundation
import GeoIO
import RasterCore
import RasterLoader
import TestSupport
import Testing

@testable import HabitatKit
@testable import RunFolder

@Suite("STAC items beside the rasters")
struct STACFilesTests {
  private static func request(
    in folder: TemporaryFolder, crs: String = "EPSG:4326", epoch: String? = "2021",
    _ change: (inout ScoreOptions) -> Void = { _ in }
  ) throws -> ScoreRequest {
    var options = try TestLandscape(in: folder, crs: crs).options()
    options.stac = true
    change(&options)
    var request = try options.request()
    request.landscape.epoch = epoch
    return request
  }

  private static func item(_ folder: TemporaryFolder, _ name: String) throws -> JSONValue {
    try #require(JSONValue(json5: try folder.contents(of: "out/" + name)))
  }

  @Test("an item says what the raster is, where, when and how to check it")
  func content() throws {
    try TemporaryFolder.with { folder in
      _ = try ScoreRun(Self.request(in: folder)).run()
      let item = try Self.item(folder, "leopard_class.json")
      #expect(item["type"] == .string("Feature"))
      #expect(item["stac_version"] == .string("1.1.0"))
      #expect(item["id"] == .string("leopard_class"))
      #expect(item["links"] == .array([]))
      #expect(item["bbox"] == .array([130.72, 43.228, 130.86, 43.34].map { .number($0) }))
      let properties = item["properties"]
      #expect(properties?["datetime"] == .null)
      #expect(properties?["start_datetime"] == .string("2021-01-01T00:00:00Z"))
      #expect(properties?["end_datetime"] == .string("2021-12-31T23:59:59Z"))
      #expect(properties?["proj:code"] == .string("EPSG:4326"))
      #expect(properties?["proj:wkt2"] == nil)
      #expect(properties?["proj:shape"] == .array([.number(32), .number(40)]))
      #expect(
        properties?["proj:transform"]
          == .array([0.0035, 0, 130.72, 0, -0.0035, 43.34].map { .number($0) }))
      #expect(
        properties?["habitat:landscape"] == .string("Inner, \"west\", Восточный and Sliver"))
      let asset = item["assets"]?["data"]
      #expect(asset?["href"] == .string("./leopard_class.tif"))
      #expect(asset?["type"] == .string("image/tiff; application=geotiff"))
      #expect(asset?["roles"] == .array([.string("data")]))
      let bytes = try folder.contents(of: "out/leopard_class.tif")
      #expect(asset?["file:size"] == .number(Double(bytes.count)))
      #expect(asset?["file:checksum"] == .string("1220" + SHA256.hexDigest(of: bytes)))
      guard case .array(let bands)? = asset?["bands"] else { return #expect(Bool(false)) }
      #expect(bands.count == 1)
      #expect(bands[0]["data_type"] == .string("uint8"))
      #expect(bands[0]["nodata"] == .number(0))
      guard case .array(let classes)? = bands[0]["classification:classes"] else {
        return #expect(Bool(false))
      }
      #expect(classes.compactMap { $0["value"] } == (0...4).map { .number(Double($0)) })
      #expect(classes[4]["name"] == .string("maximum"))
      #expect(classes[4]["color_hint"] == .string("0b4f4a"))
      #expect(classes[0]["nodata"] == .boolean(true))
    }
  }

  @Test(
    "every raster has one, with statistics of its cells, in the record and the same when repeated")
  func everyRaster() throws {
    try TemporaryFolder.with { folder in
      _ = try ScoreRun(
        Self.request(in: folder, crs: "EPSG:32652") {
          $0.layers = "class,score,resistance,limiting"
          $0.format = "COG"
        }
      ).run()
      let names = OutputLayer.allCases.map { "leopard_\($0.rawValue).json" }
      let listed = try RunRecord(readingFrom: folder.path("out")).outputs().map(\.file.path)
      #expect(Set(names).isSubset(of: listed))
      #expect(listed.contains("leopard_areas.json"))
      #expect(listed == listed.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      for (name, layer) in zip(names, OutputLayer.allCases) {
        let item = try Self.item(folder, name)
        let asset = item["assets"]?["data"]
        #expect(
          asset?["type"] == .string("image/tiff; application=geotiff; profile=cloud-optimized"))
        let isAmount = layer == .score || layer == .resistance
        guard case .array(let bands)? = asset?["bands"],
          case .array(let extensions)? = item["stac_extensions"]
        else { return #expect(Bool(false)) }
        #expect(bands[0]["data_type"] == .string(isAmount ? "float32" : "uint8"))
        #expect(bands[0]["nodata"] == .number(isAmount ? -1 : 0))
        #expect((bands[0]["classification:classes"] == nil) == isAmount)
        #expect(extensions.count == (isAmount ? 2 : 3))
        let mean = try Self.mean(of: layer, in: folder)
        guard case .number(let told)? = bands[0]["statistics"]?["mean"] else {
          return #expect(Bool(false))
        }
        #expect(abs(told - mean) < 1e-9)
      }
      var options = VerificationOptions(folder: folder.path("out"))
      options.rerun = true
      let report = try options.verify()
      #expect(report.differences == [])
      #expect(report.rerun == report.outputs)
    }
  }

  /// By a plain loop over the cells that have a value.
  private static func mean(of layer: OutputLayer, in folder: TemporaryFolder) throws -> Double {
    let grid = try TestLandscape(in: folder).grid
    let path = "out/leopard_\(layer.rawValue).tif"
    let values: [Double] =
      switch layer {
      case .suitabilityClass, .limiting:
        try RasterContentTests.cells(folder, path, on: grid, of: UInt8.self).map { Double($0) }
          .filter { $0 != 0 }
      case .score, .resistance:
        try RasterContentTests.cells(folder, path, on: grid, of: Float.self).map { Double($0) }
          .filter { $0 != -1 }
      }
    return values.reduce(0, +) / Double(values.count)
  }

  @Test("a CRS without a code is told in WKT")
  func withoutCode() throws {
    try TemporaryFolder.with { folder in
      _ = try ScoreRun(
        Self.request(in: folder, crs: "EPSG:32652") {
          $0.inputs.crs = "+proj=laea +lat_0=43 +lon_0=131 +datum=WGS84"
          $0.inputs.resolution = "400"
          $0.inputs.allowGaps = true
        }
      ).run()
      let properties = try Self.item(folder, "leopard_class.json")["properties"]
      #expect(properties?["proj:code"] == .null)
      guard case .string(let wkt)? = properties?["proj:wkt2"] else {
        return #expect(Bool(false))
      }
      #expect(wkt.hasPrefix("PROJCRS["))
    }
  }

  @Test(
    "without a date none is valid, so none is written, and that is said",
    arguments: [nil, "synthetic"])
  func withoutDate(epoch: String?) throws {
    try TemporaryFolder.with { folder in
      let run = try ScoreRun(Self.request(in: folder, epoch: epoch))
      #expect(run.warnings.map(\.slug).contains("stac-without-date"))
      let result = try run.run()
      #expect(result.warnings.filter { $0.slug == "stac-without-date" }.count == 1)
      #expect(!folder.has("out/leopard_class.json"))
      #expect(folder.has("out/leopard_class.tif"))
    }
  }

  @Test("without --stac there is none, and no warning")
  func unasked() throws {
    try TemporaryFolder.with { folder in
      let request = try Self.request(in: folder, epoch: nil) { $0.stac = false }
      let result = try ScoreRun(request).run()
      #expect(!result.warnings.map(\.slug).contains("stac-without-date"))
      #expect(!folder.has("out/leopard_class.json"))
    }
  }
}

extension JSONValue {
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}
